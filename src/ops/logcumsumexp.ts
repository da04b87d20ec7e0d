import { bindTensor } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import type { TensorLike } from "../core/typing.js";
import { logAddExpSequence } from "../math/logistic.js";
import { multiply, subtract } from "./arithmetic.js";
import { equal } from "./comparison.js";
import {
  type CumulativeOptions,
  cumulative,
  cumulativeCases,
  runAlong,
  running,
} from "./cumulative.js";
import { describe } from "./describe.js";
import { exp } from "./exponential.js";
import { logaddexp } from "./numerics/logaddexp.js";
import { earlier, linearRecurrenceOp, type ScanParams } from "./recurrence.js";
import { floating } from "./reduce.js";
import { where } from "./select.js";

const infinity = Number.POSITIVE_INFINITY;

const logcumsumexpOp: Primitive<ScanParams> = /* @__PURE__ */ cumulative({
  name: "logcumsumexp",
  combine: logAddExpSequence,
  step: () => logaddexp,
  derivative: {
    kind: "general",
    jvp: ([x], [dx], [y], params) => {
      const none = equal(y, -infinity);
      const weight = (log: Tensor): Tensor => where(none, 0, exp(subtract(log, y))) as Tensor;
      const carried = weight(earlier(y, params, -infinity));
      const entering = multiply(weight(x), dx as Tensor);
      return [bindTensor(linearRecurrenceOp, [carried, entering], params)];
    },
  },
});

export const describedLogcumsumexp: Primitive = /* @__PURE__ */ describe(logcumsumexpOp, {
  doc: "Running ln Σ eˣ along an axis, with no overflow; −∞ takes no part. dyᵢ = e^(yᵢ₋₁−yᵢ)·dyᵢ₋₁ + e^(xᵢ−yᵢ)·dxᵢ: no factor exceeds 1.",
  latex: ([x], { reverse }) => running("\\ln \\sum \\exp", x, reverse),
  domain: { low: -3, high: 3, edges: [-infinity, -1000, 0, 1000] },
  cases: cumulativeCases,
});

/**
 * Running ln Σ eˣ along `axis` (of all elements as one row unless given), in floating point, with no overflow;
 * jax.lax.cumlogsumexp. Exact derivatives of every order; where all so far are −∞ they are 0.
 */
export function logcumsumexp(x: TensorLike, options: CumulativeOptions = {}): Tensor {
  return runAlong(logcumsumexpOp, floating(asTensor(x, "logcumsumexp")), options);
}
