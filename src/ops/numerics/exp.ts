import { LN2 } from "./constants.js";
import { fastTwoSum, type Pair, pair, product, twoProduct } from "./pair.js";
import { polynomial } from "./polynomial.js";
import { scaleByPower } from "./scale.js";

/** The first 40 bits of ln 2, so that k · LN2_HEAD is exact for |k| < 2^13. */
const LN2_HEAD = 0.6931471805592082;
const LN2_TAIL = 7.371002565167799e-13;

/** (e^r − 1 − r − r²/2)/r³ on |r| ≤ ln 2 / 2 (scripts/reference/coefficients.py). */
const KERNEL: readonly number[] = [
  0.16666666666666666, 0.04166666666666667, 0.008333333333333333, 0.001388888888888374,
  0.0001984126984126329, 2.4801587325575922e-5, 2.7557319247245837e-6, 2.755727360754058e-7,
  2.5052071065386008e-8, 2.091470171520211e-9, 1.608663862086374e-10,
];

/** e^x = (hi + lo) · 2^power. */
interface Scaled extends Pair {
  readonly power: number;
}

/** Beyond this every result over- or underflows, whatever f64 it is multiplied by. */
const LIMIT = 4000;

function parts(x: Pair): Scaled {
  const hi = Math.min(Math.max(x.hi, -LIMIT), LIMIT);
  const power = Math.round(hi * Math.LOG2E);
  const r = fastTwoSum(hi - power * LN2_HEAD, (hi === x.hi ? x.lo : 0) - power * LN2_TAIL);
  const square = twoProduct(r.hi, r.hi);
  const first = fastTwoSum(1, r.hi);
  const second = fastTwoSum(first.hi, 0.5 * square.hi);
  const tail = 0.5 * square.lo + r.lo * (1 + r.hi) + square.hi * r.hi * polynomial(KERNEL, r.hi);
  const { hi: head, lo } = fastTwoSum(second.hi, first.lo + second.lo + tail);
  return { hi: head, lo, power };
}

/** e^x to about 2^-59, relative; parts below 2^-1022 lose their tail. */
export function expPair(x: Pair): Pair {
  const { hi, lo, power } = parts(x);
  return { hi: scaleByPower(hi, power), lo: scaleByPower(lo, power) };
}

/** factor · e^x with one rounding, without overflow or underflow on the way. |factor| < 2^990. */
export function expTimes(x: Pair, factor: Pair): number {
  const e = parts(x);
  const result = product(e, factor);
  return scaleByPower(result.hi + result.lo, e.power);
}

/** 2^x, exact where representable. */
export function exp2(x: number): number {
  if (!(Math.abs(x) < 2000)) return x > 0 ? Infinity : x < 0 ? 0 : x;
  const power = Math.round(x);
  const e = parts(product(LN2, pair(x - power)));
  return scaleByPower(e.hi + e.lo, e.power + power);
}
