import { bindTensor } from "../core/bind.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { divide, multiply } from "./arithmetic.js";
import { greater } from "./comparison.js";
import { type ReduceParams, reduction, reductionCases, spread } from "./reduce.js";
import { where } from "./select.js";
import { pairwiseSum, sumOp } from "./shape.js";

export const normOp: Primitive<ReduceParams> = /* @__PURE__ */ reduction({
  name: "norm",
  doc: "Euclidean norm over axes, √Σx², without overflow or underflow on the way. The derivative is x/‖x‖, 0 at the origin.",
  symbol: "\\operatorname{norm}",
  domain: { low: -2, high: 2 },
  cases: () => [
    ...reductionCases,
    { inputs: [{ shape: [3], values: [0, 0, 0] }], params: { axes: [0] } },
    { inputs: [{ shape: [2], values: [3e200, 4e200] }], params: { axes: [0] } },
    { inputs: [{ shape: [2, 0] }], params: { axes: [1] } },
  ],
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
  lower: { kernel: "norm" },
});

/** Σ (x·scale·scale)². */
function sumScaled(rows: ArrayLike<number>, start: number, length: number, scale: number): number {
  const squares = new Float64Array(length);
  for (let i = 0; i < length; i++) squares[i] = ((rows[start + i] as number) * scale * scale) ** 2;
  return pairwiseSum(squares, 0, length);
}
