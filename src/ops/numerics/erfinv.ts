import { erfcxPair, erfRest } from "./erf.js";
import { expTimes } from "./exp.js";
import { fastTwoSum, negate, type Pair, rounded, scale, twoProduct } from "./pair.js";
import { polynomial } from "./polynomial.js";

const TWO_PER_SQRT_PI = 1.1283791670955126;

/** erfinv(x)/x in x², |x| ≤ ½, to 5e-11 (scripts/reference/coefficients.py). */
const CENTRE: readonly number[] = [
  0.8862269254110074, 0.23201368757548305, 0.12755444303423538, 0.08660611647478084,
  0.06414157945643781, 0.05834710306068424, 0.014197303127289382, 0.09556821705495783,
];

/** y/s with erfc(y) = exp(−s²), in t = (s − 3)/(s + 1), s ≥ 0.83, to 2e-7. */
const TAIL: readonly number[] = [
  0.9049203559026701, 0.18244186339823681, -0.08984110474223188, 0.002435705912411595,
  0.0038824565430079943, -0.0031500032659924748, -0.0002552657953440234, 0.0007409149054986743,
  -0.00012683675721925203, -0.000938152339922066,
];

/** y with erf(y) = x for |x| ≤ ½: an approximation and one Newton step. */
export function centralInverse(x: number): Pair {
  const y = x * polynomial(CENTRE, x * x);
  const excess = y - x + erfRest(y);
  return fastTwoSum(y, (-excess * Math.exp(y * y)) / TWO_PER_SQRT_PI);
}

/** y with erfc(y) = c for 0 < c ≤ ½: an approximation and one step of Halley's method on log erfc(y) = log c. */
export function tailInverse(c: number): Pair {
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
  if (size <= 0.5) return size < 1e-290 ? x * 0.8862269254527579 : rounded(centralInverse(x));
  if (!(size < 1)) return size === 1 ? x * Infinity : Number.NaN;
  return Math.sign(x) * rounded(tailInverse(1 - size));
}

/** The inverse of erfc: ∞ at 0, −∞ at 2, NaN outside. */
export function erfcinv(c: number): number {
  if (c >= 0.5 && c <= 1.5) return rounded(centralInverse(1 - c));
  if (c > 0 && c < 2) return c < 1 ? rounded(tailInverse(c)) : -rounded(tailInverse(2 - c));
  return c === 0 ? Infinity : c === 2 ? -Infinity : Number.NaN;
}
