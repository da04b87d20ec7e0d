import type { Primitive } from "../core/primitive.js";
import { describe } from "./describe.js";
import { type Comparison, comparison } from "./elementwise.js";

const small = { low: -2, high: 2, edges: [0] };

/** x < y, bool; false beside NaN. Derivative 0. */
export const less: Comparison = /* @__PURE__ */ comparison({
  name: "less",
  evaluate: (x, y) => Number(x < y),
});

export const describedLess: Primitive = /* @__PURE__ */ describe(less, {
  doc: "x < y; false beside NaN. Derivative 0.",
  notation: { symbol: "<", precedence: 5 },
  latex: ([x, y]) => `${x} < ${y}`,
  domain: small,
});

/** x ≤ y, bool; false beside NaN. Derivative 0. */
export const lessEqual: Comparison = /* @__PURE__ */ comparison({
  name: "lessEqual",
  evaluate: (x, y) => Number(x <= y),
});

export const describedLessEqual: Primitive = /* @__PURE__ */ describe(lessEqual, {
  doc: "x ≤ y; false beside NaN. Derivative 0.",
  notation: { symbol: "<=", precedence: 5 },
  latex: ([x, y]) => `${x} \\le ${y}`,
  domain: small,
});

/** x > y, bool; false beside NaN. Derivative 0. */
export const greater: Comparison = /* @__PURE__ */ comparison({
  name: "greater",
  evaluate: (x, y) => Number(x > y),
});

export const describedGreater: Primitive = /* @__PURE__ */ describe(greater, {
  doc: "x > y; false beside NaN. Derivative 0.",
  notation: { symbol: ">", precedence: 5 },
  latex: ([x, y]) => `${x} > ${y}`,
  domain: small,
});

/** x ≥ y, bool; false beside NaN. Derivative 0. */
export const greaterEqual: Comparison = /* @__PURE__ */ comparison({
  name: "greaterEqual",
  evaluate: (x, y) => Number(x >= y),
});

export const describedGreaterEqual: Primitive = /* @__PURE__ */ describe(greaterEqual, {
  doc: "x ≥ y; false beside NaN. Derivative 0.",
  notation: { symbol: ">=", precedence: 5 },
  latex: ([x, y]) => `${x} \\ge ${y}`,
  domain: small,
});

/** x = y, bool; false beside NaN. Derivative 0. */
export const equal: Comparison = /* @__PURE__ */ comparison({
  name: "equal",
  evaluate: (x, y) => Number(x === y),
});

export const describedEqual: Primitive = /* @__PURE__ */ describe(equal, {
  doc: "x = y; false beside NaN. Derivative 0.",
  notation: { symbol: "==", precedence: 5 },
  latex: ([x, y]) => `${x} = ${y}`,
  domain: small,
});

/** x ≠ y, bool; true beside NaN. Derivative 0. */
export const notEqual: Comparison = /* @__PURE__ */ comparison({
  name: "notEqual",
  evaluate: (x, y) => Number(x !== y),
});

export const describedNotEqual: Primitive = /* @__PURE__ */ describe(notEqual, {
  doc: "x ≠ y; true beside NaN. Derivative 0.",
  notation: { symbol: "!=", precedence: 5 },
  latex: ([x, y]) => `${x} \\ne ${y}`,
  domain: small,
});

export {
  equal as eq,
  greater as gt,
  greaterEqual as ge,
  less as lt,
  lessEqual as le,
  notEqual as ne,
};
