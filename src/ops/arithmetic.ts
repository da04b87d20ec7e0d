import { isFloat } from "../core/dtype.js";
import {
  type Binary,
  binary,
  type RealBinary,
  realBinary,
  type SameUnary,
  sameUnary,
} from "./elementwise.js";

const reals = { low: -3, high: 3, edges: [0] };

/** x + y. Integers wrap around. */
export const add: Binary = /* @__PURE__ */ binary({
  name: "add",
  doc: "x + y. Integers wrap around.",
  latex: ([x, y]) => `${x} + ${y}`,
  notation: { symbol: "+", precedence: 10 },
  domain: reals,
  evaluate: (x, y) => x + y,
  partials: [() => 1, () => 1],
  instruction: "add",
});

/** x − y. Integers wrap around. */
export const subtract: Binary = /* @__PURE__ */ binary({
  name: "subtract",
  doc: "x − y. Integers wrap around.",
  latex: ([x, y]) => `${x} - ${y}`,
  notation: { symbol: "-", precedence: 10 },
  domain: reals,
  evaluate: (x, y) => x - y,
  partials: [() => 1, () => -1],
  instruction: "subtract",
});

/** x · y. Integers wrap around. */
export const multiply: Binary = /* @__PURE__ */ binary({
  name: "multiply",
  doc: "x · y. Integers wrap around.",
  latex: ([x, y]) => `${x} \\cdot ${y}`,
  notation: { symbol: "*", precedence: 20 },
  domain: reals,
  evaluateFor: (_params, dtype) => (isFloat(dtype) ? (x: number, y: number) => x * y : Math.imul),
  partials: [([, y]) => y, ([x]) => x],
  instruction: "multiply",
});

/** −x. Integers wrap around. */
export const negative: SameUnary = /* @__PURE__ */ sameUnary({
  name: "negative",
  doc: "−x. Integers wrap around.",
  latex: ([x]) => `-${x}`,
  notation: { symbol: "-", precedence: 30, prefix: true },
  domain: reals,
  evaluate: (x) => -x,
  partials: [() => -1],
  instruction: "negative",
});

/** x ÷ y in floating point; integers compute in f64. IEEE at y = 0. */
export const divide: RealBinary = /* @__PURE__ */ realBinary({
  name: "divide",
  doc: "x ÷ y in floating point; integers compute in f64. IEEE at y = 0.",
  latex: ([x, y]) => `\\frac{${x}}{${y}}`,
  notation: { symbol: "/", precedence: 20 },
  domain: [reals, { low: 0.5, high: 3 }],
  evaluate: (x, y) => x / y,
  partials: [([, y]) => divide(1, y), ([, y], output) => negative(divide(output, y))],
  instruction: "divide",
});
