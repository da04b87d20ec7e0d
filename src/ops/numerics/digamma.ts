import { logPair } from "./log.js";
import {
  difference,
  type Pair,
  pair,
  plus,
  reciprocal,
  rounded,
  scale,
  sum,
  twoSum,
} from "./pair.js";
import { polynomial } from "./polynomial.js";
import { cotpiPair } from "./sinpi.js";

/** (log x − 1/(2x) − ψ(x) − w/12)/w² in w = 1/x², x ≥ 8 (scripts/reference/coefficients.py). */
export const ASYMPTOTIC: readonly number[] = [
  -0.008333333333333331, 0.0039682539682412395, -0.00416666664934873, 0.007575748561170917,
  -0.021090475729398494, 0.08300497825724769, -0.41686971715311427, 1.8793319960423205,
];

/** ψ(x) for 1e-280 < x < 1e150, to about 2^-60, absolute: ψ(x + 1) = ψ(x) + 1/x up to 8, then DLMF 5.11.2. */
function digammaPair(x: Pair): Pair {
  let shifted = x;
  let reciprocals = pair(0);
  for (; shifted.hi < 8; shifted = plus(shifted, 1))
    reciprocals = sum(reciprocals, reciprocal(shifted));
  const w = 1 / (shifted.hi * shifted.hi);
  const half = scale(reciprocal(shifted), 0.5);
  const rest = plus(half, w * (1 / 12 + w * polynomial(ASYMPTOTIC, w)));
  return difference(logPair(shifted), sum(reciprocals, rest));
}

/**
 * ψ(x) = Γ′(x)/Γ(x). At the poles: ∓∞ at ±0, NaN at the negative integers; NaN at −∞.
 */
export function digamma(x: number): number {
  if (Math.abs(x) < 1e-18) return -1 / x;
  if (x > 1e18) return Math.log(x);
  if (x > 0) return rounded(digammaPair(pair(x)));
  if (x === Math.floor(x) || Number.isNaN(x)) return Number.NaN;
  // ψ(1 − x) − ψ(x) = π cot πx
  return rounded(difference(digammaPair(twoSum(1, -x)), cotpiPair(x)));
}
