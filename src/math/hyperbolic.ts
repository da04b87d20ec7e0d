import type { Builder } from "../program/builder.js";
import type { MathSequence } from "../program/sequence.js";
import type { Operand } from "../program/types.js";
import { decayed, expm1Quarter, isSmall } from "./exp.js";
import { atMost, byFormat, signed } from "./float.js";
import { log1pInside, logOfSum } from "./log.js";
import { fastTwoSum, type Pair, twoSum } from "./pair.js";

/** Halves of e = e^−2|x|, of 1 − e, which is accurate near 0, and of 1 + e. Far out e is too large by 1/drop, and negligible. */
function halves(
  b: Builder,
  x: Operand,
): { readonly e: Operand; readonly below: Operand; readonly above: Operand; drop: Operand } {
  const size = atMost(b, b.abs(x), byFormat(x, 380, 55));
  const { s, lost, drop } = decayed(b, b.add(size, size), 0.5);
  const half = b.like(x, 0.5);
  const e = b.sub(s, lost);
  return { e, below: b.add(b.sub(half, s), lost), above: b.add(half, e), drop };
}

/** (1 − e^−2|x|)/(1 + e^−2|x|). */
function tanh(b: Builder, x: Operand): Operand {
  const { below, above } = halves(b, x);
  return signed(b, b.div(below, above), x);
}

/** 1/cosh² = 4e/(1 + e)², e = e^−2|x|: what tanh of the same number computes, it shares. */
function sechSquared(b: Builder, x: Operand): Operand {
  const { e, drop } = halves(b, x);
  const square = b.add(b.mul(e, b.add(e, 1)), 0.25);
  return b.mul(b.div(b.add(e, e), square), drop);
}

/** (e^|x| − 1)/4, where sinh and cosh overflow barely below infinity. */
function growth(b: Builder, x: Operand): Pair {
  return expm1Quarter(b, atMost(b, b.abs(x), byFormat(x, 710.6, 89.6)));
}

/** With t = (e^|x| − 1)/4: 2(t + t/(4t + 1)). */
function sinh(b: Builder, x: Operand): Operand {
  const { high, low } = growth(b, x);
  const t = b.add(high, low);
  const back = b.div(t, b.add(b.mul(t, 4), 1));
  const half = b.add(high, b.add(low, back));
  return b.select(isSmall(b, x), x, signed(b, b.add(half, half), x));
}

/** With q = e^|x|/4: 2(q + 1/(16q)). */
function cosh(b: Builder, x: Operand): Operand {
  const { high, low } = growth(b, x);
  const quarter = b.add(b.add(high, 0.25), low);
  const half = b.add(quarter, b.div(b.like(x, 0.0625), quarter));
  return b.add(half, half);
}

/** log(1 + t) of a pair t > 0, or where `size` is so large that it is log(2 size), that. */
function logOfGrown(b: Builder, size: Operand, t: Pair): Operand {
  const zero = b.like(size, 0);
  const isLarge = b.compare("gt", size, byFormat(size, 2 ** 30, 2 ** 14));
  const sum = twoSum(b, b.like(size, 1), t.high);
  const high = b.select(isLarge, size, sum.high);
  const low = b.select(isLarge, zero, b.add(sum.low, t.low));
  const value = logOfSum(b, { high, low }, b.select(isLarge, b.like(size, -1), zero));
  return b.select(b.compare("lt", size, Infinity), value, size);
}

/** log(1 + |x| + x²/(1 + √(x² + 1))). */
function asinh(b: Builder, x: Operand): Operand {
  const size = b.abs(x);
  const square = b.mul(x, x);
  const one = b.like(x, 1);
  const rest = b.div(square, b.add(one, b.sqrt(b.add(square, one))));
  return signed(b, logOfGrown(b, size, fastTwoSum(b, size, rest)), x);
}

/** log(1 + t + √(t² + 2t)), t = x − 1. */
function acosh(b: Builder, x: Operand): Operand {
  const t = b.sub(x, 1);
  const root = b.sqrt(b.mul(t, b.add(t, 2)));
  const value = logOfGrown(b, x, fastTwoSum(b, root, t));
  return b.select(b.compare("lt", x, 1), b.like(x, Number.NaN), value);
}

/** ½ log(1 + 2|x|/(1 − |x|)). */
function atanh(b: Builder, x: Operand): Operand {
  const one = b.like(x, 1);
  const size = b.abs(x);
  const value = log1pInside(b, b.div(b.add(size, size), b.sub(one, size)));
  const beyond = b.select(b.compare("eq", size, one), b.like(x, Infinity), Number.NaN);
  return signed(b, b.select(b.compare("lt", size, one), b.mul(value, 0.5), beyond), x);
}

export const tanhSequence: MathSequence = { name: "tanh", emit: tanh, inline: true };
export const sechSquaredSequence: MathSequence = { name: "sechSquared", emit: sechSquared };
export const sinhSequence: MathSequence = { name: "sinh", emit: sinh };
export const coshSequence: MathSequence = { name: "cosh", emit: cosh };
export const asinhSequence: MathSequence = { name: "asinh", emit: asinh };
export const acoshSequence: MathSequence = { name: "acosh", emit: acosh };
export const atanhSequence: MathSequence = { name: "atanh", emit: atanh };
