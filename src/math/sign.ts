import type { Builder } from "../program/builder.js";
import type { Operand } from "../program/types.js";
import { bitsLike } from "./float.js";

/** The sign of x, alone, as an integer: 0 or the sign bit. */
export function signOf(b: Builder, x: Operand): Operand {
  return b.and(b.toBits(x), bitsLike(b, x, -0));
}

/** x with its sign turned where the integer `sign` has the sign bit. */
export function flipSign(b: Builder, x: Operand, sign: Operand): Operand {
  return b.fromBits(b.compute("xor", sign.type, [b.toBits(x), sign]));
}
