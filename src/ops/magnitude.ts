import type { Primitive } from "../core/primitive.js";
import { zero } from "../core/zero.js";
import { multiply } from "./arithmetic.js";
import { describe } from "./describe.js";
import { type RealBinary, realBinary, type SameUnary, sameUnary } from "./elementwise.js";
import { bare, named } from "./latex.js";

const reals = { low: -3, high: 3, edges: [0] };

/** −1, 0 or 1 by the sign of x; ±0 and NaN stay. Derivative 0. */
export const sign: SameUnary = /* @__PURE__ */ sameUnary({
  name: "sign",
  evaluate: Math.sign,
  partials: [zero],
});

export const describedSign: Primitive = /* @__PURE__ */ describe(sign, {
  doc: "−1, 0 or 1 by the sign of x; ±0 and NaN stay. Derivative 0.",
  latex: ([x]) => named("sgn", x),
  domain: reals,
});

/** |x|. Derivative 0 at 0. The lowest i32 stays as it is. */
export const abs: SameUnary = /* @__PURE__ */ sameUnary({
  name: "abs",
  evaluate: Math.abs,
  partials: [([x]) => sign(x)],
});

export const describedAbs: Primitive = /* @__PURE__ */ describe(abs, {
  doc: "|x|. Derivative 0 at 0. The lowest i32 stays as it is.",
  latex: ([x]) => `\\left|${bare(x)}\\right|`,
  domain: reals,
});

/** |x| with the sign of y (−0 counts as negative); integers compute in f64. Derivative by x is 0 at x = 0, by y 0. */
export const copysign: RealBinary = /* @__PURE__ */ realBinary({
  name: "copysign",
  evaluate: (x, y) => {
    const size = Math.abs(x);
    return y < 0 || Object.is(y, -0) ? -size : size;
  },
  partials: [([x, y]) => multiply(sign(x), copysign(1, y)), zero],
  instruction: {
    name: "copysign",
    // the machine gives NaN either sign
    code: (b, [x, y]) =>
      b.select(b.compare("ne", y, y), b.abs(x), b.compute("copysign", x.type, [x, y])),
  },
});

export const describedCopysign: Primitive = /* @__PURE__ */ describe(copysign, {
  doc: "|x| with the sign of y (−0 counts as negative). Derivative by x is 0 at x = 0, by y 0 everywhere.",
  domain: reals,
});
