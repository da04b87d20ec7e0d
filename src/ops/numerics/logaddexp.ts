import { LN2, LOG2_E } from "./constants.js";
import { softplusOfNegative } from "./logistic.js";
import { plus, product, rounded, twoSum } from "./pair.js";

/** log(e^a + e^b), with the larger taken out: ∞ if either is, −∞ if both are. */
export function logaddexp(a: number, b: number): number {
  const high = Math.max(a, b);
  const low = Math.min(a, b);
  if (!(Number.isFinite(high) && high - low < 800)) return high;
  return rounded(plus(softplusOfNegative(twoSum(high, -low)), high));
}

/** log₂(2^a + 2^b), with the larger taken out: ∞ if either is, −∞ if both are. */
export function logaddexp2(a: number, b: number): number {
  const high = Math.max(a, b);
  const low = Math.min(a, b);
  if (!(Number.isFinite(high) && high - low < 1100)) return high;
  const rest = product(softplusOfNegative(product(twoSum(high, -low), LN2)), LOG2_E);
  return rounded(plus(rest, high));
}
