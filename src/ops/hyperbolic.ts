import type { Primitive } from "../core/primitive.js";
import {
  acoshSequence,
  asinhSequence,
  atanhSequence,
  coshSequence,
  sechSquaredSequence,
  sinhSequence,
  tanhSequence,
} from "../math/hyperbolic.js";
import { add, divide, multiply, subtract } from "./arithmetic.js";
import { describe } from "./describe.js";
import { type RealUnary, realUnary } from "./elementwise.js";
import { applied } from "./latex.js";
import { oneMinusSquare } from "./one-minus-square.js";
import { hypot, sqrt } from "./roots.js";

const reals = { low: -3, high: 3, edges: [0] };

/** Hyperbolic sine. */
export const sinh: RealUnary = /* @__PURE__ */ realUnary({
  name: "sinh",
  evaluate: Math.sinh,
  partials: [([x]) => cosh(x)],
  instruction: sinhSequence,
});

export const describedSinh: Primitive = /* @__PURE__ */ describe(sinh, {
  doc: "Hyperbolic sine.",
  latex: ([x]) => applied("\\sinh", x),
  domain: reals,
});

/** Hyperbolic cosine. */
export const cosh: RealUnary = /* @__PURE__ */ realUnary({
  name: "cosh",
  evaluate: Math.cosh,
  partials: [([x]) => sinh(x)],
  instruction: coshSequence,
});

export const describedCosh: Primitive = /* @__PURE__ */ describe(cosh, {
  doc: "Hyperbolic cosine.",
  latex: ([x]) => applied("\\cosh", x),
  domain: reals,
});

const tails = { low: -3, high: 3, edges: [-Infinity, -1e4, -30, 0, 30, 1e4, Infinity] };

/** Hyperbolic tangent. Its derivative is accurate in relative terms far out, where 1 − tanh² would be 0. */
export const tanh: RealUnary = /* @__PURE__ */ realUnary({
  name: "tanh",
  evaluate: Math.tanh,
  partials: [([x]) => sechSquared(x)],
  instruction: tanhSequence,
});

export const describedTanh: Primitive = /* @__PURE__ */ describe(tanh, {
  doc: "Hyperbolic tangent. Its derivative is accurate in relative terms far out, where 1 − tanh² would be 0.",
  latex: ([x]) => applied("\\tanh", x),
  domain: tails,
});

/** 1/cosh², the derivative of tanh. */
export const sechSquared: RealUnary = /* @__PURE__ */ realUnary({
  name: "sechSquared",
  evaluate: (x) => {
    const decay = Math.exp(-2 * Math.abs(x));
    return (4 * decay) / ((1 + decay) * (1 + decay));
  },
  partials: [([x], output) => multiply(multiply(-2, tanh(x)), output)],
  instruction: sechSquaredSequence,
});

export const describedSechSquared: Primitive = /* @__PURE__ */ describe(sechSquared, {
  doc: "1/cosh², the derivative of tanh.",
  latex: ([x]) => applied("\\operatorname{sech}^{2}", x),
  domain: tails,
});

/** The number whose hyperbolic sine is x. */
export const asinh: RealUnary = /* @__PURE__ */ realUnary({
  name: "asinh",
  evaluate: Math.asinh,
  partials: [([x]) => divide(1, hypot(1, x))],
  instruction: asinhSequence,
});

export const describedAsinh: Primitive = /* @__PURE__ */ describe(asinh, {
  doc: "The number whose hyperbolic sine is x.",
  latex: ([x]) => applied("\\operatorname{arsinh}", x),
  domain: { low: -4, high: 4, edges: [-Infinity, -1e200, 0, 1e200, Infinity] },
});

/** The number ≥ 0 whose hyperbolic cosine is x: NaN below 1, derivative ∞ at 1. */
export const acosh: RealUnary = /* @__PURE__ */ realUnary({
  name: "acosh",
  evaluate: Math.acosh,
  // Two roots in place of √(x² − 1), which overflows, loses digits near 1 and makes 0·∞ of the second derivative at ∞.
  partials: [([x]) => divide(divide(1, sqrt(subtract(x, 1))), sqrt(add(x, 1)))],
  instruction: acoshSequence,
});

export const describedAcosh: Primitive = /* @__PURE__ */ describe(acosh, {
  doc: "The number ≥ 0 whose hyperbolic cosine is x: NaN below 1, derivative ∞ at 1.",
  latex: ([x]) => applied("\\operatorname{arcosh}", x),
  domain: { low: 1.2, high: 5, edges: [1, 1e200, Infinity] },
});

/** The number whose hyperbolic tangent is x: ±∞ at ±1, NaN outside. */
export const atanh: RealUnary = /* @__PURE__ */ realUnary({
  name: "atanh",
  evaluate: Math.atanh,
  partials: [([x]) => divide(1, oneMinusSquare(x))],
  instruction: atanhSequence,
});

export const describedAtanh: Primitive = /* @__PURE__ */ describe(atanh, {
  doc: "The number whose hyperbolic tangent is x: ±∞ at ±1, NaN outside.",
  latex: ([x]) => applied("\\operatorname{artanh}", x),
  domain: { low: -0.9, high: 0.9, edges: [-1, 0, 1] },
});

export { acosh as arccosh, asinh as arcsinh, atanh as arctanh };
