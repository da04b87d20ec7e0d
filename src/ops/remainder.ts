import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import type { Broadcast, Promote, TensorLike } from "../core/typing.js";
import { zero } from "../core/zero.js";
import { floorDivideSequence, fmodSequence, remainderSequence } from "../math/remainder.js";
import { divide, negative, subtract } from "./arithmetic.js";
import { describe } from "./describe.js";
import { type Binary, binary } from "./elementwise.js";
import { bare } from "./latex.js";
import * as exact from "./numerics/remainder.js";
import { rint } from "./rounding.js";

const dividend = { low: -5, high: 5, edges: [-3, 0, 3] };
const divisor = { low: 0.5, high: 3, edges: [-1.5, 1.5] };

/** floor(x/y). Derivative 0. Integers: x ÷ 0 = 0, and the lowest i32 ÷ −1 wraps to itself. */
export const floorDivide: Binary = /* @__PURE__ */ binary({
  name: "floorDivide",
  evaluate: exact.floorDivide,
  partials: [zero, zero],
  instruction: floorDivideSequence,
});

export const describedFloorDivide: Primitive = /* @__PURE__ */ describe(floorDivide, {
  doc: "floor(x/y), consistent with remainder. Derivative 0. Integers: x ÷ 0 = 0, and the lowest i32 ÷ −1 wraps to itself.",
  latex: ([x, y]) => `\\left\\lfloor \\frac{${bare(x)}}{${bare(y)}} \\right\\rfloor`,
  domain: [dividend, divisor],
});

/** x − y·floor(x/y), with the sign of y (NumPy's mod); NaN at y = 0, integers 0 there. */
export const remainder: Binary = /* @__PURE__ */ binary({
  name: "remainder",
  evaluate: exact.remainder,
  partials: [() => 1, ([x, y]) => negative(floorDivide(x, y))],
  instruction: remainderSequence,
});

export const describedRemainder: Primitive = /* @__PURE__ */ describe(remainder, {
  doc: "x − y·floor(x/y), with the sign of y (NumPy's mod); NaN at y = 0, integers 0 there. Derivatives 1 by x and −floor(x/y) by y, also at the jumps.",
  latex: ([x, y]) => `${x} \\bmod ${y}`,
  domain: [dividend, divisor],
});

/** x − y·trunc(x/y), with the sign of x (C's fmod, lax.rem); NaN at y = 0, integers 0 there. */
export const fmod: Binary = /* @__PURE__ */ binary({
  name: "fmod",
  evaluate: exact.fmod,
  // (x − fmod)/y is trunc(x/y) but for its rounding, which x/y itself may round up to the next whole number.
  partials: [() => 1, ([x, y], output) => negative(rint(divide(subtract(x, output), y)))],
  instruction: fmodSequence,
});

export const describedFmod: Primitive = /* @__PURE__ */ describe(fmod, {
  doc: "x − y·trunc(x/y), with the sign of x (C's fmod); NaN at y = 0, integers 0 there. Derivatives 1 by x and −trunc(x/y) by y, also at the jumps.",
  latex: ([x, y]) => `\\operatorname{fmod}\\left(${bare(x)}, ${bare(y)}\\right)`,
  domain: [dividend, divisor],
});

/** [floorDivide(x, y), remainder(x, y)]. */
export function divmod<A extends TensorLike, B extends TensorLike>(
  x: A,
  y: B,
): [Tensor<Broadcast<A, B>, Promote<A, B>>, Tensor<Broadcast<A, B>, Promote<A, B>>] {
  return [floorDivide(x, y), remainder(x, y)];
}

export { remainder as mod };
