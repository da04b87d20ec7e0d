import { allocate, type DType } from "../core/dtype.js";
import { ShapeError } from "../core/errors.js";
import type { Combine, Lowering } from "../core/lowering.js";
import type { Case, Derivative, Primitive } from "../core/primitive.js";
import { formatShape, otherAxes, sizeOf } from "../core/shape.js";
import { type ArrayValue, tensorType } from "../core/type.js";
import { reordered } from "./strided.js";

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
  readonly lower: Lowering<ReduceParams>;
}

/** The cases every reduction runs. */
export const reductionCases: readonly Case<ReduceParams>[] = [
  { inputs: [{ shape: [2, 3] }], params: { axes: [0] } },
  { inputs: [{ shape: [2, 3, 4] }], params: { axes: [0, 2] } },
  { inputs: [{ shape: [0, 3] }], params: { axes: [1] } },
  { inputs: [{ shape: [] }], params: { axes: [] } },
];

/** dtype of sums and products: booleans count as i32. */
export function counted(dtype: DType): DType {
  return dtype === "bool" ? "i32" : dtype;
}

/** LaTeX of a reduction, the operator as `\\sum`. */
export function overAxes(operator: string, axes: readonly number[], x: string): string {
  return `${operator}_{${axes.join(",")}} ${x}`;
}

/** The primitive of a reduction over axes. */
export function reduction(spec: ReductionSpec): Primitive<ReduceParams> {
  const { name, derivative, refusesEmpty, lower } = spec;
  return {
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
    lower,
  };
}

/** The lowering of a fold with an associative instruction. */
export function folding(combine: Combine): Lowering<ReduceParams> {
  return { kind: "reduce", combine, axes: ({ axes }) => axes };
}

/** The elements reordered so that those reduced together are contiguous: kept axes first, `axes` last. */
export function rowsAlong(x: ArrayValue, axes: readonly number[]): ArrayValue["data"] {
  return reordered(x, [...otherAxes(x.shape, axes), ...axes]);
}

/** Sum of `length` elements from `start`: blocks of 128 added in order, then pairwise (Higham 1993). */
export function pairwiseSum(data: ArrayLike<number>, start: number, length: number): number {
  const partial: number[] = [];
  for (let block = 0; block * 128 < length; block++) {
    let sum = -0; // what leaves every term as it is
    const end = Math.min(start + length, start + (block + 1) * 128);
    for (let i = start + block * 128; i < end; i++) sum += data[i] as number;
    for (let bit = block; (bit & 1) === 1; bit >>= 1) sum = (partial.pop() as number) + sum;
    partial.push(sum);
  }
  let total = length === 0 ? 0 : -0;
  while (partial.length > 0) total = (partial.pop() as number) + total;
  return total;
}

/** Sum of integers modulo 2³². */
export function wrappingSum(data: ArrayLike<number>, start: number, length: number): number {
  let sum = 0;
  for (let i = start; i < start + length; i++) sum = (sum + (data[i] as number)) | 0;
  return sum;
}
