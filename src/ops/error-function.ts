import { bindTensor } from "../core/bind.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { gaussianSequence } from "../math/activation.js";
import { erfcSequence, erfSequence } from "../math/error-function.js";
import { erfinvSequence } from "../math/inverse-error-function.js";
import { erfcxSequence } from "../math/scaled-error-function.js";
import { multiply, square } from "./arithmetic.js";
import { notEqual } from "./comparison.js";
import { describe } from "./describe.js";
import { elementwise, floats, type RealUnary, realUnary } from "./elementwise.js";
import { exp } from "./exponential.js";
import { applied, bare } from "./latex.js";
import * as error from "./numerics/erf.js";
import { erfcxIntegral } from "./numerics/erfc-integral.js";
import { erfinv as inverse } from "./numerics/erfinv.js";
import { expTimes } from "./numerics/exp.js";
import { negate, pair, twoProduct } from "./numerics/pair.js";

const tails = { low: -3, high: 3, edges: [-Infinity, -1e4, -20, 0, 20, 1e4, Infinity] };

/** 2/√π */
const SLOPE = 1.1283791670955126;

/** e^(−x²). */
export const gaussian: RealUnary = /* @__PURE__ */ realUnary({
  name: "gaussian",
  evaluate: (x) => (Math.abs(x) > 28 ? 0 : expTimes(negate(twoProduct(x, x)), pair(1))),
  // Masked where it has vanished, so that higher derivatives have the limit 0 at ±∞.
  partials: [
    ([x], output) => ({ where: notEqual(output, 0), value: multiply(multiply(-2, x), output) }),
  ],
  instruction: gaussianSequence,
});

export const describedGaussian: Primitive = /* @__PURE__ */ describe(gaussian, {
  doc: "e^(−x²).",
  latex: ([x]) => `e^{-${x}^{2}}`,
  domain: tails,
});

/** The error function, 2/√π ∫₀ˣ e^(−t²) dt. */
export const erf: RealUnary = /* @__PURE__ */ realUnary({
  name: "erf",
  evaluate: error.erf,
  partials: [([x]) => multiply(SLOPE, gaussian(x))],
  instruction: erfSequence,
});

export const describedErf: Primitive = /* @__PURE__ */ describe(erf, {
  doc: "The error function, 2/√π ∫₀ˣ e^(−t²) dt.",
  domain: tails,
});

/** 1 − erf(x), accurate in relative terms in the upper tail. */
export const erfc: RealUnary = /* @__PURE__ */ realUnary({
  name: "erfc",
  evaluate: error.erfc,
  partials: [([x]) => multiply(-SLOPE, gaussian(x))],
  instruction: erfcSequence,
});

export const describedErfc: Primitive = /* @__PURE__ */ describe(erfc, {
  doc: "1 − erf(x), accurate in relative terms in the upper tail.",
  domain: tails,
});

/**
 * e^(x²) times the n-th repeated integral of erfc (DLMF 7.18), n ≥ 1. The derivatives of erfcx are multiples of them:
 * 2x·erfcx(x) − 2/√π, which is the same, loses every digit for large x.
 */
const erfcxIntegralOp: Primitive<{ n: number }> = /* @__PURE__ */ elementwise<{ n: number }>({
  name: "erfcxIntegral",
  accepts: floats,
  evaluateFor:
    ({ n }) =>
    (x: number) =>
      erfcxIntegral(n, x),
  partials: [([x], _, { n }) => multiply(-2 * (n + 1), integralOf(n + 1, x))],
});

export const describedErfcxIntegral: Primitive = /* @__PURE__ */ describe(erfcxIntegralOp, {
  doc: "e^(x²) times the n-th repeated integral of erfc (DLMF 7.18), n ≥ 1: (−1)^n/(2^n n!) times the n-th derivative of erfcx.",
  latex: ([x], { n }) =>
    `e^{${x}^{2}} \\operatorname{i}^{${n}}\\operatorname{erfc}\\left(${bare(x)}\\right)`,
  domain: { low: -1.5, high: 5, edges: [0, 20, 1e4, Infinity] },
  cases: /* @__PURE__ */ [1, 2, 3].map((n) => ({ inputs: [{ shape: [2, 3] }], params: { n } })),
});

function integralOf(n: number, x: Tensor): Tensor {
  return bindTensor(erfcxIntegralOp, [x], { n });
}

/** e^(x²)·erfc(x): about 1/(x√π) for large x, overflows below −26.6. */
export const erfcx: RealUnary = /* @__PURE__ */ realUnary({
  name: "erfcx",
  evaluate: error.erfcx,
  partials: [([x]) => multiply(-2, integralOf(1, x))],
  instruction: erfcxSequence,
});

export const describedErfcx: Primitive = /* @__PURE__ */ describe(erfcx, {
  doc: "e^(x²)·erfc(x): about 1/(x√π) for large x, overflows below −26.6.",
  domain: { low: -1.5, high: 5, edges: [0, 20, 1e4, Infinity] },
});

/** The inverse of erf: ±∞ at ±1, NaN outside. */
export const erfinv: RealUnary = /* @__PURE__ */ realUnary({
  name: "erfinv",
  evaluate: inverse,
  partials: [(_, output) => multiply(1 / SLOPE, exp(square(output)))],
  instruction: erfinvSequence,
});

export const describedErfinv: Primitive = /* @__PURE__ */ describe(erfinv, {
  doc: "The inverse of erf: ±∞ at ±1, NaN outside.",
  latex: ([x]) => applied("\\operatorname{erf}^{-1}", x),
  domain: { low: -0.9, high: 0.9, edges: [-1, 0, 1] },
});
