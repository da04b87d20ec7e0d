import type { Builder } from "../program/builder.js";
import type { MathSequence } from "../program/sequence.js";
import type { Operand } from "../program/types.js";

// Quotients and remainders of i32 and u32; x ÷ 0 = 0 and x rem 0 = 0 (ops/numerics/remainder.ts).
type Integers = NonNullable<MathSequence["integers"]>;

export const floorDivideIntegers: Integers = (b, [x, y], dtype) => {
  if (dtype === "u32") return divided(b, "divU", x, y);
  const [quotient, rest] = towardsZero(b, x, y);
  return b.select(isOpposed(b, rest, y), b.sub(quotient, 1), quotient);
};

export const remainderIntegers: Integers = (b, [x, y], dtype) => {
  if (dtype === "u32") return divided(b, "remU", x, y);
  const [, rest] = towardsZero(b, x, y);
  return b.select(isOpposed(b, rest, y), b.add(rest, y), rest);
};

export const fmodIntegers: Integers = (b, [x, y], dtype) =>
  dtype === "u32" ? divided(b, "remU", x, y) : towardsZero(b, x, y)[1];

/** Unsigned, and 0 where the divisor is. */
function divided(b: Builder, op: "divU" | "remU", x: Operand, y: Operand): Operand {
  const isZero = b.compare("eq", y, 0);
  return b.select(isZero, b.i32(0), b.compute(op, "i32", [x, b.select(isZero, b.i32(1), y)]));
}

/** The signed quotient towards 0 and its rest, 0 where the divisor is. By −1 the machine may refuse to divide. */
function towardsZero(b: Builder, x: Operand, y: Operand): readonly [Operand, Operand] {
  const zero = b.i32(0);
  const isZero = b.compare("eq", y, zero);
  const isMinusOne = b.compare("eq", y, -1);
  const divisor = b.select(b.or(isZero, isMinusOne), b.i32(1), y);
  const some = b.select(isMinusOne, b.neg(x), b.compute("divS", "i32", [x, divisor]));
  const rest = b.sub(x, b.mul(some, y));
  return [b.select(isZero, zero, some), b.select(isZero, zero, rest)];
}

/** Whether there is a rest, of another sign than the divisor's. */
function isOpposed(b: Builder, rest: Operand, y: Operand): Operand {
  const differs = b.compare("lt", b.compute("xor", "i32", [rest, y]), 0);
  return b.and(b.compare("ne", rest, 0), differs);
}
