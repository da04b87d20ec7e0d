import { bindTensor } from "../core/bind.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { multiply, negative, subtract } from "./arithmetic.js";
import { describe } from "./describe.js";
import { elementwise, floats, type RealUnary, realUnary } from "./elementwise.js";
import { bare } from "./latex.js";
import { sign } from "./magnitude.js";
import * as bessel from "./numerics/bessel.js";
import { decayingMoment, i0Derivative } from "./numerics/bessel-derivatives.js";

const reals = { low: -4, high: 4, edges: [0, 1e-9, 800] };
const decays = { low: 0.2, high: 5, edges: [-Infinity, -1, 0, 50, 1e8, Infinity] };

/** The modified Bessel function of order 0. */
export const i0: RealUnary = /* @__PURE__ */ realUnary({
  name: "i0",
  evaluate: bessel.i0,
  partials: [([x]) => i1(x)],
});

export const describedI0: Primitive = /* @__PURE__ */ describe(i0, {
  doc: "The modified Bessel function of order 0.",
  latex: ([x]) => `I_{0}\\left(${bare(x)}\\right)`,
  domain: reals,
});

/** The modified Bessel function of order 1. */
export const i1: RealUnary = /* @__PURE__ */ realUnary({
  name: "i1",
  evaluate: bessel.i1,
  partials: [([x]) => derivative(2, x)],
});

export const describedI1: Primitive = /* @__PURE__ */ describe(i1, {
  doc: "The modified Bessel function of order 1.",
  latex: ([x]) => `I_{1}\\left(${bare(x)}\\right)`,
  domain: reals,
});

/** The derivatives of `i0` from the second on: I₀ − I₁/x and so on, without the division by 0. */
const i0DerivativeOp: Primitive<{ order: number }> = /* @__PURE__ */ elementwise<{
  order: number;
}>({
  name: "i0Derivative",
  accepts: floats,
  evaluateFor:
    ({ order }) =>
    (x: number) =>
      i0Derivative(order, x),
  partials: [([x], _, { order }) => derivative(order + 1, x)],
});

export const describedI0Derivative: Primitive = /* @__PURE__ */ describe(i0DerivativeOp, {
  doc: "A derivative of the modified Bessel function of order 0: the mean of cos^k θ e^(x cos θ) over θ.",
  latex: ([x], { order }) => `I_{0}^{(${order})}\\left(${bare(x)}\\right)`,
  domain: reals,
  cases: /* @__PURE__ */ [2, 3].map((order) => ({
    inputs: [{ shape: [2, 3] }],
    params: { order },
  })),
});

function derivative(order: number, x: Tensor): Tensor {
  return bindTensor(i0DerivativeOp, [x], { order });
}

/**
 * The mean of (1 − cos θ)^k e^(−|x|(1 − cos θ)) over θ. The derivatives of `i0e` and `i1e` are differences of these
 * that keep their digits, where I₁ − I₀ loses them for large x.
 */
const decayingMomentOp: Primitive<{ order: number }> = /* @__PURE__ */ elementwise<{
  order: number;
}>({
  name: "decayingMoment",
  accepts: floats,
  evaluateFor:
    ({ order }) =>
    (x: number) =>
      decayingMoment(order, Math.abs(x)),
  partials: [([x], _, { order }) => negative(multiply(sign(x), moment(order + 1, x)))],
});

export const describedDecayingMoment: Primitive = /* @__PURE__ */ describe(decayingMomentOp, {
  doc: "The mean of (1 − cos θ)^k e^(−|x|(1 − cos θ)) over θ: k = 0 is i0e, and for x > 0 each derivative is minus the next. Derivative 0 at 0.",
  latex: ([x], { order }) =>
    `\\left\\langle (1 - \\cos\\theta)^{${order}} e^{-\\left|${bare(x)}\\right| (1 - \\cos\\theta)} \\right\\rangle`,
  domain: decays,
  cases: /* @__PURE__ */ [1, 2].map((order) => ({
    inputs: [{ shape: [2, 3] }],
    params: { order },
  })),
});

function moment(order: number, x: Tensor): Tensor {
  return bindTensor(decayingMomentOp, [x], { order });
}

/** e^(−|x|)·I₀(x). Derivative 0 at 0. */
export const i0e: RealUnary = /* @__PURE__ */ realUnary({
  name: "i0e",
  evaluate: bessel.i0e,
  partials: [([x]) => negative(multiply(sign(x), moment(1, x)))],
});

export const describedI0e: Primitive = /* @__PURE__ */ describe(i0e, {
  doc: "e^(−|x|)·I₀(x). Derivative 0 at 0.",
  latex: ([x]) => `e^{-\\left|${bare(x)}\\right|} I_{0}\\left(${bare(x)}\\right)`,
  domain: decays,
});

/** e^(−|x|)·I₁(x). Second derivative 0 at 0. */
export const i1e: RealUnary = /* @__PURE__ */ realUnary({
  name: "i1e",
  evaluate: bessel.i1e,
  partials: [([x]) => subtract(moment(2, x), moment(1, x))],
});

export const describedI1e: Primitive = /* @__PURE__ */ describe(i1e, {
  doc: "e^(−|x|)·I₁(x). Second derivative 0 at 0.",
  latex: ([x]) => `e^{-\\left|${bare(x)}\\right|} I_{1}\\left(${bare(x)}\\right)`,
  domain: decays,
});
