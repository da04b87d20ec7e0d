import { bindTensor } from "../core/bind.js";
import { ValueError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { describeValue } from "../core/tree.js";
import type { RealOf, TensorLike } from "../core/typing.js";
import { digammaSequence, gammaSequence, lgammaSequence } from "../math/gamma.js";
import { add, multiply, subtract } from "./arithmetic.js";
import { describe } from "./describe.js";
import {
  apply,
  elementwise,
  floats,
  type RealBinary,
  type RealUnary,
  realBinary,
  realUnary,
} from "./elementwise.js";
import { applied, bare } from "./latex.js";
import * as betas from "./numerics/beta.js";
import { digamma as psi } from "./numerics/digamma.js";
import * as gammas from "./numerics/gamma.js";
import * as zetas from "./numerics/zeta.js";

const positive = { low: 0.4, high: 5, edges: [0, 1, 2, Infinity] };

const polygammaOp: Primitive<{ n: number }> = /* @__PURE__ */ elementwise<{ n: number }>({
  name: "polygamma",
  accepts: floats,
  evaluateFor:
    ({ n }) =>
    (x: number) =>
      zetas.polygamma(n, x),
  partials: [([x], _, { n }) => bindTensor(polygammaOp, [x], { n: n + 1 })],
});

export const describedPolygamma: Primitive = /* @__PURE__ */ describe(polygammaOp, {
  doc: "The n-th derivative of digamma, (−1)^(n+1) n! ζ(n + 1, x), n ≥ 1. At the poles 0, −1, …: ∞ for odd n; for even n ∓∞ at ±0, NaN elsewhere.",
  latex: ([x], { n }) => `\\psi^{(${n})}\\left(${bare(x)}\\right)`,
  domain: positive,
  cases: /* @__PURE__ */ [1, 2, 3].map((n) => ({ inputs: [{ shape: [2, 3] }], params: { n } })),
});

/** The derivative of log Γ, ψ(x): ∓∞ at ±0, NaN at the negative integers. */
export const digamma: RealUnary = /* @__PURE__ */ realUnary({
  name: "digamma",
  evaluate: psi,
  partials: [([x]) => bindTensor(polygammaOp, [x], { n: 1 })],
  instruction: digammaSequence,
});

export const describedDigamma: Primitive = /* @__PURE__ */ describe(digamma, {
  doc: "The derivative of log Γ, ψ(x): ∓∞ at ±0, NaN at the negative integers.",
  latex: ([x]) => applied("\\psi", x),
  domain: positive,
});

/**
 * The n-th derivative of digamma; n = 0 is digamma itself. Throws ValueError unless n is a whole number ≥ 0.
 */
export function polygamma<T extends TensorLike>(n: number, x: T): RealOf<T> {
  if (!Number.isSafeInteger(n) || n < 0) {
    throw new ValueError("polygamma", { expected: "a whole n ≥ 0", received: String(n) });
  }
  return n === 0 ? digamma(x) : (apply(polygammaOp, [x], { n }, true) as RealOf<T>);
}

/** log |Γ(x)|: ∞ at the poles 0, −1, …, accurate in relative terms around its zeros 1 and 2. */
export const lgamma: RealUnary = /* @__PURE__ */ realUnary({
  name: "lgamma",
  evaluate: gammas.lgamma,
  partials: [([x]) => digamma(x)],
  instruction: lgammaSequence,
});

export const describedLgamma: Primitive = /* @__PURE__ */ describe(lgamma, {
  doc: "log |Γ(x)|: ∞ at the poles 0, −1, …, accurate in relative terms around its zeros 1 and 2.",
  latex: ([x]) => `\\ln\\left|\\Gamma\\left(${bare(x)}\\right)\\right|`,
  domain: positive,
});

/** The gamma function: ±∞ at ±0, NaN at the negative integers. */
export const gamma: RealUnary = /* @__PURE__ */ realUnary({
  name: "gamma",
  evaluate: gammas.gamma,
  partials: [([x], output) => multiply(output, digamma(x))],
  instruction: gammaSequence,
});

export const describedGamma: Primitive = /* @__PURE__ */ describe(gamma, {
  doc: "The gamma function: ±∞ at ±0, NaN at the negative integers.",
  latex: ([x]) => `\\Gamma\\left(${bare(x)}\\right)`,
  domain: { low: 0.4, high: 5, edges: [0, 1, 2] },
});

/** ψ(x) − ψ(x + y), the derivative of log B(x, y) by x. */
function slope(x: Tensor, y: Tensor): Tensor {
  return subtract(digamma(x), digamma(add(x, y)));
}

const sides = { low: 0.4, high: 4, edges: [1] };

/** The beta function B(x, y) = Γ(x)Γ(y)/Γ(x + y). */
export const beta: RealBinary = /* @__PURE__ */ realBinary({
  name: "beta",
  evaluate: betas.beta,
  partials: [
    ([x, y], output) => multiply(output, slope(x, y)),
    ([x, y], output) => multiply(output, slope(y, x)),
  ],
});

export const describedBeta: Primitive = /* @__PURE__ */ describe(beta, {
  doc: "The beta function B(x, y) = Γ(x)Γ(y)/Γ(x + y).",
  latex: ([x, y]) => `\\mathrm{B}\\left(${bare(x)}, ${bare(y)}\\right)`,
  domain: sides,
});

/** log |B(x, y)|, without overflow for large arguments. */
export const betaln: RealBinary = /* @__PURE__ */ realBinary({
  name: "betaln",
  evaluate: betas.betaln,
  partials: [([x, y]) => slope(x, y), ([x, y]) => slope(y, x)],
});

export const describedBetaln: Primitive = /* @__PURE__ */ describe(betaln, {
  doc: "log |B(x, y)|, without overflow for large arguments.",
  latex: ([x, y]) => `\\ln\\left|\\mathrm{B}\\left(${bare(x)}, ${bare(y)}\\right)\\right|`,
  domain: sides,
});

const zetaOp: Primitive<{ s: number }> = /* @__PURE__ */ elementwise<{ s: number }>({
  name: "zeta",
  accepts: floats,
  evaluateFor:
    ({ s }) =>
    (q: number) =>
      zetas.zeta(s, q),
  partials: [([q], _, { s }) => multiply(-s, bindTensor(zetaOp, [q], { s: s + 1 }))],
});

export const describedZeta: Primitive = /* @__PURE__ */ describe(zetaOp, {
  doc: "The Hurwitz zeta function ζ(s, q), the sum of (q + k)^−s over k = 0, 1, …, for a constant s > 1; ∞ at its poles q = 0, −1, ….",
  latex: ([q], { s }) => `\\zeta\\left(${s}, ${bare(q)}\\right)`,
  domain: positive,
  cases: /* @__PURE__ */ [1.5, 2, 3].map((s) => ({ inputs: [{ shape: [2, 3] }], params: { s } })),
});

/**
 * The Hurwitz zeta function ζ(s, q), differentiable by q; q = 1 (Riemann's) unless given. `s` is a number: there is no
 * derivative by it. Throws ValueError for a tensor in its place.
 */
export function zeta<T extends TensorLike = 1>(s: number, q: T = 1 as never): RealOf<T> {
  if (typeof s !== "number") {
    throw new ValueError("zeta", { expected: "a number s", received: describeValue(s) });
  }
  return apply(zetaOp, [q], { s }, true) as RealOf<T>;
}

export { lgamma as gammaln };
