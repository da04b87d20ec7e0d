import { LOG2_E, LOG10_E, TWO_THIRDS } from "./constants.js";
import {
  fastTwoSum,
  type Pair,
  pair,
  plus,
  product,
  quotient,
  rounded,
  scale,
  sum,
  times,
} from "./pair.js";
import { polynomial } from "./polynomial.js";
import { exponentOf, scaleByPower } from "./scale.js";

/** The first 40 bits of ln 2, so that k · LN2_HEAD is exact; and the next 106. */
const LN2_HEAD = 0.6931471805592082;
const LN2_TAIL: Pair = { hi: 7.371002565167799e-13, lo: 1.94704509238075e-31 };

/** (log((1+s)/(1−s)) − 2s − 2s³/3)/s⁵ in s², |s| ≤ 0.172 (scripts/reference/coefficients.py). */
export const KERNEL: readonly number[] = [
  0.4, 0.2857142857142939, 0.22222222221642052, 0.18181818338470118, 0.1538459463893504,
  0.13334822051948372, 0.11705777068708524, 0.1172793045358779,
];

/** log((1 + s)/(1 − s)) = 2 artanh s for |s| ≤ 0.172, to about 2^-65, relative. */
export function logRatio(s: Pair): Pair {
  const square = product(s, s);
  const cubic = product(product(square, s), TWO_THIRDS);
  const rest = square.hi * square.hi * s.hi * polynomial(KERNEL, square.hi);
  return sum(scale(s, 2), plus(cubic, rest));
}

/** log x for finite x > 0, to about 2^-65, relative (near 1 too, where x − 1 is exact). */
export function logPair(x: Pair): Pair {
  let power = exponentOf(x.hi);
  let hi = scaleByPower(x.hi, -power);
  if (hi > Math.SQRT2) {
    hi *= 0.5;
    power += 1;
  }
  const lo = scaleByPower(x.lo, -power);
  const ratio = quotient(fastTwoSum(hi - 1, lo), plus(pair(hi, lo), 1));
  const fraction = logRatio(ratio);
  if (power === 0) return fraction;
  return sum(plus(times(LN2_TAIL, power), power * LN2_HEAD), fraction);
}

function inBase(x: number, perLog: Pair): number {
  if (!(x > 0 && x < Infinity)) return Math.log(x);
  return rounded(product(logPair(pair(x)), perLog));
}

/** Logarithm to base 2, exact at powers of 2. */
export function log2(x: number): number {
  return inBase(x, LOG2_E);
}

/** Logarithm to base 10, exact at powers of 10. */
export function log10(x: number): number {
  return inBase(x, LOG10_E);
}
