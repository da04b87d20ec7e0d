import { isFloat } from "../core/dtype.js";
import type { Primitive } from "../core/primitive.js";
import type { RealOf, TensorLike } from "../core/typing.js";
import { describe } from "./describe.js";
import {
  type Binary,
  binary,
  numbers,
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
  accepts: numbers,
  evaluate: (x, y) => x + y,
  partials: [() => 1, () => 1],
});

export const describedAdd: Primitive = /* @__PURE__ */ describe(add, {
  doc: "x + y. Integers wrap around.",
  notation: { symbol: "+", precedence: 10 },
  latex: ([x, y]) => `${x} + ${y}`,
  domain: reals,
});

/** x − y. Integers wrap around. Throws DTypeError for two booleans. */
export const subtract: Binary = /* @__PURE__ */ binary({
  name: "subtract",
  accepts: numbers,
  evaluate: (x, y) => x - y,
  partials: [() => 1, () => -1],
});

export const describedSubtract: Primitive = /* @__PURE__ */ describe(subtract, {
  doc: "x − y. Integers wrap around.",
  notation: { symbol: "-", precedence: 10 },
  latex: ([x, y]) => `${x} - ${y}`,
  domain: reals,
});

/** x · y. Integers wrap around; of booleans it is their conjunction. */
export const multiply: Binary = /* @__PURE__ */ binary({
  name: "multiply",
  evaluateFor: (_params, dtype) => (isFloat(dtype) ? (x: number, y: number) => x * y : Math.imul),
  partials: [([, y]) => y, ([x]) => x],
});

export const describedMultiply: Primitive = /* @__PURE__ */ describe(multiply, {
  doc: "x · y. Integers wrap around; of booleans it is their conjunction.",
  notation: { symbol: "*", precedence: 20 },
  latex: ([x, y]) => `${x} \\cdot ${y}`,
  domain: reals,
});

/** −x. Integers wrap around. Throws DTypeError for booleans. */
export const negative: SameUnary = /* @__PURE__ */ sameUnary({
  name: "negative",
  accepts: numbers,
  evaluate: (x) => -x,
  partials: [() => -1],
});

export const describedNegative: Primitive = /* @__PURE__ */ describe(negative, {
  doc: "−x. Integers wrap around.",
  notation: { symbol: "-", precedence: 30, prefix: true },
  latex: ([x]) => `-${x}`,
  domain: reals,
});

/** x ÷ y in floating point; integers compute in f64. IEEE at y = 0. */
export const divide: RealBinary = /* @__PURE__ */ realBinary({
  name: "divide",
  evaluate: (x, y) => x / y,
  partials: [([, y]) => divide(1, y), ([, y], output) => negative(divide(output, y))],
});

export const describedDivide: Primitive = /* @__PURE__ */ describe(divide, {
  doc: "x ÷ y in floating point; integers compute in f64. IEEE at y = 0.",
  notation: { symbol: "/", precedence: 20 },
  latex: ([x, y]) => `\\frac{${bare(x)}}{${bare(y)}}`,
  domain: [reals, { low: 0.5, high: 3 }],
});

/** x². Integers wrap around. */
export const square: SameUnary = /* @__PURE__ */ sameUnary({
  name: "square",
  evaluateFor: (_params, dtype) =>
    isFloat(dtype) ? (x: number) => x * x : (x: number) => Math.imul(x, x),
  partials: [([x]) => multiply(2, x)],
});

export const describedSquare: Primitive = /* @__PURE__ */ describe(square, {
  doc: "x². Integers wrap around.",
  notation: { symbol: "²", precedence: 40, postfix: true },
  latex: ([x]) => `${x}^{2}`,
  domain: reals,
});

/** 1 ÷ x; integers compute in f64. ±∞ at ±0. */
export function reciprocal<T extends TensorLike>(x: T): RealOf<T> {
  return divide(1, x) as never;
}

export { divide as div, multiply as mul, negative as neg, subtract as sub };
