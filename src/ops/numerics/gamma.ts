import { HALF_LOG_TWO_PI, LOG_PI, PI, TWELFTH } from "./constants.js";
import { expTimes } from "./exp.js";
import { logPair } from "./log.js";
import {
  difference,
  negate,
  type Pair,
  pair,
  plus,
  product,
  quotient,
  reciprocal,
  rounded,
  sum,
  times,
} from "./pair.js";
import { polynomial, polynomialPair } from "./polynomial.js";
import { sinpiPair } from "./sinpi.js";

/** (x Δ(x) − 1/12)/w in w = 1/x², x ≥ 8 (scripts/reference/coefficients.py). */
export const STIRLING: readonly number[] = [
  -0.002777777777777778, 0.0007936507936500864, -0.00059523809427687, 0.0008417503421442429,
  -0.0019173985925842053, 0.006392156788745431, -0.02810414646491677, 0.11598457367707375,
];

/** lgamma(2 + z)/z, |z| ≤ ½. */
export const NEAR_TWO: readonly number[] = [
  0.42278433509846713, 0.3224670334241132, -0.06735230105319814, 0.02058080842778463,
  -0.007385551028668096, 0.0028905103307343394, -0.0011927539120033873, 0.0005096695250262799,
  -0.00022315475069647703, 9.945750665169756e-5, -4.492635166770342e-5, 2.0507292365464966e-5,
  -9.438454884054723e-6, 4.374221208333783e-6, -2.044935323180052e-6, 9.584290249224467e-7,
  -4.303234692956732e-7, 2.0192169921430407e-7, -1.341570273460026e-7, 6.473973449314896e-8,
];

export const NEAR_TWO_TAILS: readonly number[] = [4.999061170103932e-18, 1.491790032989818e-17];

/** Where Stirling's series takes over. */
export const STIRLING_FROM = 8;

/** Δ(x) = log Γ(x) − (x − ½) log x + x − ½ log 2π, x ≥ 8 (DLMF 5.11.1). */
export function stirlingRest(x: Pair): Pair {
  const w = 1 / (x.hi * x.hi);
  return plus(quotient(TWELFTH, x), (w * polynomial(STIRLING, w)) / x.hi);
}

/** log Γ(x), x ≥ 8. */
function stirling(x: Pair): Pair {
  const main = difference(product(plus(x, -0.5), logPair(x)), x);
  return sum(main, sum(HALF_LOG_TWO_PI, stirlingRest(x)));
}

/** Γ(x) = exp(log) / divisor, by as many steps of Γ(x + 1) = x Γ(x) as Stirling's series needs. */
function parts(x: Pair): { log: Pair; divisor: Pair } {
  let divisor = pair(1);
  let shifted = x;
  for (; shifted.hi < STIRLING_FROM; shifted = plus(shifted, 1))
    divisor = product(divisor, shifted);
  return { log: stirling(shifted), divisor };
}

/** log Γ(x) for 1e-280 < x < 1e280, to about 2^-62, absolute. */
export function lgammaPair(x: Pair): Pair {
  const { log, divisor } = parts(x);
  return difference(log, logPair(divisor));
}

/** −π/(x sin πx), so that Γ(x) = reflection(x) / Γ(−x) (DLMF 5.5.3), for x < 0. */
function reflection(x: number): Pair {
  return negate(quotient(PI, times(sinpiPair(x), x)));
}

/**
 * The gamma function. At the poles: ±∞ at ±0, NaN at the negative integers; NaN at −∞.
 */
export function gamma(x: number): number {
  if (Math.abs(x) < 1e-18) return 1 / x;
  if (x > 172) return Infinity;
  if (x > 0) {
    const { log, divisor } = parts(pair(x));
    return expTimes(log, reciprocal(divisor));
  }
  if (x === Math.floor(x) || Number.isNaN(x)) return Number.NaN;
  const { log, divisor } = parts(pair(Math.min(-x, 200)));
  return expTimes(negate(log), product(reflection(x), divisor));
}

/**
 * log |Γ(x)|: exactly 0 at 1 and 2 and accurate in relative terms around them; +∞ at ±∞ and at the
 * poles 0, −1, −2, ….
 */
export function lgamma(x: number): number {
  if (x >= 0.5 && x < 2.5) return x < 1.5 ? nearOne(x) : rounded(nearTwo(x - 2));
  const size = Math.abs(x);
  if (size < 1e-18) return -Math.log(size);
  if (x > 0) return x < 1e100 ? rounded(lgammaPair(pair(x))) : x * (Math.log(x) - 1);
  if (x === Math.floor(x)) return Infinity;
  if (Number.isNaN(x)) return x;
  // Γ(x) = −π/(x sin πx Γ(−x)), DLMF 5.5.3
  const sine = sinpiPair(x);
  const factor = logPair(times(sine.hi < 0 ? negate(sine) : sine, size));
  return rounded(difference(LOG_PI, sum(factor, lgammaPair(pair(size)))));
}

/** lgamma(2 + z), |z| ≤ ½. */
function nearTwo(z: number): Pair {
  return times(polynomialPair(NEAR_TWO, NEAR_TWO_TAILS, z), z);
}

function nearOne(x: number): number {
  return rounded(difference(nearTwo(x - 1), logPair(pair(x))));
}

/** The sign of Γ(x): NaN at its poles, except that ±0 give ±1. */
export function gammaSign(x: number): number {
  if (x > 0) return 1;
  if (x === 0) return Object.is(x, 0) ? 1 : -1;
  const floor = Math.floor(x);
  if (!(floor < x)) return Number.NaN;
  return floor % 2 === 0 ? 1 : -1;
}
