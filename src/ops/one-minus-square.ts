import type { Primitive } from "../core/primitive.js";
import { multiply } from "./arithmetic.js";
import { describe } from "./describe.js";
import { type RealUnary, realUnary } from "./elementwise.js";
import { bare } from "./latex.js";

/**
 * 1 − x², accurate near ±1. As one operation, because the product (1 − x)·(1 + x) meets 0·∞ in the derivatives of
 * asin and atanh at ±1.
 */
export const oneMinusSquare: RealUnary = /* @__PURE__ */ realUnary({
  name: "oneMinusSquare",
  evaluate: (x) => (1 - x) * (1 + x),
  partials: [([x]) => multiply(-2, x)],
  instruction: {
    name: "oneMinusSquare",
    code: (b, [x]) => b.mul(b.sub(b.like(x, 1), x), b.add(b.like(x, 1), x)),
    cheap: true,
  },
});

export const describedOneMinusSquare: Primitive = /* @__PURE__ */ describe(oneMinusSquare, {
  doc: "1 − x², accurate near ±1.",
  latex: ([x]) => `\\left(1 - ${bare(x)}^{2}\\right)`,
  domain: { low: -2, high: 2, edges: [-1, 0, 1] },
});
