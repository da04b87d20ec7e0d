import type { Builder } from "../program/builder.js";
import type { MathSequence } from "../program/sequence.js";
import type { Operand } from "../program/types.js";
import {
  atLeast,
  atMost,
  bitsLike,
  byFormat,
  formatOf,
  integerLike,
  magic,
  polynomial,
  powerFrom,
} from "./float.js";
import { fastTwoSum, type Pair } from "./pair.js";

/**
 * (e^r − 1 − r)/r² on |r| ≤ ln 2 / 2, near-minimax relative to e^r (short) or to e^r − 1 (long): Lawson's reweighted
 * least squares, coefficients rounded lowest first and the rest fitted anew. Errors 2^-57, 2^-28; 2^-61, 2^-31.
 */
export const SHORT: readonly number[] = [
  0.5, 0.16666666666666433, 0.041666666666603874, 0.008333333333500224, 0.0013888888926829011,
  0.00019841269466461627, 2.4801508641887424e-5, 2.755764015892497e-6, 2.762520274852194e-7,
  2.4978727432448255e-8,
];
export const SHORT_SINGLE: readonly number[] = [
  0.5, 0.16666534543037415, 0.04166723042726517, 0.008367430418729782, 0.0013864292996004224,
];
const LONG: readonly number[] = [
  0.5, 0.16666666666666677, 0.041666666666666644, 0.008333333333321468, 0.0013888888888903763,
  0.00019841269886501585, 2.48015872780994e-5, 2.7557243850574314e-6, 2.7557318278200424e-7,
  2.5109156927306584e-8, 2.0900108322091356e-9,
];
const LONG_SINGLE: readonly number[] = [
  0.5, 0.1666666567325592, 0.04166649281978607, 0.008333546109497547, 0.0013932316796854138,
  0.00019761640578508377,
];

/** e^x = 2^n e^(high − low), n whole, |high| ≤ ln 2 / 2. */
interface Reduced {
  /** 2^(n − 1), lifted where the power would be subnormal. */
  readonly half: Operand;
  /** What takes that back, else 1. */
  readonly drop: Operand;
  readonly high: Operand;
  readonly low: Operand;
}

/** From here down, powers are lifted. */
const liftFrom = (x: Operand): number => byFormat(x, -690, -80);

/** 2^(k − bias) as `powerFrom` has it; where `isSmall`, much more than that, and `drop` takes it back. */
function liftedPower(
  b: Builder,
  sum: Operand,
  isSmall: Operand,
): { readonly power: Operand; readonly drop: Operand } {
  const { digits } = formatOf(sum);
  const integer = (value: bigint): Operand => integerLike(b, sum, value << BigInt(digits));
  const lift = b.select(isSmall, integer(byFormat(sum, 512n, 64n)), integer(0n));
  const power = b.add(b.toBits(powerFrom(b, sum)), lift);
  const one = bitsLike(b, sum, 1);
  return { power: b.fromBits(power), drop: b.fromBits(b.sub(one, lift)) };
}

/** The part of x that keeps e^x, and x e^x, from being 0 or ∞, and the next numbers. */
export function within(b: Builder, x: Operand): Operand {
  return atLeast(b, atMost(b, x, byFormat(x, 710, 89)), byFormat(x, -760, -110));
}

/** Of x + extra, where x is one that `within` gave. */
function reduce(b: Builder, x: Operand, extra?: Operand): Reduced {
  const { bias, ln2Head, ln2Tail } = formatOf(x);
  const shift = b.like(x, magic(x) + bias - 1);
  const sum = b.add(b.mul(x, Math.LOG2E), shift);
  const n = b.sub(sum, shift);
  const tail = b.mul(n, ln2Tail);
  const { power, drop } = liftedPower(b, sum, b.compare("lt", x, liftFrom(x)));
  return {
    half: power,
    drop,
    high: b.sub(x, b.mul(n, ln2Head)),
    low: extra === undefined ? tail : b.sub(tail, extra),
  };
}

/** 2e^r for |r| ≤ ln 2 / 2. */
function twiceExp(b: Builder, r: Operand): Operand {
  const twice = byFormat(r, SHORT, SHORT_SINGLE).map((coefficient) => 2 * coefficient);
  const rest = b.mul(b.mul(r, r), polynomial(b, r, twice));
  return b.add(b.add(rest, b.add(r, r)), 2);
}

/**
 * e^−size = s − lost, divided by `drop`, which is 1 unless that is subnormal: for 0 ≤ size ≤ 760 (f32: 110), s a power of 2.
 * 1 − e^−size = (1 − s) + lost is accurate near 0.
 */
export function decayed(
  b: Builder,
  size: Operand,
  scale: 0.5 | 1,
): { readonly s: Operand; readonly lost: Operand; readonly drop: Operand } {
  const like = (value: number) => b.like(size, value);
  const { bias, ln2Head, ln2Tail } = formatOf(size);
  const shift = like(magic(size) + bias + Math.log2(scale));
  const sum = b.add(b.mul(size, like(-Math.LOG2E)), shift);
  const n = b.sub(sum, shift);
  const isLarge = b.compare("lt", like(-liftFrom(size)), size);
  const { power: s, drop } = liftedPower(b, sum, isLarge);
  const high = b.add(size, b.mul(n, like(ln2Head)));
  const low = b.mul(n, like(ln2Tail));
  const t = b.add(high, low);
  const series = byFormat(size, LONG, LONG_SINGLE).map((c, i) => (i % 2 === 0 ? c : -c));
  const rest = b.sub(b.mul(b.mul(t, t), polynomial(b, t, series)), low);
  return { s, lost: b.mul(s, b.sub(high, rest)), drop };
}

/** e^x as value · drop, where drop is a power of 2 that may make it subnormal, or 1. value = half (head + tail), rounded. */
export interface Factors {
  readonly value: Operand;
  readonly drop: Operand;
  readonly half: Operand;
  readonly head: Operand;
  readonly tail: Operand;
}

/** e^(x + extra) of x that `within` gave, to a few more digits than `exp`: the last sum rounds, little else. */
export function expFactors(b: Builder, x: Operand, extra?: Operand): Factors {
  const { half, drop, high, low } = reduce(b, x, extra);
  const r = b.sub(high, low);
  const twice = byFormat(r, LONG, LONG_SINGLE).map((coefficient) => 2 * coefficient);
  const rest = b.mul(b.mul(r, r), polynomial(b, r, twice));
  const first = fastTwoSum(b, b.like(r, 2), b.add(high, high));
  const tail = b.add(first.low, b.sub(rest, b.add(low, low)));
  return { value: b.mul(b.add(first.high, tail), half), drop, half, head: first.high, tail };
}

/** e^x of a pair that may be out of all bounds. */
export function expOfPair(b: Builder, x: Pair): Operand {
  const main = within(b, x.high);
  const extra = b.select(b.compare("eq", main, x.high), x.low, 0);
  const { value, drop } = expFactors(b, main, extra);
  return b.mul(value, drop);
}

function exp(b: Builder, x: Operand): Operand {
  const { half, drop, high, low } = reduce(b, within(b, x));
  return b.mul(b.mul(twiceExp(b, b.sub(high, low)), half), drop);
}

function exp2(b: Builder, x: Operand): Operand {
  const { bias } = formatOf(x);
  const inner = atLeast(b, atMost(b, x, bias + 1), byFormat(x, -1080, -160));
  const shift = b.like(x, magic(x) + bias - 1);
  const sum = b.add(inner, shift);
  const r = b.mul(b.sub(inner, b.sub(sum, shift)), Math.LN2);
  const { power, drop } = liftedPower(b, sum, b.compare("lt", inner, 2 - bias));
  return b.mul(b.mul(twiceExp(b, r), power), drop);
}

/**
 * (e^x − 1)/4 as an unevaluated sum, without overflow where e^x/4 is finite. With s = 2^(n−2) it is
 * (s − ¼) + s·high, exactly a sum of two, and s times the rest of the series (all factors are powers of 2).
 */
export function expm1Quarter(b: Builder, x: Operand): { high: Operand; low: Operand } {
  const { bias, ln2Head, ln2Tail } = formatOf(x);
  const base = b.like(x, magic(x) + bias - 2);
  const sum = b.add(b.mul(x, Math.LOG2E), base);
  const n = b.sub(sum, base);
  const s = powerFrom(b, sum);
  const high = b.sub(x, b.mul(n, ln2Head));
  const low = b.mul(n, ln2Tail);
  const r = b.sub(high, low);
  const rest = b.sub(b.mul(b.mul(r, r), polynomial(b, r, byFormat(x, LONG, LONG_SINGLE))), low);
  const whole = b.sub(s, 0.25);
  const scaled = b.mul(s, high);
  const first = b.add(whole, scaled);
  const error = b.sub(scaled, b.sub(first, whole));
  return { high: first, low: b.add(error, b.mul(s, rest)) };
}

/** Of numbers at or below this size, e^x − 1 and its like are x. */
export function isSmall(b: Builder, x: Operand): Operand {
  return b.compare("lt", b.abs(x), byFormat(x, 2 ** -54, 2 ** -25));
}

function expm1(b: Builder, x: Operand): Operand {
  const inner = atLeast(b, atMost(b, x, byFormat(x, 710, 89)), byFormat(x, -40, -20));
  const { high, low } = expm1Quarter(b, inner);
  return b.select(isSmall(b, x), x, b.mul(b.add(high, low), 4));
}

export const expSequence: MathSequence = { name: "exp", emit: exp, inline: true };
export const exp2Sequence: MathSequence = { name: "exp2", emit: exp2 };
export const expm1Sequence: MathSequence = { name: "expm1", emit: expm1 };
