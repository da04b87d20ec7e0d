import { TWELFTH } from "./constants.js";
import { digamma } from "./digamma.js";
import { expPair, expTimes } from "./exp.js";
import { lgammaPair } from "./gamma.js";
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
  sum,
  times,
  twoSum,
} from "./pair.js";
import { pow } from "./power.js";

/** B₂ⱼ/(2j)!, j = 2, 3, … (Bernoulli numbers, DLMF 24.2.2); j = 1 is 1/12. */
const EULER_MACLAURIN: readonly number[] = [
  -0.001388888888888889, 3.306878306878307e-5, -8.267195767195768e-7, 2.08767569878681e-8,
  -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13, 8.586062056277845e-15,
  -2.174868698558062e-16, 5.5090028283602295e-18, -1.3954464685812522e-19, 3.534707039629467e-21,
];

/** Terms below this part of the first are left out. */
const NEGLIGIBLE = 1e-20;

/**
 * q^s ζ(s, q) for s > 1, 0 < q ≤ 1e30: the terms (q/(q + k))^s up to a = q + N ≥ s + 10, then
 * Euler–Maclaurin (DLMF 25.11.6) times (q/a)^s.
 */
function scaledZeta(s: number, q: Pair): Pair {
  const logQ = logPair(q);
  const from = s + 10;
  let total = pair(0);
  let a = q;
  let term = pair(1);
  for (let k = 1; a.hi < from; k++) {
    total = sum(total, term);
    a = plus(q, k);
    term = expPair(times(difference(logQ, logPair(a)), s));
    if (term.hi < NEGLIGIBLE) return total;
  }
  return sum(total, product(tail(s, a), term));
}

/** a^s ζ(s, a) for a ≥ s + 10: a/(s−1) + ½ + s/(12 a) − s(s+1)(s+2)/(720 a³) + …. */
function tail(s: number, a: Pair): Pair {
  let rest = 0;
  let factor = s / a.hi;
  for (const [i, coefficient] of EULER_MACLAURIN.entries()) {
    factor *= ((s + 2 * i + 1) / a.hi) * ((s + 2 * i + 2) / a.hi);
    rest += factor * coefficient;
    if (Math.abs(factor * coefficient) < NEGLIGIBLE) break;
  }
  const twelfths = product(quotient(pair(s), a), TWELFTH);
  return sum(quotient(a, twoSum(s, -1)), plus(plus(twelfths, rest), 0.5));
}

/** (unit/q)^s · q^s ζ(s, q). */
function zetaInUnits(s: number, q: Pair, logUnit: Pair): Pair {
  return product(expPair(times(difference(logUnit, logPair(q)), s)), scaledZeta(s, q));
}

/** The sum of (x + k)^−s over k = 0, 1, … is bracket · e^exponent, s > 1. */
interface Lattice {
  readonly bracket: Pair;
  readonly exponent: Pair;
}

/** s > 1; x > 0, or any x that is no pole where s is whole. */
function lattice(s: number, x: number): Lattice {
  if (x > 1e30) {
    const order = twoSum(s, -1);
    return {
      bracket: reciprocal(order),
      exponent: negate(product(logPair(pair(x)), order)),
    };
  }
  if (x > 0) return { bracket: scaledZeta(s, pair(x)), exponent: times(logPair(pair(x)), -s) };
  // x + k runs over …, r − 2, r − 1, r, r + 1, … from x on: the terms below r are those of
  // ζ(s, 1 − r) without those of ζ(s, 1 − x). No sum over |x| terms, no derivative of the cotangent.
  const r = x - Math.round(x);
  const log = logPair(pair(Math.abs(r)));
  const parity = s % 2 === 0 ? 1 : -1;
  const above = zetaInUnits(s, twoSum(1, r), log);
  const below = difference(zetaInUnits(s, twoSum(1, -r), log), zetaInUnits(s, twoSum(1, -x), log));
  return {
    bracket: plus(sum(above, times(below, parity)), r < 0 ? parity : 1),
    exponent: times(log, -s),
  };
}

/**
 * The Hurwitz zeta function, the sum of (q + k)^−s over k = 0, 1, …. s = 1 gives ∞, s < 1 NaN.
 * For q ≤ 0: ∞ at the poles 0, −1, …, elsewhere the sum if s is whole and NaN if not.
 */
export function zeta(s: number, q: number): number {
  if (!(s >= 1) || Number.isNaN(q) || q === -Infinity) return Number.NaN;
  if (s === 1) return Infinity;
  if (q === Infinity) return 0;
  if (q <= 0 && q === Math.floor(q)) return Infinity;
  if (q < 0 && !Number.isInteger(s)) return Number.NaN;
  if (s > 1e17) return q > 0 ? pow(q, -s) : Number.NaN;
  const { bracket, exponent } = lattice(s, q);
  return expTimes(exponent, bracket);
}

/**
 * The n-th derivative of digamma, (−1)^(n+1) n! ζ(n + 1, x), for every whole n ≥ 0. At the poles
 * 0, −1, …: ∞ for odd n; for even n ∓∞ at ±0 and NaN at the negative integers.
 */
export function polygamma(n: number, x: number): number {
  if (n === 0) return digamma(x);
  if (!(Number.isInteger(n) && n > 0) || Number.isNaN(x) || x === -Infinity) return Number.NaN;
  if (x === Infinity) return 0;
  const sign = n % 2 === 1 ? 1 : -1;
  if (x <= 0 && x === Math.floor(x)) {
    if (sign === 1) return Infinity;
    return x === 0 ? -1 / x : Number.NaN;
  }
  const { bracket, exponent } = lattice(n + 1, x);
  if (n <= 20) return expTimes(exponent, times(bracket, sign * factorial(n)));
  return expTimes(sum(exponent, lgammaPair(pair(n + 1))), times(bracket, sign));
}

/** n! for n ≤ 20, exactly. */
function factorial(n: number): number {
  let value = 1;
  for (let k = 2; k <= n; k++) value *= k;
  return value;
}
