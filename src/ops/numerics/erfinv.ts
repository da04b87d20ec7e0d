import { erfcxPair, erfRest } from "./erf.js";
import { expTimes } from "./exp.js";
import { fastTwoSum, negate, type Pair, pair, rounded, scale, twoProduct, twoSum } from "./pair.js";
import { polynomial } from "./polynomial.js";

const TWO_PER_SQRT_PI = 1.1283791670955126;

/** erfinv(x)/x in x², |x| ≤ 0.53, to 2e-10 (scripts/reference/coefficients.py). */
export const CENTRE: readonly number[] = [
  0.8862269253122762, 0.23201372848727, 0.12755171479704888, 0.08667359187891087,
  0.06335376278449342, 0.06303638807294215, 0.00043348056017400286, 0.1113677552934398,
];

/** y/s with erfc(y) = exp(−s²), in t = (s − 3)/(s + 1), s ≥ 0.86, to 5e-7. */
export const TAIL: readonly number[] = [
  0.9049201732370564, 0.18244536028413513, -0.08982952706973961, 0.002368424886229397,
  0.0037617815819305394, -0.0027727870912766773, 0.0001594730891004336, -0.00012571947136429828,
  -0.0005805802441164597, -0.00020021549359629628,
];

/** y with erf(y) = x for |x| ≤ 0.53: an approximation and one Newton step. */
function centralInverse(x: Pair): Pair {
  const y = x.hi * polynomial(CENTRE, x.hi * x.hi);
  const excess = y - x.hi - x.lo + erfRest(y);
  return fastTwoSum(y, (-excess * Math.exp(y * y)) / TWO_PER_SQRT_PI);
}

/** y with erfc(y) = c for 0 < c ≤ 0.475: an approximation and one step of Halley's method on log erfc(y) = log c. */
function tailInverse(c: number): Pair {
  const s = Math.sqrt(-Math.log(c));
  const y = s * polynomial(TAIL, (s - 3) / (s + 1));
  const erfcx = erfcxPair(y);
  const lift = c < 1e-250 ? 2 ** 400 : 1;
  const excess = Math.log1p(
    (expTimes(negate(twoProduct(y, y)), scale(erfcx, lift)) - c * lift) / (c * lift),
  );
  const slope = TWO_PER_SQRT_PI / erfcx.hi;
  const step = -excess / slope;
  return fastTwoSum(y, -step / (1 + 0.5 * step * (2 * y - slope)));
}

/** The inverse of erf: ±∞ at ±1, NaN outside. */
export function erfinv(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.53) return size < 1e-9 ? x * 0.886226925452758 : rounded(centralInverse(pair(x)));
  if (!(size < 1)) return size === 1 ? x * Infinity : Number.NaN;
  return Math.sign(x) * rounded(tailInverse(1 - size));
}

/** The inverse of erfc: ∞ at 0, −∞ at 2, NaN outside. */
export function erfcinv(c: number): number {
  return c === 0 ? Infinity : c === 2 ? -Infinity : rounded(erfcinvPair(c));
}

/** The inverse of erfc on 0 < c < 2; NaN outside. */
export function erfcinvPair(c: number): Pair {
  if (c > 0.475 && c < 1.525) return centralInverse(twoSum(1, -c));
  if (c > 0 && c < 2) return c < 1 ? tailInverse(c) : negate(tailInverse(2 - c));
  return pair(Number.NaN);
}
