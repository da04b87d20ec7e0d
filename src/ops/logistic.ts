import type { Tensor } from "../core/node.js";
import type { Masked, Primitive } from "../core/primitive.js";
import { siluSequence } from "../math/activation.js";
import {
  log1mexpSequence,
  logAddExp2Sequence,
  logAddExpSequence,
  logitSequence,
  logSigmoidSequence,
  sigmoidSequence,
  softplusSequence,
} from "../math/logistic.js";
import { add, divide, multiply, negative, subtract } from "./arithmetic.js";
import { notEqual } from "./comparison.js";
import { describe } from "./describe.js";
import { type RealBinary, type RealUnary, realBinary, realUnary } from "./elementwise.js";
import { exp, expm1 } from "./exponential.js";
import { applied, bare } from "./latex.js";
import { decaying } from "./limits.js";
import * as numbers from "./numerics/logaddexp.js";
import * as logistic from "./numerics/logistic.js";

const tails = { low: -4, high: 4, edges: [-Infinity, -1e4, -40, 0, 40, 1e4, Infinity] };

/** σ(x)·σ(−x), the derivative of σ: accurate in both tails, where σ·(1 − σ) is in one only. */
function slope(x: Tensor): Tensor {
  return multiply(sigmoid(x), sigmoid(negative(x)));
}

/** The logistic function σ(x) = 1/(1 + e^−x), accurate in relative terms in the tails. */
export const sigmoid: RealUnary = /* @__PURE__ */ realUnary({
  name: "sigmoid",
  evaluate: logistic.sigmoid,
  partials: [([x], output) => multiply(output, sigmoid(negative(x)))],
  instruction: sigmoidSequence,
});

export const describedSigmoid: Primitive = /* @__PURE__ */ describe(sigmoid, {
  doc: "The logistic function σ(x) = 1/(1 + e^−x), accurate in relative terms in the tails.",
  latex: ([x]) => `\\sigma\\left(${bare(x)}\\right)`,
  domain: tails,
});

/** log(1 + e^x), accurate in relative terms in the tails. */
export const softplus: RealUnary = /* @__PURE__ */ realUnary({
  name: "softplus",
  evaluate: logistic.softplus,
  partials: [([x]) => sigmoid(x)],
  instruction: softplusSequence,
});

export const describedSoftplus: Primitive = /* @__PURE__ */ describe(softplus, {
  doc: "log(1 + e^x), accurate in relative terms in the tails.",
  latex: ([x]) => `\\ln\\left(1 + e^{${bare(x)}}\\right)`,
  domain: tails,
});

/** log σ(x) = −log(1 + e^−x), accurate in relative terms in the tails. */
export const logSigmoid: RealUnary = /* @__PURE__ */ realUnary({
  name: "logSigmoid",
  evaluate: logistic.logSigmoid,
  partials: [([x]) => sigmoid(negative(x))],
  instruction: logSigmoidSequence,
});

export const describedLogSigmoid: Primitive = /* @__PURE__ */ describe(logSigmoid, {
  doc: "log σ(x) = −log(1 + e^−x), accurate in relative terms in the tails.",
  latex: ([x]) => `\\ln\\sigma\\left(${bare(x)}\\right)`,
  domain: tails,
});

/** log(p/(1 − p)), the inverse of sigmoid: −∞ at 0, ∞ at 1, NaN outside. */
export const logit: RealUnary = /* @__PURE__ */ realUnary({
  name: "logit",
  evaluate: logistic.logit,
  // 1/(p(1 − p)) in two parts, which meet no 0·∞ at 0 and 1.
  partials: [([p]) => add(divide(1, p), divide(1, subtract(1, p)))],
  instruction: logitSequence,
});

export const describedLogit: Primitive = /* @__PURE__ */ describe(logit, {
  doc: "log(p/(1 − p)), the inverse of sigmoid: −∞ at 0, ∞ at 1, NaN outside.",
  domain: { low: 0.05, high: 0.95, edges: [0, 0.5, 1] },
});

/** log(1 − e^−x), accurate for small and for large x: −∞ at 0, derivative ∞ there, NaN below. */
export const log1mexp: RealUnary = /* @__PURE__ */ realUnary({
  name: "log1mexp",
  evaluate: (x) => logistic.log1mexp(-x),
  // 1/(e^x − 1) would overflow where x is large
  partials: [([x]) => divide(exp(negative(x)), negative(expm1(negative(x))))],
  instruction: log1mexpSequence,
});

export const describedLog1mexp: Primitive = /* @__PURE__ */ describe(log1mexp, {
  doc: "log(1 − e^−x), accurate for small and for large x: −∞ at 0, derivative ∞ there, NaN below.",
  latex: ([x]) => `\\ln\\left(1 - e^{-${x}}\\right)`,
  domain: { low: 0.1, high: 4, edges: [0, 1e-300, 800, Infinity] },
});

/** x·σ(x), the sigmoid linear unit (swish): −0 at −∞, accurate in relative terms in the tails. */
export const silu: RealUnary = /* @__PURE__ */ realUnary({
  name: "silu",
  evaluate: logistic.silu,
  partials: [([x]) => add(sigmoid(x), decaying(x, slope(x)))],
  instruction: siluSequence,
});

export const describedSilu: Primitive = /* @__PURE__ */ describe(silu, {
  doc: "x·σ(x), the sigmoid linear unit (swish): −0 at −∞, accurate in relative terms in the tails.",
  latex: ([x]) => applied("\\operatorname{silu}", x),
  domain: tails,
});

/** The part of an input in log(e^x + e^y); 0 where both are −∞. */
function share(output: Tensor, weight: Tensor): Masked {
  return { where: notEqual(output, -Infinity), value: weight };
}

const far = { low: -3, high: 3, edges: [-Infinity, -1000, 0, 1000] };

/** log(e^x + e^y) without overflow; −∞ where both are, with derivative 0. */
export const logaddexp: RealBinary = /* @__PURE__ */ realBinary({
  name: "logaddexp",
  evaluate: numbers.logaddexp,
  partials: [
    ([x, y], output) => share(output, sigmoid(subtract(x, y))),
    ([x, y], output) => share(output, sigmoid(subtract(y, x))),
  ],
  instruction: logAddExpSequence,
});

export const describedLogaddexp: Primitive = /* @__PURE__ */ describe(logaddexp, {
  doc: "log(e^x + e^y) without overflow; −∞ where both are, with derivative 0.",
  latex: ([x, y]) => `\\ln\\left(e^{${bare(x)}} + e^{${bare(y)}}\\right)`,
  domain: far,
});

/** log₂(2^x + 2^y) without overflow; −∞ where both are, with derivative 0. */
export const logaddexp2: RealBinary = /* @__PURE__ */ realBinary({
  name: "logaddexp2",
  evaluate: numbers.logaddexp2,
  partials: [
    ([x, y], output) => share(output, sigmoid(multiply(Math.LN2, subtract(x, y)))),
    ([x, y], output) => share(output, sigmoid(multiply(Math.LN2, subtract(y, x)))),
  ],
  instruction: logAddExp2Sequence,
});

export const describedLogaddexp2: Primitive = /* @__PURE__ */ describe(logaddexp2, {
  doc: "log₂(2^x + 2^y) without overflow; −∞ where both are, with derivative 0.",
  latex: ([x, y]) => `\\log_{2}\\left(2^{${bare(x)}} + 2^{${bare(y)}}\\right)`,
  domain: far,
});

export { sigmoid as expit, silu as swish };
