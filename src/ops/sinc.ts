import { bindTensor } from "../core/bind.js";
import type { Primitive } from "../core/primitive.js";
import type { RealOf, TensorLike } from "../core/typing.js";
import { describe } from "./describe.js";
import { apply, elementwise, floats } from "./elementwise.js";
import { applied } from "./latex.js";
import { sincDerivative, sinc as value } from "./numerics/sinc.js";

const sincOp: Primitive<{ order: number }> = /* @__PURE__ */ elementwise<{ order: number }>({
  name: "sinc",
  accepts: floats,
  evaluateFor: ({ order }) => (order === 0 ? value : (x: number) => sincDerivative(order, x)),
  partials: [([x], _, { order }) => bindTensor(sincOp, [x], { order: order + 1 })],
});

export const describedSinc: Primitive = /* @__PURE__ */ describe(sincOp, {
  doc: "sin(πx)/(πx), 1 at 0 and 0 at ±∞, or its derivative of the given order; all are smooth at 0.",
  latex: ([x], { order }) =>
    applied(`\\operatorname{sinc}${order === 0 ? "" : `^{(${order})}`}`, x),
  domain: { low: -3, high: 3, edges: [-Infinity, -1, 0, 1e-9, 1] },
  cases: /* @__PURE__ */ [0, 1, 2].map((order) => ({
    inputs: [{ shape: [2, 3] }],
    params: { order },
  })),
});

/** sin(πx)/(πx), 1 at 0 and 0 at ±∞; every derivative is exact near 0 too. */
export function sinc<T extends TensorLike>(x: T): RealOf<T> {
  return apply(sincOp, [x], { order: 0 }, true) as RealOf<T>;
}
