import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { normalDensitySequence } from "../math/activation.js";
import { geluSequence, ndtrSequence } from "../math/error-function.js";
import { ndtriSequence } from "../math/inverse-error-function.js";
import { logNdtrSequence } from "../math/scaled-error-function.js";
import { add, divide, multiply, negative, square, subtract } from "./arithmetic.js";
import { less, notEqual } from "./comparison.js";
import { describe } from "./describe.js";
import { elementwise, floats, type RealUnary, realUnary } from "./elementwise.js";
import { erfcx } from "./error-function.js";
import { exp } from "./exponential.js";
import { applied } from "./latex.js";
import { decaying } from "./limits.js";
import { expTimes } from "./numerics/exp.js";
import * as normal from "./numerics/normal.js";
import { scale, twoProduct } from "./numerics/pair.js";
import { where } from "./select.js";

const tails = { low: -3, high: 3, edges: [-Infinity, -1e4, -20, 0, 20, 1e4, Infinity] };

/** 1/√(2π) */
const PEAK = { hi: 0.3989422804014327, lo: -2.4923272022777433e-17 };

/** The density of the standard normal distribution, e^(−x²/2)/√(2π). */
export const normalDensity: RealUnary = /* @__PURE__ */ realUnary({
  name: "normalDensity",
  evaluate: (x) => (Math.abs(x) > 40 ? 0 : expTimes(scale(twoProduct(x, x), -0.5), PEAK)),
  // Masked where it has vanished, so that higher derivatives have the limit 0 at ±∞.
  partials: [
    ([x], output) => ({ where: notEqual(output, 0), value: negative(multiply(x, output)) }),
  ],
  instruction: normalDensitySequence,
});

export const describedNormalDensity: Primitive = /* @__PURE__ */ describe(normalDensity, {
  doc: "The density of the standard normal distribution, e^(−x²/2)/√(2π).",
  latex: ([x]) => applied("\\varphi", x),
  domain: tails,
});

/** The distribution function of the standard normal distribution, accurate in relative terms in the lower tail. */
export const ndtr: RealUnary = /* @__PURE__ */ realUnary({
  name: "ndtr",
  evaluate: normal.ndtr,
  partials: [([x]) => normalDensity(x)],
  instruction: ndtrSequence,
});

export const describedNdtr: Primitive = /* @__PURE__ */ describe(ndtr, {
  doc: "The distribution function of the standard normal distribution, accurate in relative terms in the lower tail.",
  latex: ([x]) => applied("\\Phi", x),
  domain: tails,
});

/** Below this the asymptotic series of φ/Φ, −x − 1/x + 2/x³, is exact to f64. */
const ASYMPTOTIC = -1e4;

/** φ(x)/Φ(x): about −x far below 0, φ(x) far above. */
function hazard(x: Tensor): Tensor {
  const below = divide(Math.sqrt(2 / Math.PI), erfcx(multiply(-Math.SQRT1_2, x)));
  const above = divide(normalDensity(x), ndtr(x));
  const small = divide(1, x);
  const cubic = multiply(2, multiply(small, square(small)));
  const farBelow = subtract(subtract(cubic, small), x);
  return where(less(x, ASYMPTOTIC), farBelow, where(less(x, 0), below, above)) as Tensor;
}

/** log of `ndtr`, accurate in relative terms in both tails. */
export const logNdtr: RealUnary = /* @__PURE__ */ realUnary({
  name: "logNdtr",
  evaluate: normal.logNdtr,
  partials: [([x]) => hazard(x)],
  instruction: logNdtrSequence,
});

export const describedLogNdtr: Primitive = /* @__PURE__ */ describe(logNdtr, {
  doc: "log of ndtr, accurate in relative terms in both tails.",
  latex: ([x]) => `\\ln ${applied("\\Phi", x)}`,
  domain: tails,
});

/** The inverse of `ndtr`: −∞ at 0, ∞ at 1, NaN outside. */
export const ndtri: RealUnary = /* @__PURE__ */ realUnary({
  name: "ndtri",
  evaluate: normal.ndtri,
  partials: [(_, output) => multiply(Math.sqrt(2 * Math.PI), exp(multiply(0.5, square(output))))],
  instruction: ndtriSequence,
});

export const describedNdtri: Primitive = /* @__PURE__ */ describe(ndtri, {
  doc: "The inverse of ndtr: −∞ at 0, ∞ at 1, NaN outside.",
  latex: ([x]) => applied("\\Phi^{-1}", x),
  domain: { low: 0.03, high: 0.97, edges: [0, 0.5, 1] },
});

export const geluOp: Primitive<undefined> = /* @__PURE__ */ elementwise({
  name: "gelu",
  accepts: floats,
  evaluate: normal.gelu,
  partials: [([x]) => add(ndtr(x), decaying(x, normalDensity(x)))],
  instruction: geluSequence,
});

export const describedGelu: Primitive = /* @__PURE__ */ describe(geluOp, {
  doc: "x·Φ(x), the Gaussian error linear unit: −0 at −∞, accurate in relative terms in the tails.",
  domain: tails,
});
