import { bindTensor, numberNode } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { type DType, isFloat } from "../core/dtype.js";
import { ValueError } from "../core/errors.js";
import { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { atAxes, normalizeAxes, otherAxes, type Shape, sizeOf } from "../core/shape.js";
import { describeValue } from "../core/tree.js";
import type { DTypeOf, FloatOf, TensorLike } from "../core/typing.js";
import { divide } from "./arithmetic.js";
import { cast } from "./cast.js";
import type { ReduceParams } from "./reduction.js";
import { where } from "./select.js";
import { broadcastTo, keptShape, permuteAxes, restoreShape, sumOp } from "./shape.js";

export interface ReduceOptions {
  /** Axis or axes to reduce; all unless given. Negative axes count from the end. */
  readonly axis?: number | readonly number[] | null;
  /** Keep reduced axes with length 1. */
  readonly keepdims?: boolean;
}

export interface MaskedReduceOptions extends ReduceOptions {
  /** Which elements count; broadcasts to x. */
  readonly where?: TensorLike;
}

/** Applies a reducing primitive over the axes of the options. */
export function reduceWith(
  primitive: Primitive<ReduceParams>,
  x: Tensor,
  options: ReduceOptions = {},
): Tensor {
  const { name } = primitive;
  if (typeof options !== "object" || options instanceof Tensor) {
    throw new ValueError(name, {
      expected: "options in an object",
      received: describeValue(options),
      fix: `write ${name}(x, { axis: 0 })`,
    });
  }
  const axes = normalizeAxes(name, options.axis, x.ndim);
  const result = bindTensor(primitive, [x], { axes });
  return withReduced(result, x, axes, options);
}

/** The result of reducing x, with the reduced axes if the options ask for them. */
export function withReduced(
  result: Tensor,
  { shape }: Tensor,
  axes: readonly number[],
  { keepdims }: ReduceOptions,
): Tensor {
  return keepdims === true ? restoreShape(result, keptShape(shape, axes)) : result;
}

/** The reduced axes as one, at the end. */
export function inLines(x: Tensor, axes: readonly number[]): Tensor {
  const kept = otherAxes(x.shape, axes);
  const shape = atAxes(x.shape, kept);
  const length = sizeOf(atAxes(x.shape, axes));
  return restoreShape(permuteAxes(x, [...kept, ...axes]), [...shape, length]);
}

/** `x` with the elements that do not count replaced by `identity`, in the dtype of x. */
export function only(x: Tensor, condition: TensorLike | undefined, identity: number): Tensor {
  if (condition === undefined) return x;
  const neutral = numberNode(identity, x.dtype);
  return where(condition, x, neutral) as Tensor;
}

/** In floating point: integers and booleans in f64. */
export function floating(x: Tensor): Tensor {
  return isFloat(x.dtype) ? x : (cast(x, "f64") as Tensor);
}

/** dtype of sums and products: booleans count as i32. */
export type Counted<D extends DType> = DType extends D ? DType : D extends "bool" ? "i32" : D;

/** Sum over `axis` (all axes unless given), pairwise; of bool: the count, i32. The sum of nothing is 0. */
export function sum<T extends TensorLike>(x: T): Tensor<readonly [], Counted<DTypeOf<T>>>;
export function sum<T extends TensorLike>(
  x: T,
  options: MaskedReduceOptions,
): Tensor<Shape, Counted<DTypeOf<T>>>;
export function sum(x: TensorLike, options: MaskedReduceOptions = {}): Tensor {
  return reduceWith(sumOp, only(asTensor(x, "sum"), options.where, 0), options);
}

/** How many elements are counted per result: a number, or with a mask a tensor in the dtype of x. */
export function countOf(x: Tensor, options: MaskedReduceOptions): TensorLike {
  if (options.where === undefined) {
    const axes = normalizeAxes("mean", options.axis, x.ndim);
    return sizeOf(atAxes(x.shape, axes));
  }
  const counted = broadcastTo(cast(options.where, "bool"), x.shape) as Tensor;
  return cast(reduceWith(sumOp, counted, options), x.dtype) as Tensor;
}

/** Arithmetic mean over `axis`, in floating point; the mean of nothing is NaN. */
export function mean<T extends TensorLike>(x: T): Tensor<readonly [], FloatOf<DTypeOf<T>>>;
export function mean<T extends TensorLike>(
  x: T,
  options: MaskedReduceOptions,
): Tensor<Shape, FloatOf<DTypeOf<T>>>;
export function mean(x: TensorLike, options: MaskedReduceOptions = {}): Tensor {
  const tensor = floating(asTensor(x, "mean"));
  return divide(sum(tensor, options), countOf(tensor, options)) as Tensor;
}

/** How many elements are not 0, i32. Derivative 0. */
export function countNonzero(x: TensorLike): Tensor<readonly [], "i32">;
export function countNonzero(x: TensorLike, options: ReduceOptions): Tensor<Shape, "i32">;
export function countNonzero(x: TensorLike, options: ReduceOptions = {}): Tensor {
  return reduceWith(sumOp, cast(asTensor(x, "countNonzero"), "bool") as Tensor, options);
}
