import { SQRT_HALF, SQRT_TWO } from "./constants.js";
import { erfcxPair, erfRest } from "./erf.js";
import { erfcinvPair } from "./erfinv.js";
import { expTimes } from "./exp.js";
import { logPair } from "./log.js";
import {
  fastTwoSum,
  type Pair,
  pair,
  plus,
  product,
  rounded,
  scale,
  sum,
  twoProduct,
  twoSum,
} from "./pair.js";

const TWO_PER_SQRT_PI = 1.1283791670955126;

/** Between −CENTRE and CENTRE the density is integrated from 0, outside from the tail. */
const CENTRE = 0.7071067811865477;

/** exp(x²/2) ndtr(−x) for x ≥ CENTRE: ½ erfcx(x/√2), corrected for the rounding of x/√2. */
function scaledTail(x: number): Pair {
  const z = product(SQRT_HALF, pair(Math.min(x, 1e100)));
  const value = erfcxPair(z.hi);
  return scale(plus(value, z.lo * (2 * z.hi * value.hi - TWO_PER_SQRT_PI)), 0.5);
}

/** −x²/2. */
function exponent(x: number): Pair {
  return scale(twoProduct(x, x), -0.5);
}

/** factor · ndtr(−x) for x ≥ CENTRE, with one rounding. */
function tailTimes(x: number, factor: number): number {
  return x > 40 ? factor * 0 : expTimes(exponent(x), product(scaledTail(x), pair(factor)));
}

/** ndtr(x) for |x| ≤ CENTRE. */
function centre(x: number): Pair {
  const z = product(SQRT_HALF, pair(x));
  return plus(fastTwoSum(0.5, 0.5 * z.hi), 0.5 * (z.lo + erfRest(z.hi)));
}

/** The standard normal distribution function, ½ erfc(−x/√2). */
export function ndtr(x: number): number {
  if (Math.abs(x) <= CENTRE) return rounded(centre(x));
  if (x > 0) return x > 9 ? 1 : 1 - tailTimes(x, 1);
  return tailTimes(-x, 1);
}

/** log ndtr(x): about −x²/2 for large negative x, −ndtr(−x) for large positive x. */
export function logNdtr(x: number): number {
  if (Math.abs(x) <= CENTRE) return rounded(logPair(centre(x)));
  if (x > 3) return Math.log1p(-tailTimes(x, 1));
  if (x > 0) return rounded(logPair(twoSum(1, -tailTimes(x, 1))));
  if (x < -1e10) return -0.5 * x * x;
  return rounded(sum(exponent(x), logPair(scaledTail(-x))));
}

/** x · ndtr(x), the Gaussian error linear unit; 0 at −∞. */
export function gelu(x: number): number {
  if (x === 0) return x;
  return x < -CENTRE ? tailTimes(-x, Math.max(x, -1e10)) : x * ndtr(x);
}

/** The inverse of ndtr: −∞ at 0, ∞ at 1, NaN outside. */
export function ndtri(p: number): number {
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  return 0 - rounded(product(erfcinvPair(2 * p), SQRT_TWO));
}
