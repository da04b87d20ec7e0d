import { HALF_LOG_TWO_PI } from "./constants.js";
import { expTimes } from "./exp.js";
import { gammaSign, lgammaPair, logAbsGamma, STIRLING_FROM, stirlingRest } from "./gamma.js";
import { logPair } from "./log.js";
import {
  difference,
  type Pair,
  pair,
  plus,
  product,
  quotient,
  rounded,
  sum,
  times,
  twoSum,
} from "./pair.js";

/** log(1 + r) for the pair r ≥ 0. */
function log1pPair(r: Pair): Pair {
  if (r.hi < 1e-12) return difference(r, times(product(r, r), 0.5));
  return logPair(plus(r, 1));
}

/** log Γ(b) − log Γ(a + b) + a log(a + b) for 0 < a, b ≥ 8: no two large terms cancel. */
function gammaRatio(a: number, b: number): Pair {
  const total = twoSum(a, b);
  // −(b − ½) log(1 + a/b) + a + Δ(b) − Δ(a + b), from Stirling's formula
  const logs = product(twoSum(b, -0.5), log1pPair(quotient(pair(a), pair(b))));
  return sum(difference(pair(a), logs), difference(stirlingRest(pair(b)), stirlingRest(total)));
}

/** log B(a, b) for 1e-20 < a ≤ b. */
function positive(a: number, b: number): Pair {
  const total = twoSum(a, b);
  if (b < STIRLING_FROM)
    return difference(sum(lgammaPair(pair(a)), lgammaPair(pair(b))), lgammaPair(total));
  if (a < STIRLING_FROM) {
    // For the largest b, Γ(a + b)/Γ(b) is b^a.
    const ratio = b > 1e100 ? pair(0) : gammaRatio(a, b);
    return sum(lgammaPair(pair(a)), difference(ratio, times(logPair(total), a)));
  }
  if (b > 1e200) return pair(-a * Math.log1p(b / a) - b * Math.log1p(a / b));
  // log Γ(a) − a log(a + b) by Stirling's formula once more
  const logs = times(logPair(quotient(pair(a), total)), a);
  const rest = sum(
    HALF_LOG_TWO_PI,
    difference(stirlingRest(pair(a)), times(logPair(pair(a)), 0.5)),
  );
  return sum(plus(sum(logs, rest), -a), gammaRatio(a, b));
}

/** The pair B(a, b) = sign · e^log, where some argument is negative and no integer. */
function reflected(a: number, b: number): { log: Pair; sign: number } {
  const total = twoSum(a, b);
  const whole = total.lo === 0 && total.hi <= 0 && Number.isInteger(total.hi);
  if (whole) return { log: pair(-Infinity), sign: 1 };
  const below = total.hi + (Number.isInteger(total.hi) ? Math.sign(total.lo) * 0.5 : 0);
  const sign = gammaSign(a) * gammaSign(b) * gammaSign(below);
  return {
    log: difference(sum(logAbsGamma(pair(a)), logAbsGamma(pair(b))), logAbsGamma(total)),
    sign,
  };
}

/** B(a, b) for a = 0, −1, −2, …: finite only where Γ(a + b) has a pole to match (b whole, a + b ≤ 0). */
function atPole(a: number, b: number): { a: number; b: number; sign: number } | undefined {
  if (!(Number.isInteger(b) && a + b < 1) || b <= 0) return undefined;
  return { a: 1 - a - b, b, sign: b % 2 === 0 ? 1 : -1 };
}

function isPole(x: number): boolean {
  return x <= 0 && Math.floor(x) === x;
}

/** log |B(a, b)| = log |Γ(a) Γ(b)/Γ(a + b)|, with no cancellation for large arguments; +∞ at the poles. */
export function betaln(a: number, b: number): number {
  if (!(a <= b)) return a > b ? betaln(b, a) : Number.NaN;
  if (isPole(a) || isPole(b)) {
    const finite = isPole(b) ? atPole(b, a) : atPole(a, b);
    return finite === undefined ? Infinity : betaln(finite.a, finite.b);
  }
  if (a < 0)
    return Number.isFinite(a) && Number.isFinite(b) ? rounded(reflected(a, b).log) : Number.NaN;
  if (b === Infinity) return -Infinity;
  if (a === 1) return 0 - Math.log(b);
  if (b === 1) return 0 - Math.log(a);
  if (a < 1e-20) return Math.log1p(a / b) - Math.log(a);
  return rounded(positive(a, b));
}

/** B(a, b) = Γ(a) Γ(b)/Γ(a + b); +∞ at the poles. */
export function beta(a: number, b: number): number {
  if (!(a <= b)) return a > b ? beta(b, a) : Number.NaN;
  if (isPole(a) || isPole(b)) {
    const finite = isPole(b) ? atPole(b, a) : atPole(a, b);
    return finite === undefined ? Infinity : finite.sign * beta(finite.a, finite.b);
  }
  if (a < 0) {
    if (!(Number.isFinite(a) && Number.isFinite(b))) return Number.NaN;
    const { log, sign } = reflected(a, b);
    return expTimes(log, pair(sign));
  }
  if (b === Infinity) return 0;
  if (a < 1e-20) return 1 / a + 1 / b;
  return expTimes(positive(a, b), pair(1));
}
