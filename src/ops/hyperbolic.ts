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
import { type RealUnary, realUnary } from "./elementwise.js";
import { applied } from "./latex.js";
import { oneMinusSquare } from "./one-minus-square.js";
import { hypot, sqrt } from "./roots.js";

const reals = { low: -3, high: 3, edges: [0] };

/** Hyperbolic sine. */
export const sinh: RealUnary = /* @__PURE__ */ realUnary({
  name: "sinh",
  doc: "Hyperbolic sine.",
  latex: ([x]) => applied("\\sinh", x),
  domain: reals,
  evaluate: Math.sinh,
  partials: [([x]) => cosh(x)],
  instruction: sinhSequence,
});

/** Hyperbolic cosine. */
export const cosh: RealUnary = /* @__PURE__ */ realUnary({
  name: "cosh",
  doc: "Hyperbolic cosine.",
  latex: ([x]) => applied("\\cosh", x),
  domain: reals,
  evaluate: Math.cosh,
  partials: [([x]) => sinh(x)],
  instruction: coshSequence,
});

const tails = { low: -3, high: 3, edges: [-Infinity, -1e4, -30, 0, 30, 1e4, Infinity] };

/** Hyperbolic tangent. Its derivative is accurate in relative terms far out, where 1 − tanh² would be 0. */
export const tanh: RealUnary = /* @__PURE__ */ realUnary({
  name: "tanh",
  doc: "Hyperbolic tangent. Its derivative is accurate in relative terms far out, where 1 − tanh² would be 0.",
  latex: ([x]) => applied("\\tanh", x),
  domain: tails,
  evaluate: Math.tanh,
  partials: [([x]) => sechSquared(x)],
  instruction: tanhSequence,
});

/** 1/cosh², the derivative of tanh. */
export const sechSquared: RealUnary = /* @__PURE__ */ realUnary({
  name: "sechSquared",
  doc: "1/cosh², the derivative of tanh.",
  latex: ([x]) => applied("\\operatorname{sech}^{2}", x),
  domain: tails,
  evaluate: (x) => {
    const decay = Math.exp(-2 * Math.abs(x));
    return (4 * decay) / ((1 + decay) * (1 + decay));
  },
  partials: [([x], output) => multiply(multiply(-2, tanh(x)), output)],
  instruction: sechSquaredSequence,
});

/** The number whose hyperbolic sine is x. */
export const asinh: RealUnary = /* @__PURE__ */ realUnary({
  name: "asinh",
  doc: "The number whose hyperbolic sine is x.",
  latex: ([x]) => applied("\\operatorname{arsinh}", x),
  domain: { low: -4, high: 4, edges: [-Infinity, -1e200, 0, 1e200, Infinity] },
  evaluate: Math.asinh,
  partials: [([x]) => divide(1, hypot(1, x))],
  instruction: asinhSequence,
});

/** The number ≥ 0 whose hyperbolic cosine is x: NaN below 1, derivative ∞ at 1. */
export const acosh: RealUnary = /* @__PURE__ */ realUnary({
  name: "acosh",
  doc: "The number ≥ 0 whose hyperbolic cosine is x: NaN below 1, derivative ∞ at 1.",
  latex: ([x]) => applied("\\operatorname{arcosh}", x),
  domain: { low: 1.2, high: 5, edges: [1, 1e200, Infinity] },
  evaluate: Math.acosh,
  // Two roots in place of √(x² − 1), which overflows, loses digits near 1 and makes 0·∞ of the second derivative at ∞.
  partials: [([x]) => divide(divide(1, sqrt(subtract(x, 1))), sqrt(add(x, 1)))],
  instruction: acoshSequence,
});

/** The number whose hyperbolic tangent is x: ±∞ at ±1, NaN outside. */
export const atanh: RealUnary = /* @__PURE__ */ realUnary({
  name: "atanh",
  doc: "The number whose hyperbolic tangent is x: ±∞ at ±1, NaN outside.",
  latex: ([x]) => applied("\\operatorname{artanh}", x),
  domain: { low: -0.9, high: 0.9, edges: [-1, 0, 1] },
  evaluate: Math.atanh,
  partials: [([x]) => divide(1, oneMinusSquare(x))],
  instruction: atanhSequence,
});

export { acosh as arccosh, asinh as arcsinh, atanh as arctanh };
