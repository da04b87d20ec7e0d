import { bindTensor } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { ValueError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import type { Shape } from "../core/shape.js";
import type { DTypeOf, FloatOf, TensorLike } from "../core/typing.js";
import { divide, multiply } from "./arithmetic.js";
import { cast } from "./cast.js";
import { equal, greater } from "./comparison.js";
import { describe } from "./describe.js";
import { max, min } from "./extrema.js";
import { normKernel } from "./kernels/norm.js";
import { abs } from "./magnitude.js";
import { power } from "./power.js";
import { countNonzero, floating, type ReduceOptions, reduceWith, sum } from "./reduce.js";
import {
  overAxes,
  pairwiseSum,
  type ReduceParams,
  reduction,
  reductionCases,
} from "./reduction.js";
import { where } from "./select.js";
import { spread, sumOp } from "./shape.js";
import { reduced } from "./spoken.js";

export const normOp: Primitive<ReduceParams> = /* @__PURE__ */ reduction({
  name: "norm",
  fold: () => (rows, start, length) => {
    const direct = sumScaled(rows, start, length, 1);
    if (direct > 1e-280 && direct < 1e300) return Math.sqrt(direct);
    let largest = 0;
    for (let i = start; i < start + length; i++) {
      const size = Math.abs(rows[i] as number);
      if (Number.isNaN(size)) return Number.NaN;
      if (size > largest) largest = size;
    }
    if (largest === 0 || largest === Number.POSITIVE_INFINITY) return largest;
    // A power of two scales exactly; two steps, since 1/largest may overflow.
    const scale = 2 ** -Math.floor(Math.log2(largest) / 2);
    return Math.sqrt(sumScaled(rows, start, length, scale)) / scale / scale;
  },
  derivative: {
    kind: "general",
    jvp: ([x], [dx], [y], { axes }) => {
      const size = spread(y, x.shape, axes);
      const unit = where(greater(size, 0), divide(x, size), 0) as Tensor;
      return [bindTensor(sumOp, [multiply(unit, dx as Tensor)], { axes })];
    },
  },
  lower: { kind: "kernel", kernel: normKernel, floats: true },
});

export const describedNorm: Primitive = /* @__PURE__ */ describe(normOp, {
  spoken: (params, shapes) => reduced("norm", params, shapes),
  doc: "Euclidean norm over axes, √Σx², without overflow or underflow on the way. The derivative is x/‖x‖, 0 at the origin.",
  latex: ([x], { axes }) => overAxes("\\operatorname{norm}", axes, x),
  domain: { low: -2, high: 2 },
  cases: () => [
    ...reductionCases,
    { inputs: [{ shape: [3], values: [0, 0, 0] }], params: { axes: [0] } },
    { inputs: [{ shape: [2], values: [3e200, 4e200] }], params: { axes: [0] } },
    { inputs: [{ shape: [2, 0] }], params: { axes: [1] } },
  ],
});

/** Σ (x·scale·scale)². */
function sumScaled(rows: ArrayLike<number>, start: number, length: number, scale: number): number {
  const squares = new Float64Array(length);
  for (let i = 0; i < length; i++) squares[i] = ((rows[start + i] as number) * scale * scale) ** 2;
  return pairwiseSum(squares, 0, length);
}

export interface NormOptions extends ReduceOptions {
  /**
   * 2 (the default), 1, Infinity, −Infinity (the least |x|), 0 (how many are not 0), another p for (Σ|x|ᵖ)^(1/p), or
   * "fro" (2, over the two axes of a matrix).
   */
  readonly ord?: number | "fro";
}

/**
 * Vector norm over `axis` (one, several, all unless given), in floating point. The derivative at the origin is 0. The
 * Euclidean norm has no overflow on the way. Throws ValueError for an unknown `ord`.
 */
export function norm<T extends TensorLike>(x: T): Tensor<readonly [], FloatOf<DTypeOf<T>>>;
export function norm<T extends TensorLike>(
  x: T,
  options: NormOptions,
): Tensor<Shape, FloatOf<DTypeOf<T>>>;
export function norm(x: TensorLike, options: NormOptions = {}): Tensor {
  const tensor = floating(asTensor(x, "norm"));
  const order = options.ord ?? 2;
  if (order === 2 || order === "fro") return reduceWith(normOp, tensor, options);
  if (typeof order !== "number" || Number.isNaN(order)) {
    throw new ValueError("norm", { expected: 'ord a number or "fro"', received: String(order) });
  }
  const sizes = abs(tensor) as Tensor;
  if (order === 1) return sum(sizes, options);
  if (order === Number.POSITIVE_INFINITY) return max(sizes, options);
  if (order === Number.NEGATIVE_INFINITY) return min(sizes, options);
  if (order === 0) return cast(countNonzero(sizes, options), tensor.dtype) as Tensor;
  const total = sum(power(sizes, order), options);
  return where(equal(total, 0), 0, power(total, 1 / order)) as Tensor;
}
