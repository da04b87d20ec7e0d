import { HALF_LOG_TWO_PI, PI } from "./constants.js";
import { expTimes } from "./exp.js";
import { lgammaPair, STIRLING_FROM, stirlingRest } from "./gamma.js";
import { logPair } from "./log.js";
import {
  difference,
  negate,
  type Pair,
  pair,
  plus,
  product,
  quotient,
  rounded,
  sum,
  twoSum,
} from "./pair.js";
import { sinpiOf, sinpiPair } from "./sinpi.js";

/** log(1 + r), r > −1. */
function log1pPair(r: Pair): Pair {
  if (Math.abs(r.hi) < 1e-12) return difference(r, product(r, pair(0.5 * r.hi, 0.5 * r.lo)));
  return logPair(plus(r, 1));
}

/** log Γ(b) − log Γ(a + b) + a log(a + b) for 0 < a, b ≥ 8, with no two large terms to cancel. */
function gammaRatio(a: Pair, b: Pair): Pair {
  // −(b − ½) log(1 + a/b) + a + Δ(b) − Δ(a + b), from Stirling's formula
  const logs = product(plus(b, -0.5), log1pPair(quotient(a, b)));
  return sum(difference(a, logs), difference(stirlingRest(b), stirlingRest(sum(a, b))));
}

/** log B(a, b) for a, b > 0, to about 2^-60 of the larger of it and 1. */
function positive(a: Pair, b: Pair): Pair {
  if (a.hi > b.hi) return positive(b, a);
  const total = sum(a, b);
  if (a.hi < 1e-20) {
    // B(a, b) = 1/a + O(1), and 1/a + 1/b + O(1) if b is small as well
    const rest = b.hi < 1 ? difference(logPair(total), logPair(b)) : pair(0);
    return difference(rest, logPair(a));
  }
  if (b.hi < STIRLING_FROM) {
    return difference(sum(lgammaPair(a), lgammaPair(b)), lgammaPair(total));
  }
  if (a.hi < STIRLING_FROM) {
    // For the largest b, Γ(a + b)/Γ(b) is b^a.
    const ratio = b.hi > 1e100 ? pair(0) : gammaRatio(a, b);
    return sum(lgammaPair(a), difference(ratio, product(logPair(total), a)));
  }
  if (b.hi > 1e200) return pair(-a.hi * Math.log1p(b.hi / a.hi) - b.hi * Math.log1p(a.hi / b.hi));
  // log Γ(a) − a log(a + b) by Stirling's formula once more
  const logs = product(logPair(quotient(a, total)), a);
  const root = product(logPair(a), pair(-0.5));
  const rest = sum(HALF_LOG_TWO_PI, sum(stirlingRest(a), root));
  return sum(difference(sum(logs, rest), a), gammaRatio(a, b));
}

/** The number factor · e^log. */
interface Factored {
  readonly factor: Pair;
  readonly log: Pair;
}

/** B(a, b) for a < 0 that is no pole, a + b ≥ 1: Γ(a) Γ(1 − a) = π/sin πa turns it into π/(b sin(πa) B(1 − a, a + b)). */
function reflectOne(a: number, b: Pair): Factored {
  const log = sum(positive(twoSum(1, -a), plus(b, a)), logPair(b));
  return { factor: quotient(PI, sinpiPair(a)), log: negate(log) };
}

/** B(a, b) for a < 0 that is no pole, by reflection (DLMF 5.5.3) to positive arguments. */
function reflected(a: number, b: number): Factored {
  const total = twoSum(a, b);
  if (total.hi >= 1) return reflectOne(a, pair(b));
  // B(a, b) = sin π(a + b) / sin πa · B(b, 1 − a − b)
  const ratio = quotient(sinpiOf(total), sinpiPair(a));
  const other = plus(negate(total), 1);
  if (b > 0) return { factor: ratio, log: positive(pair(b), other) };
  const { factor, log } = reflectOne(b, other);
  return { factor: product(ratio, factor), log };
}

/** Below this, pairs begin to lose their tails. */
const TINY = 1e-200;

/** B(a, b) where a or b is closer to 0 than TINY: 1/a + 1/b but for what rounds away. */
function atTiny(a: number, b: number): number {
  return Math.max(Math.abs(a), Math.abs(b)) < 1 ? (a + b) / a / b : 1 / (Math.abs(a) < 1 ? a : b);
}

/** B(a, b) for a = 0, −1, −2, …: finite only where Γ(a + b) has a pole to match (b whole, a + b ≤ 0). */
function atPole(a: number, b: number): { a: number; b: number; sign: number } | undefined {
  if (!(Number.isInteger(b) && a + b < 1) || b <= 0) return undefined;
  return { a: 1 - a - b, b, sign: b % 2 === 0 ? 1 : -1 };
}

function isPole(x: number): boolean {
  return x <= 0 && Math.floor(x) === x;
}

/**
 * log |B(a, b)| = log |Γ(a) Γ(b)/Γ(a + b)|, with no cancellation for large arguments; +∞ at the
 * poles, −∞ where Γ(a + b) has the only pole, NaN for a negative beside an infinite argument.
 */
export function betaln(a: number, b: number): number {
  if (!(a <= b)) return a > b ? betaln(b, a) : Number.NaN;
  if (isPole(a) || isPole(b)) {
    const finite = isPole(b) ? atPole(b, a) : atPole(a, b);
    return finite === undefined ? Infinity : betaln(finite.a, finite.b);
  }
  if (a < 0) {
    if (!Number.isFinite(a + b)) return Number.NaN;
    if (Math.min(-a, Math.abs(b)) < TINY) return Math.log(Math.abs(atTiny(a, b)));
    const { factor, log } = reflected(a, b);
    if (factor.hi === 0) return -Infinity;
    return rounded(sum(logPair(factor.hi < 0 ? negate(factor) : factor), log));
  }
  if (b === Infinity) return -Infinity;
  if (a === 1) return 0 - Math.log(b);
  if (b === 1) return 0 - Math.log(a);
  return rounded(positive(pair(a), pair(b)));
}

/** B(a, b) = Γ(a) Γ(b)/Γ(a + b): +∞ at the poles, NaN for a negative beside an infinite argument. */
export function beta(a: number, b: number): number {
  if (!(a <= b)) return a > b ? beta(b, a) : Number.NaN;
  if (isPole(a) || isPole(b)) {
    const finite = isPole(b) ? atPole(b, a) : atPole(a, b);
    return finite === undefined ? Infinity : finite.sign * beta(finite.a, finite.b);
  }
  if (a < 0) {
    if (!Number.isFinite(a + b)) return Number.NaN;
    if (Math.min(-a, Math.abs(b)) < TINY) return atTiny(a, b);
    const { factor, log } = reflected(a, b);
    return expTimes(log, factor);
  }
  if (b === Infinity) return 0;
  if (a < 1e-20) return 1 / a + 1 / b;
  return expTimes(positive(pair(a), pair(b)), pair(1));
}
