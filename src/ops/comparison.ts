import { zero } from "../core/zero.js";
import { type Comparison, comparison } from "./elementwise.js";

const small = { low: -2, high: 2, edges: [0] };

/** x < y, bool; false beside NaN. Derivative 0. */
export const less: Comparison = /* @__PURE__ */ comparison({
  name: "less",
  doc: "x < y; false beside NaN. Derivative 0.",
  latex: ([x, y]) => `${x} < ${y}`,
  notation: { symbol: "<", precedence: 5 },
  domain: small,
  evaluate: (x, y) => Number(x < y),
  partials: [zero, zero],
  instruction: "less",
});

/** x ≤ y, bool; false beside NaN. Derivative 0. */
export const lessEqual: Comparison = /* @__PURE__ */ comparison({
  name: "lessEqual",
  doc: "x ≤ y; false beside NaN. Derivative 0.",
  latex: ([x, y]) => `${x} \\le ${y}`,
  notation: { symbol: "<=", precedence: 5 },
  domain: small,
  evaluate: (x, y) => Number(x <= y),
  partials: [zero, zero],
  instruction: "lessEqual",
});

/** x > y, bool; false beside NaN. Derivative 0. */
export const greater: Comparison = /* @__PURE__ */ comparison({
  name: "greater",
  doc: "x > y; false beside NaN. Derivative 0.",
  latex: ([x, y]) => `${x} > ${y}`,
  notation: { symbol: ">", precedence: 5 },
  domain: small,
  evaluate: (x, y) => Number(x > y),
  partials: [zero, zero],
  instruction: "greater",
});

/** x ≥ y, bool; false beside NaN. Derivative 0. */
export const greaterEqual: Comparison = /* @__PURE__ */ comparison({
  name: "greaterEqual",
  doc: "x ≥ y; false beside NaN. Derivative 0.",
  latex: ([x, y]) => `${x} \\ge ${y}`,
  notation: { symbol: ">=", precedence: 5 },
  domain: small,
  evaluate: (x, y) => Number(x >= y),
  partials: [zero, zero],
  instruction: "greaterEqual",
});

/** x = y, bool; false beside NaN. Derivative 0. */
export const equal: Comparison = /* @__PURE__ */ comparison({
  name: "equal",
  doc: "x = y; false beside NaN. Derivative 0.",
  latex: ([x, y]) => `${x} = ${y}`,
  notation: { symbol: "==", precedence: 5 },
  domain: small,
  evaluate: (x, y) => Number(x === y),
  partials: [zero, zero],
  instruction: "equal",
});

/** x ≠ y, bool; true beside NaN. Derivative 0. */
export const notEqual: Comparison = /* @__PURE__ */ comparison({
  name: "notEqual",
  doc: "x ≠ y; true beside NaN. Derivative 0.",
  latex: ([x, y]) => `${x} \\ne ${y}`,
  notation: { symbol: "!=", precedence: 5 },
  domain: small,
  evaluate: (x, y) => Number(x !== y),
  partials: [zero, zero],
  instruction: "notEqual",
});

export {
  equal as eq,
  greater as gt,
  greaterEqual as ge,
  less as lt,
  lessEqual as le,
  notEqual as ne,
};
