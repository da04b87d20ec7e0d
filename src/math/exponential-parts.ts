import type { Builder } from "../program/builder.js";
import type { Operand } from "../program/types.js";

import { SHORT, SHORT_SINGLE } from "./exp.js";
import { byFormat, formatOf, integerLike, magic, polynomial } from "./float.js";
import { fastTwoSum, type Pair } from "./pair.js";

/** e^x = (high + low) · 2^power, where |low| may be some hundredths of high: to about 2^-56 (f32: 2^-27). */
export interface Parts extends Pair {
  /** An integer. */
  readonly power: Operand;
}

/** e^(high + low) for |high| < 1400 (f32: 170), |low| ≪ 1. */
export function exponentialParts(b: Builder, { high, low }: Pair): Parts {
  const like = (value: number) => b.like(high, value);
  const { ln2Head, ln2Tail } = formatOf(high);
  const shift = like(magic(high));
  const shifted = b.add(b.mul(high, like(Math.LOG2E)), shift);
  const k = b.sub(shifted, shift);
  const r = fastTwoSum(
    b,
    b.sub(high, b.mul(k, like(ln2Head))),
    b.sub(low, b.mul(k, like(ln2Tail))),
  );
  const sum = fastTwoSum(b, like(1), r.high);
  const p = polynomial(b, r.high, byFormat(high, SHORT, SHORT_SINGLE));
  const rest = b.add(b.mul(b.mul(r.high, r.high), p), b.mul(r.low, sum.high));
  const power = b.sub(b.toBits(shifted), b.toBits(shift));
  return { high: sum.high, low: b.add(sum.low, rest), power };
}

/** x · 2^power with one rounding, also where that is subnormal: in two steps. */
export function scaleByPower(b: Builder, x: Operand, power: Operand): Operand {
  const half = b.shift("shrS", power, 1);
  const { bias, digits } = formatOf(x);
  const offset = integerLike(b, x, BigInt(bias));
  const powerOf = (n: Operand) => b.fromBits(b.shift("shl", b.add(n, offset), digits));
  return b.mul(b.mul(x, powerOf(half)), powerOf(b.sub(power, half)));
}
