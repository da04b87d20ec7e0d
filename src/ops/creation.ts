import { numberNode } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { type DType, fitsInteger, isDType, isInteger, type TypedArray } from "../core/dtype.js";
import { DTypeError, ValueError } from "../core/errors.js";
import { scalarConstant } from "../core/leaves.js";
import { Tensor } from "../core/node.js";
import { checkShape, type Shape } from "../core/shape.js";
import { tensor } from "../core/tensor.js";
import type {
  DTypeOf,
  DTypeOfData,
  NestedNumbers,
  ShapeOf,
  ShapeOfNested,
  TensorLike,
} from "../core/typing.js";
import { cast } from "./cast.js";
import { broadcastTo } from "./shape.js";

export interface CreateOptions<D extends DType> {
  /** f64 unless given. */
  readonly dtype?: D;
}

/** Zeros of `shape`, f64 unless `dtype` is given. Throws ShapeError for what is no shape. */
export function zeros<const S extends Shape, D extends DType = "f64">(
  shape: S,
  options: CreateOptions<D> = {},
): Tensor<S, D> {
  checkShape("zeros", shape);
  return full(shape, 0, { dtype: (options.dtype ?? "f64") as D });
}

/** Ones of `shape`, f64 unless `dtype` is given. Throws ShapeError for what is no shape. */
export function ones<const S extends Shape, D extends DType = "f64">(
  shape: S,
  options: CreateOptions<D> = {},
): Tensor<S, D> {
  checkShape("ones", shape);
  return full(shape, 1, { dtype: (options.dtype ?? "f64") as D });
}

/**
 * `value` repeated to `shape`; a tensor broadcasts and stays differentiable. dtype: that of the value (f64 for
 * numbers) unless given. Throws ShapeError where it does not broadcast, ValueError for a number that does not fit
 * an integer dtype.
 */
export function full<const S extends Shape, V extends TensorLike, D extends DType = DTypeOf<V>>(
  shape: S,
  value: V,
  options: { readonly dtype?: D } = {},
): Tensor<S, D> {
  checkShape("full", shape);
  return broadcastTo(scalarOr(value, options.dtype), [...shape]) as Tensor as Tensor<S, D>;
}

function scalarOr(value: TensorLike, dtype: DType | undefined): Tensor {
  const given = asTensor(value, "full");
  const target = dtype ?? given.dtype;
  if (!isDType(target)) {
    throw new DTypeError("full", {
      expected: "f64, f32, i32, u32 or bool",
      received: String(target),
    });
  }
  const literal = scalarConstant(given);
  if (literal === undefined || value instanceof Tensor) return cast(given, target) as Tensor;
  if (isInteger(target) && !fitsInteger(literal, target)) {
    throw new ValueError("full", {
      expected: `a number that fits ${target}`,
      received: String(literal),
    });
  }
  return numberNode(literal, target);
}

/** Zeros with the shape of `x`, and its dtype unless given. */
export function zerosLike<T extends TensorLike, D extends DType = DTypeOf<T>>(
  x: T,
  options: { readonly dtype?: D } = {},
): Tensor<ShapeOf<T>, D> {
  return fullLike(x, 0, options);
}

/** Ones with the shape of `x`, and its dtype unless given. */
export function onesLike<T extends TensorLike, D extends DType = DTypeOf<T>>(
  x: T,
  options: { readonly dtype?: D } = {},
): Tensor<ShapeOf<T>, D> {
  return fullLike(x, 1, options);
}

/** `value` repeated to the shape of `x`, in the dtype of `x` unless given. Throws as `full` does. */
export function fullLike<T extends TensorLike, D extends DType = DTypeOf<T>>(
  x: T,
  value: TensorLike,
  options: { readonly dtype?: D } = {},
): Tensor<ShapeOf<T>, D> {
  const { shape, dtype } = asTensor(x, "fullLike");
  return full(shape, value, { dtype: options.dtype ?? dtype }) as never;
}

/**
 * A tensor of numbers, nested arrays or a typed array (copied); a tensor comes back as it is. `dtype` converts.
 * Throws as `tensor` does.
 */
export function asarray<S extends Shape, E extends DType, D extends DType = E>(
  data: Tensor<S, E>,
  options?: { readonly dtype?: D },
): Tensor<S, D>;
export function asarray<
  const A extends NestedNumbers | TypedArray,
  D extends DType = DTypeOfData<A>,
>(
  data: A,
  options?: { readonly dtype?: D },
): Tensor<A extends NestedNumbers ? ShapeOfNested<A> : readonly [number], D>;
export function asarray(
  data: Tensor | NestedNumbers | TypedArray,
  options: { readonly dtype?: DType } = {},
): Tensor {
  if (!(data instanceof Tensor)) {
    const given = data as NestedNumbers;
    return (
      options.dtype === undefined ? tensor(given) : tensor(given, { dtype: options.dtype })
    ) as Tensor;
  }
  return options.dtype === undefined ? data : (cast(data, options.dtype) as Tensor);
}
