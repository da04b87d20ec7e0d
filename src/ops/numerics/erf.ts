import { PER_SQRT_PI } from "./constants.js";
import { expTimes } from "./exp.js";
import {
  fastTwoSum,
  negate,
  type Pair,
  pair,
  quotient,
  rounded,
  twoProduct,
  twoSum,
} from "./pair.js";
import { polynomial, polynomialPair } from "./polynomial.js";

/** erf(x)/x − 1 in x², |x| ≤ 1 (scripts/reference/coefficients.py). */
export const SERIES: readonly number[] = [
  0.1283791670955126, -0.3761263890318375, 0.11283791670954882, -0.026866170645077334,
  0.005223977624823223, -0.0008548326981129666, 0.00012055331122299266, -1.4925595519506043e-5,
  1.6461004480962034e-6, -1.6350354461959655e-7, 1.4660051998394848e-8, -1.1373902296430911e-9,
  5.958930743134941e-11,
];

/**
 * (1 + 2x) erfcx(x), x ≥ ½, in t = (x − 4)/(x + 3). The map is that of M. M. Shepherd and
 * J. G. Laframboise, Chebyshev approximation of (1 + 2x) exp(x²) erfc x, Math. Comp. 36, 1981.
 */
export const SCALED: readonly number[] = [
  1.2329951186255526, -0.12216847723549216, -0.003496013513368307, 0.04665458534673942,
  -0.04180651066501206, 0.022801799598951192, -0.008073603938415275, 0.0013920612482762244,
  0.0002474037667962374, -0.00019788758774368442, 1.7479093456120592e-5, 1.8863176334576534e-5,
  -4.577221716433358e-6, -1.91349979221878e-6, 7.23761458407821e-7, 2.407551509427643e-7,
  -1.0493633580911821e-7, -3.8240659543339904e-8, 1.4295999799846825e-8, 6.739054123644403e-9,
  -1.643119085550757e-9, -1.0399737796333342e-9, 1.1538605803611993e-10, 9.39853237626455e-11,
];

export const SCALED_TAILS: readonly number[] = [-4.5362288907478626e-17];

/** erf(x) − x for |x| ≤ 1: the part that a sum may round. */
export function erfRest(x: number): number {
  return x * polynomial(SERIES, x * x);
}

/** exp(x²) erfc(x) for finite x ≥ ½. */
export function erfcxPair(x: number): Pair {
  if (x > 1e10) return quotient(PER_SQRT_PI, pair(Math.min(x, 2 ** 900)));
  return quotient(polynomialPair(SCALED, SCALED_TAILS, (x - 4) / (x + 3)), fastTwoSum(2 * x, 1));
}

/** The error function, 2/√π ∫₀ˣ exp(−t²) dt. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size < 1) return x + erfRest(x);
  if (size > 6) return Math.sign(x);
  return Math.sign(x) * (1 - erfc(size));
}

/** 1 − erf(x), accurate in relative terms down to the smallest numbers. */
export function erfc(x: number): number {
  if (x < -1) return x < -6 ? 2 : 2 - erfc(-x);
  if (x < 0.5) {
    const { hi, lo } = twoSum(1, -x);
    return hi + (lo - erfRest(x));
  }
  if (x > 28) return 0;
  return expTimes(negate(twoProduct(x, x)), erfcxPair(x));
}

/** exp(x²) erfc(x), the scaled complement: about 1/(x √π) for large x, overflows below −26.6. */
export function erfcx(x: number): number {
  if (x < 0.5) return x < -27 ? Infinity : expTimes(twoProduct(x, x), complement(x));
  if (x > 1e10) return PER_SQRT_PI.hi / x;
  return rounded(erfcxPair(x));
}

/** erfc(x) for x < ½. */
function complement(x: number): Pair {
  if (x < -1) return fastTwoSum(2, -erfc(-x));
  const { hi, lo } = twoSum(1, -x);
  return fastTwoSum(hi, lo - erfRest(x));
}
