import type { Tensor } from "../core/node.js";
import type { Masked, Primitive } from "../core/primitive.js";
import type { RealOf, TensorLike } from "../core/typing.js";
import {
  acosSequence,
  asinSequence,
  atan2Sequence,
  atanSequence,
} from "../math/inverse-trigonometric.js";
import { cosSequence, sinSequence, tanSequence } from "../math/trigonometric.js";
import { add, divide, multiply, negative, square } from "./arithmetic.js";
import { notEqual } from "./comparison.js";
import { describe } from "./describe.js";
import { type RealBinary, type RealUnary, realBinary, realUnary } from "./elementwise.js";
import { applied } from "./latex.js";
import { logicalAnd } from "./logic.js";
import { oneMinusSquare } from "./one-minus-square.js";
import { hypot, sqrt } from "./roots.js";

const circle = { low: -4, high: 4, edges: [0] };

/** Sine of x, in radians. */
export const sin: RealUnary = /* @__PURE__ */ realUnary({
  name: "sin",
  evaluate: Math.sin,
  partials: [([x]) => cos(x)],
  instruction: sinSequence,
});

export const describedSin: Primitive = /* @__PURE__ */ describe(sin, {
  doc: "Sine of x, in radians.",
  latex: ([x]) => applied("\\sin", x),
  domain: circle,
});

/** Cosine of x, in radians. */
export const cos: RealUnary = /* @__PURE__ */ realUnary({
  name: "cos",
  evaluate: Math.cos,
  partials: [([x]) => negative(sin(x))],
  instruction: cosSequence,
});

export const describedCos: Primitive = /* @__PURE__ */ describe(cos, {
  doc: "Cosine of x, in radians.",
  latex: ([x]) => applied("\\cos", x),
  domain: circle,
});

/** Tangent of x, in radians. */
export const tan: RealUnary = /* @__PURE__ */ realUnary({
  name: "tan",
  evaluate: Math.tan,
  partials: [(_, output) => add(1, square(output))],
  instruction: tanSequence,
});

export const describedTan: Primitive = /* @__PURE__ */ describe(tan, {
  doc: "Tangent of x, in radians.",
  latex: ([x]) => applied("\\tan", x),
  domain: { low: -1.3, high: 1.3, edges: [0] },
});

/** The angle in [−π/2, π/2] whose sine is x: NaN outside [−1, 1], derivative ∞ at ±1. */
export const asin: RealUnary = /* @__PURE__ */ realUnary({
  name: "asin",
  evaluate: Math.asin,
  partials: [([x]) => divide(1, sqrt(oneMinusSquare(x)))],
  instruction: asinSequence,
});

export const describedAsin: Primitive = /* @__PURE__ */ describe(asin, {
  doc: "The angle in [−π/2, π/2] whose sine is x: NaN outside [−1, 1], derivative ∞ at ±1.",
  latex: ([x]) => applied("\\arcsin", x),
  domain: { low: -0.9, high: 0.9, edges: [-1, 0, 1] },
});

/** The angle in [0, π] whose cosine is x: NaN outside [−1, 1], derivative −∞ at ±1. */
export const acos: RealUnary = /* @__PURE__ */ realUnary({
  name: "acos",
  evaluate: Math.acos,
  partials: [([x]) => divide(-1, sqrt(oneMinusSquare(x)))],
  instruction: acosSequence,
});

export const describedAcos: Primitive = /* @__PURE__ */ describe(acos, {
  doc: "The angle in [0, π] whose cosine is x: NaN outside [−1, 1], derivative −∞ at ±1.",
  latex: ([x]) => applied("\\arccos", x),
  domain: { low: -0.9, high: 0.9, edges: [-1, 0, 1] },
});

/** The angle in [−π/2, π/2] whose tangent is x. */
export const atan: RealUnary = /* @__PURE__ */ realUnary({
  name: "atan",
  evaluate: Math.atan,
  partials: [([x]) => divide(1, add(1, square(x)))],
  instruction: atanSequence,
});

export const describedAtan: Primitive = /* @__PURE__ */ describe(atan, {
  doc: "The angle in [−π/2, π/2] whose tangent is x.",
  latex: ([x]) => applied("\\arctan", x),
  domain: { low: -4, high: 4, edges: [0] },
});

/** part/(x² + y²), given h = √(x² + y²); 0 at the origin and at infinity. */
function perSquare(part: Tensor, h: Tensor): Masked {
  return {
    where: logicalAnd(notEqual(h, 0), notEqual(h, Infinity)),
    value: divide(divide(part, h), h),
  };
}

/** The angle of the point (x, y), in [−π, π]: `atan2(y, x)`. Derivative 0 at the origin. */
export const atan2: RealBinary = /* @__PURE__ */ realBinary({
  name: "atan2",
  evaluate: Math.atan2,
  partials: [
    ([y, x]) => perSquare(x, hypot(x, y)),
    ([y, x]) => perSquare(negative(y), hypot(x, y)),
  ],
  instruction: atan2Sequence,
});

export const describedAtan2: Primitive = /* @__PURE__ */ describe(atan2, {
  doc: "The angle of the point (x, y), in [−π, π]: atan2(y, x). Derivative 0 at the origin.",
  domain: [
    { low: 0.2, high: 3, edges: [-1, 0, 1] },
    { low: -3, high: 3, edges: [-1, 0, 1] },
  ],
});

/** Degrees to radians: x·π/180. */
export function deg2rad<T extends TensorLike>(x: T): RealOf<T> {
  return multiply(x, Math.PI / 180) as never;
}

/** Radians to degrees: x·180/π. */
export function rad2deg<T extends TensorLike>(x: T): RealOf<T> {
  return multiply(x, 180 / Math.PI) as never;
}

export { acos as arccos, asin as arcsin, atan as arctan, atan2 as arctan2 };
