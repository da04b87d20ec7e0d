import { SQRT_8_PER_PI } from "./constants.js";
import { expPair, expTimes } from "./exp.js";
import { logPair, logRatio } from "./log.js";
import {
  difference,
  negate,
  type Pair,
  pair,
  plus,
  product,
  quotient,
  rounded,
  times,
  twoSum,
} from "./pair.js";

/** log(1 + e^−x) for x ≥ 0. */
export function softplusOfNegative(x: Pair): Pair {
  const e = expPair(negate(x));
  if (e.hi < 1e-10) return difference(e, times(product(e, e), 0.5));
  return logPair(plus(e, 1));
}

/** factor / (1 + e^−x), with one rounding. */
function sigmoidTimes(x: Pair, factor: number): number {
  const divisor = plus(expPair(x.hi < 0 ? x : negate(x)), 1);
  if (x.hi < 0) return expTimes(x, quotient(pair(factor), divisor));
  return rounded(quotient(pair(factor), divisor));
}

/** 1/(1 + e^−x), the logistic function; e^x for large negative x. */
export function sigmoid(x: number): number {
  return sigmoidTimes(pair(x), 1);
}

/** log(1 + e^x): e^x for large negative x, x for large positive x. */
export function softplus(x: number): number {
  if (!(Math.abs(x) < 746)) return x < 0 ? 0 : x;
  const rest = softplusOfNegative(pair(Math.abs(x)));
  return rounded(x > 0 ? plus(rest, x) : rest);
}

/** log sigmoid(x) = −softplus(−x). */
export function logSigmoid(x: number): number {
  return -softplus(-x);
}

/** log(1 − e^x) for x ≤ 0: −∞ at 0, NaN above. */
export function log1mexp(x: number): number {
  if (!(x < -0.1)) return Math.log(-Math.expm1(x));
  const e = expPair(pair(x));
  if (e.hi < 1e-10) return -e.hi - (e.lo + 0.5 * e.hi * e.hi);
  return rounded(logPair(plus(negate(e), 1)));
}

/** log(p/(1 − p)), the inverse of sigmoid: ∓∞ at 0 and 1, NaN outside. */
export function logit(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : Number.NaN;
  if (p > 0.42 && p < 0.58) return rounded(logRatio(pair(2 * (p - 0.5))));
  return rounded(difference(logPair(pair(p)), logPair(twoSum(1, -p))));
}

/** ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))) = x sigmoid(√(8/π) (x + 0.044715 x³)). */
export function geluTanh(x: number): number {
  if (x === 0 || !(Math.abs(x) < 40)) return x < 0 ? -0 : x;
  const cubic = times(product(product(pair(x), pair(x)), pair(x)), 0.044715);
  return sigmoidTimes(product(plus(cubic, x), SQRT_8_PER_PI), x);
}

/** x sigmoid(x); 0 at −∞. */
export function silu(x: number): number {
  return x < -800 ? -0 : x === 0 || x > 800 ? x : sigmoidTimes(pair(x), x);
}
