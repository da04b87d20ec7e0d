import { negative } from "./arithmetic.js";
import { type RealUnary, realUnary } from "./elementwise.js";

const circle = { low: -4, high: 4, edges: [0] };

/** Sine of x, in radians. */
export const sin: RealUnary = /* @__PURE__ */ realUnary({
  name: "sin",
  doc: "Sine of x, in radians.",
  latex: ([x]) => `\\sin ${x}`,
  domain: circle,
  evaluate: Math.sin,
  partials: [([x]) => cos(x as never)],
  instruction: "sin",
});

/** Cosine of x, in radians. */
export const cos: RealUnary = /* @__PURE__ */ realUnary({
  name: "cos",
  doc: "Cosine of x, in radians.",
  latex: ([x]) => `\\cos ${x}`,
  domain: circle,
  evaluate: Math.cos,
  partials: [([x]) => negative(sin(x as never))],
  instruction: "cos",
});
