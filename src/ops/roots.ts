import type { Tensor } from "../core/node.js";
import type { Masked, Primitive } from "../core/primitive.js";
import type { RealOf, TensorLike } from "../core/typing.js";
import { cbrtSequence, hypotSequence } from "../math/roots.js";
import { divide, multiply } from "./arithmetic.js";
import { equal, notEqual } from "./comparison.js";
import { describe } from "./describe.js";
import { type RealBinary, type RealUnary, realBinary, realUnary } from "./elementwise.js";
import { bare } from "./latex.js";
import { abs, sign } from "./magnitude.js";
import * as lengths from "./numerics/hypot.js";
import { where } from "./select.js";

/** The square root: NaN below 0. At ±0 the value is 0 and the derivative ∞. */
export const sqrt: RealUnary = /* @__PURE__ */ realUnary({
  name: "sqrt",
  // √−0 is −0 in IEEE 754, which would turn the derivative at the end of the domain into −∞.
  evaluate: (x) => Math.sqrt(x) + 0,
  partials: [(_, output) => divide(0.5, output)],
  instruction: { name: "sqrt", code: (b, [x]) => b.add(b.sqrt(x), 0) },
});

export const describedSqrt: Primitive = /* @__PURE__ */ describe(sqrt, {
  doc: "The square root: NaN below 0. At ±0 the value is 0 and the derivative ∞.",
  latex: ([x]) => `\\sqrt{${bare(x)}}`,
  domain: { low: 0.1, high: 4, edges: [0, Infinity] },
});

/** 1/√x: ∞ at 0, NaN below. */
export function rsqrt<T extends TensorLike>(x: T): RealOf<T> {
  return divide(1, sqrt(x)) as never;
}

/** The cube root, of negative numbers too. Derivative ∞ at 0. */
export const cbrt: RealUnary = /* @__PURE__ */ realUnary({
  name: "cbrt",
  evaluate: Math.cbrt,
  partials: [(_, output) => divide(divide(1, multiply(3, output)), output)],
  instruction: cbrtSequence,
});

export const describedCbrt: Primitive = /* @__PURE__ */ describe(cbrt, {
  doc: "The cube root, of negative numbers too. Derivative ∞ at 0.",
  latex: ([x]) => `\\sqrt[3]{${bare(x)}}`,
  domain: { low: 0.2, high: 4, edges: [-8, -1, 0] },
});

/** x/h, and its limit ±1 for x = ±∞; 0 at the origin. */
function share(x: Tensor, h: Tensor): Masked {
  const ratio = where(equal(abs(x), Infinity), sign(x), divide(x, h)) as Tensor;
  return { where: notEqual(h, 0), value: ratio };
}

/** √(x² + y²) without overflow on the way: ∞ if either is infinite. Derivative 0 at the origin. */
export const hypot: RealBinary = /* @__PURE__ */ realBinary({
  name: "hypot",
  evaluate: (x, y) => lengths.hypot(x, y),
  partials: [([x], output) => share(x, output), ([, y], output) => share(y, output)],
  instruction: hypotSequence,
});

export const describedHypot: Primitive = /* @__PURE__ */ describe(hypot, {
  doc: "√(x² + y²) without overflow on the way: ∞ if either is infinite. Derivative 0 at the origin.",
  latex: ([x, y]) => `\\sqrt{${x}^{2} + ${y}^{2}}`,
  domain: { low: 0.3, high: 3, edges: [-1, 0, 1] },
});
