import { PI } from "./constants.js";
import { fastTwoSum, negate, type Pair, plus, product, quotient, rounded, times } from "./pair.js";
import { polynomial } from "./polynomial.js";

/** (sin u − u)/u³ and (cos u − 1 + u²/2)/u⁴ in u², |u| ≤ π/4 (scripts/reference/coefficients.py). */
export const SINE: readonly number[] = [
  -0.16666666666666666, 0.008333333333333331, -0.00019841269841265063, 2.7557319219336956e-6,
  -2.5052106231651887e-8, 1.605853148927779e-10, -7.58668929550442e-13,
];
export const COSINE: readonly number[] = [
  0.041666666666666664, -0.0013888888888888887, 2.4801587301584645e-5, -2.755731922140155e-7,
  2.087675579062414e-9, -1.1470460813492592e-11, 4.745867444866546e-14,
];

/** sin(πr), |r| ≤ ¼. */
function sine(r: number): Pair {
  const u = times(PI, r);
  const square = u.hi * u.hi;
  const rest = u.hi * square * polynomial(SINE, square) - 0.5 * square * u.lo;
  return fastTwoSum(u.hi, u.lo + rest);
}

/** cos(πr), |r| ≤ ¼. */
function cosine(r: number): Pair {
  const u = times(PI, r);
  const square = product(u, u);
  const { hi, lo } = fastTwoSum(1, -0.5 * square.hi);
  return fastTwoSum(
    hi,
    lo - 0.5 * square.lo + square.hi * square.hi * polynomial(COSINE, square.hi),
  );
}

/** x = n + r with |r| ≤ ½, exactly; `odd` says whether n is odd. */
function reduce(x: number): { r: number; odd: boolean } {
  const n = Math.round(x);
  return { r: x - n, odd: n % 2 !== 0 };
}

/** sin(πx) for finite x. */
export function sinpiPair(x: number): Pair {
  const { r, odd } = reduce(x);
  const far = Math.abs(r) > 0.25;
  const size = far ? cosine(0.5 - Math.abs(r)) : sine(r);
  return odd !== (far && r < 0) ? negate(size) : size;
}

/** cos(πx) for finite x. */
export function cospiPair(x: number): Pair {
  const { r, odd } = reduce(x);
  const value = Math.abs(r) > 0.25 ? sine(0.5 - Math.abs(r)) : cosine(r);
  return odd ? negate(value) : value;
}

/** sin(πx) for a pair. */
export function sinpiOf(x: Pair): Pair {
  return plus(sinpiPair(x.hi), Math.PI * x.lo * cospiPair(x.hi).hi);
}

/** π cot(πx) for finite x that is not an integer. */
export function cotpiPair(x: number): Pair {
  return product(PI, quotient(cospiPair(x), sinpiPair(x)));
}

/** sin(πx): ±0 at the integers, with the sign of x. */
export function sinpi(x: number): number {
  if (Math.abs(x) < 1e-280) return x * PI.hi;
  const value = Math.abs(x) < Infinity ? rounded(sinpiPair(x)) : Number.NaN;
  return value === 0 ? x * 0 : value;
}

/** cos(πx): exactly 0 at the half integers. */
export function cospi(x: number): number {
  const value = Math.abs(x) < Infinity ? rounded(cospiPair(x)) : Number.NaN;
  return value === 0 ? 0 : value;
}
