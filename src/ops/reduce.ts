import { bindTensor, numberNode } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { allocate, type DType, isFloat } from "../core/dtype.js";
import { ShapeError, ValueError } from "../core/errors.js";
import type { Kernel } from "../core/kernel.js";
import type { Combine, Lowering } from "../core/lowering.js";
import { Tensor } from "../core/node.js";
import type { Case, Derivative, Primitive } from "../core/primitive.js";
import { formatShape, normalizeAxes, type Shape, sizeOf } from "../core/shape.js";
import { describeValue } from "../core/tree.js";
import { type ArrayValue, tensorType } from "../core/type.js";
import type { DTypeOf, FloatOf, TensorLike } from "../core/typing.js";
import { divide } from "./arithmetic.js";
import { cast } from "./cast.js";
import { where } from "./select.js";
import { broadcastTo, permuteAxes, restoreShape, rowsAlong, sumOp } from "./shape.js";

export interface ReduceParams {
  readonly axes: readonly number[];
}

type Fold = (rows: ArrayValue["data"], start: number, length: number) => number;

/** What a reduction says of itself; the rest follows. */
export interface ReductionSpec {
  readonly name: string;
  /** dtype of the result; that of x unless given. */
  result?(dtype: DType): DType;
  /** The value of one row of elements; f64 unless the dtype says otherwise. */
  fold(dtype: DType): Fold;
  /** True where a reduction of no elements is an error. */
  readonly refusesEmpty?: boolean;
  readonly derivative: Derivative<ReduceParams>;
  readonly lower:
    | { readonly combine: Combine }
    | { readonly kernel: Kernel; readonly floats: boolean }
    | Pick<Extract<Lowering<ReduceParams>, { kind: "decompose" }>, "decompose">;
}

/** The cases every reduction runs. */
export const reductionCases: readonly Case<ReduceParams>[] = [
  { inputs: [{ shape: [2, 3] }], params: { axes: [0] } },
  { inputs: [{ shape: [2, 3, 4] }], params: { axes: [0, 2] } },
  { inputs: [{ shape: [0, 3] }], params: { axes: [1] } },
  { inputs: [{ shape: [] }], params: { axes: [] } },
];

/** LaTeX of a reduction, the operator as `\\sum`. */
export function overAxes(operator: string, axes: readonly number[], x: string): string {
  return `${operator}_{${axes.join(",")}} ${x}`;
}

/** The primitive of a reduction over axes. */
export function reduction(spec: ReductionSpec): Primitive<ReduceParams> {
  const { name, derivative, refusesEmpty, lower } = spec;
  const primitive: Primitive<ReduceParams> = {
    name,
    type: ([x], { axes }) => {
      const { shape, dtype, weak } = x;
      if (refusesEmpty === true && axes.some((axis) => shape[axis] === 0)) {
        throw new ShapeError(name, {
          expected: "at least one element to choose from",
          received: `shape ${formatShape(shape)} reduced over axes ${formatShape(axes)}`,
        });
      }
      const kept = shape.filter((_, axis) => !axes.includes(axis));
      return tensorType(kept, spec.result?.(dtype) ?? dtype, weak && shape.length === 0);
    },
    evaluate: ([x], { axes }, type) => {
      const rows = rowsAlong(x, axes);
      const data = allocate(type.dtype, sizeOf(type.shape));
      const length = data.length === 0 ? 0 : rows.length / data.length;
      const fold = spec.fold(x.dtype);
      for (let i = 0; i < data.length; i++) data[i] = fold(rows, i * length, length);
      return { shape: type.shape, dtype: type.dtype, data };
    },
    derivative,
    batch: {
      inFront: ({ axes }) => ({ axes: axes.map((axis) => axis + 1) }),
      behind: (params) => params,
    },
    lower: loweringOf(lower),
  };
  return primitive;
}

function loweringOf(lower: ReductionSpec["lower"]): Lowering<ReduceParams> {
  if ("combine" in lower)
    return { kind: "reduce", combine: lower.combine, axes: ({ axes }) => axes };
  return "kernel" in lower ? { kind: "kernel", ...lower } : { kind: "decompose", ...lower };
}

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
  return options.keepdims === true ? restoreShape(result, keptShape(x.shape, axes)) : result;
}

/** The shape with reduced axes of length 1. */
export function keptShape(shape: Shape, axes: readonly number[]): number[] {
  return shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
}

/** A reduced tensor repeated along the axes it was reduced over. */
export function spread(reduced: Tensor, shape: Shape, axes: readonly number[]): Tensor {
  return broadcastTo(restoreShape(reduced, keptShape(shape, axes)), shape) as Tensor;
}

/** The reduced axes as one, at the end. */
export function inLines(x: Tensor, axes: readonly number[]): Tensor {
  const kept = [...x.shape.keys()].filter((axis) => !axes.includes(axis));
  const shape = kept.map((axis) => x.shape[axis] as number);
  const length = sizeOf(axes.map((axis) => x.shape[axis] as number));
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
    return sizeOf(axes.map((axis) => x.shape[axis] as number));
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
