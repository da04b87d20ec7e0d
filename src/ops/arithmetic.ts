import { isFloat } from "../core/dtype.js";
import type { RealOf, TensorLike } from "../core/typing.js";
import {
  type Binary,
  binary,
  type RealBinary,
  realBinary,
  type SameUnary,
  sameUnary,
} from "./elementwise.js";
import { bare } from "./latex.js";

const reals = { low: -3, high: 3, edges: [0] };

/** x + y. Integers wrap around. Throws DTypeError for two booleans. */
export const add: Binary = /* @__PURE__ */ binary({
  name: "add",
  doc: "x + y. Integers wrap around.",
  latex: ([x, y]) => `${x} + ${y}`,
  notation: { symbol: "+", precedence: 10 },
  domain: reals,
  accepts: "number",
  evaluate: (x, y) => x + y,
  partials: [() => 1, () => 1],
  instruction: "add",
});

/** x − y. Integers wrap around. Throws DTypeError for two booleans. */
export const subtract: Binary = /* @__PURE__ */ binary({
  name: "subtract",
  doc: "x − y. Integers wrap around.",
  latex: ([x, y]) => `${x} - ${y}`,
  notation: { symbol: "-", precedence: 10 },
  domain: reals,
  accepts: "number",
  evaluate: (x, y) => x - y,
  partials: [() => 1, () => -1],
  instruction: "subtract",
});

/** x · y. Integers wrap around; of booleans it is their conjunction. */
export const multiply: Binary = /* @__PURE__ */ binary({
  name: "multiply",
  doc: "x · y. Integers wrap around; of booleans it is their conjunction.",
  latex: ([x, y]) => `${x} \\cdot ${y}`,
  notation: { symbol: "*", precedence: 20 },
  domain: reals,
  evaluateFor: (_params, dtype) => (isFloat(dtype) ? (x: number, y: number) => x * y : Math.imul),
  partials: [([, y]) => y, ([x]) => x],
  instruction: "multiply",
});

/** −x. Integers wrap around. Throws DTypeError for booleans. */
export const negative: SameUnary = /* @__PURE__ */ sameUnary({
  name: "negative",
  doc: "−x. Integers wrap around.",
  latex: ([x]) => `-${x}`,
  notation: { symbol: "-", precedence: 30, prefix: true },
  domain: reals,
  accepts: "number",
  evaluate: (x) => -x,
  partials: [() => -1],
  instruction: "negative",
});

/** x ÷ y in floating point; integers compute in f64. IEEE at y = 0. */
export const divide: RealBinary = /* @__PURE__ */ realBinary({
  name: "divide",
  doc: "x ÷ y in floating point; integers compute in f64. IEEE at y = 0.",
  latex: ([x, y]) => `\\frac{${bare(x)}}{${bare(y)}}`,
  notation: { symbol: "/", precedence: 20 },
  domain: [reals, { low: 0.5, high: 3 }],
  evaluate: (x, y) => x / y,
  partials: [([, y]) => divide(1, y), ([, y], output) => negative(divide(output, y))],
  instruction: "divide",
});

/** x². Integers wrap around. */
export const square: SameUnary = /* @__PURE__ */ sameUnary({
  name: "square",
  doc: "x². Integers wrap around.",
  latex: ([x]) => `${x}^{2}`,
  notation: { symbol: "²", precedence: 40, postfix: true },
  domain: reals,
  evaluateFor: (_params, dtype) =>
    isFloat(dtype) ? (x: number) => x * x : (x: number) => Math.imul(x, x),
  partials: [([x]) => multiply(2, x)],
  instruction: "square",
});

/** 1 ÷ x; integers compute in f64. ±∞ at ±0. */
export function reciprocal<T extends TensorLike>(x: T): RealOf<T> {
  return divide(1, x) as never;
}

export { divide as div, multiply as mul, negative as neg, subtract as sub };
