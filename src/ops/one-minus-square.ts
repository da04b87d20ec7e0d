import { bindTensor } from "../core/bind.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { multiply } from "./arithmetic.js";
import { elementwise } from "./elementwise.js";
import { bare } from "./latex.js";
import { pow } from "./numerics/power.js";

export const oneMinusSquareOp: Primitive<{ power: number }> = /* @__PURE__ */ elementwise<{
  power: number;
}>({
  name: "oneMinusSquare",
  doc: "(1 − x²)^p, accurate near ±1: with p = −½ and −1 the derivatives of asin and atanh.",
  latex: ([x], { power }) => `\\left(1 - ${bare(x)}^{2}\\right)^{${power}}`,
  domain: { low: -0.9, high: 0.9, edges: [-1, 0, 1] },
  cases: [-1, -0.5].map((power) => ({ inputs: [{ shape: [2, 3] }], params: { power } })),
  accepts: "float",
  evaluateFor:
    ({ power }) =>
    (x: number) =>
      pow((1 - x) * (1 + x), power),
  partials: [
    ([x], _, { power }) => multiply(multiply(-2 * power, x), oneMinusSquare(x, power - 1)),
  ],
  instruction: "oneMinusSquare",
});

/**
 * (1 − x²)^power. As one operation, because a product (1 − x)·(1 + x) meets 0·∞ in its derivatives at ±1, and 1 − x²
 * loses digits near them.
 */
export function oneMinusSquare(x: Tensor, power: number): Tensor {
  return bindTensor(oneMinusSquareOp, [x], { power });
}
