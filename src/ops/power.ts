import { isFloat } from "../core/dtype.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { zero } from "../core/zero.js";
import { powerSequence } from "../math/power.js";
import { multiply, subtract } from "./arithmetic.js";
import { less, notEqual } from "./comparison.js";
import { describe } from "./describe.js";
import { type Binary, binary } from "./elementwise.js";
import { log } from "./exponential.js";
import { bare } from "./latex.js";
import { logicalOr } from "./logic.js";
import { integerPower } from "./numerics/integer.js";
import { pow } from "./numerics/power.js";
import { soleNumber } from "./shape.js";

/** n·x^(n−1), without the factors that are 1. */
function slope(x: Tensor, n: number) {
  if (n === 0) return zero;
  if (n === 1) return 1;
  return multiply(n, n === 2 ? x : power(x, n - 1));
}

/**
 * x^y, as IEEE 754's pow: x^0 = 1 for every x, NaN for x < 0 unless y is whole. Derivative by x: y·x^(y−1), exact at
 * x = 0 and for negative x with whole y, 0 for y = 0. By y: x^y·log x, 0 at x = 0 with y ≥ 0, NaN for x < 0.
 * Integers wrap around; a negative power of one truncates towards 0.
 */
export const power: Binary = /* @__PURE__ */ binary({
  name: "power",
  evaluateFor: (_params, dtype) => (isFloat(dtype) ? pow : integerPower),
  partials: [
    ([x, y]) => {
      const n = soleNumber(y);
      if (n !== undefined) return slope(x, n);
      return { where: notEqual(y, 0), value: multiply(y, power(x, subtract(y, 1))) };
    },
    ([x, y], output) => ({
      where: logicalOr(notEqual(x, 0), less(y, 0)),
      value: multiply(output, log(x)),
    }),
  ],
  instruction: powerSequence,
});

export const describedPower: Primitive = /* @__PURE__ */ describe(power, {
  doc: "x^y, as IEEE 754's pow: x^0 = 1 for every x, NaN for x < 0 unless y is whole. Derivative by y: 0 at x = 0 with y ≥ 0, NaN for x < 0. Integers wrap around; a negative power of one truncates towards 0.",
  notation: { symbol: "^", precedence: 40 },
  latex: ([x, y]) => `${x}^{${bare(y)}}`,
  domain: [
    { low: 0.2, high: 3, edges: [0] },
    { low: -2, high: 3, edges: [0, 1, 2, 3] },
  ],
});

export { power as pow };
