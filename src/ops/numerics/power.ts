import { expTimes } from "./exp.js";
import { logPair } from "./log.js";
import { pair, times } from "./pair.js";

/** Beyond this |y| every x^y with |x| ≠ 1 is 0 or ∞. */
const LARGEST = 2 ** 64;

/**
 * x^y after IEEE 754 (`pow`): pow(x, ±0) = pow(1, y) = 1 also for NaN, pow(−1, ±∞) = 1 (where
 * `Math.pow` says NaN), exact where the result is representable. x < 0 needs an integer y, else NaN.
 */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x === -1 && Math.abs(y) === Infinity) return 1;
  if (y === 1) return x;
  const size = Math.abs(x);
  // Math.pow is exact at the specials: zeros, infinities, NaN.
  if (!(size > 0 && size < Infinity && Math.abs(y) < Infinity)) return x ** y;
  const whole = Math.abs(y) >= 2 ** 53 || Math.floor(y) === y;
  if (x < 0 && !whole) return Number.NaN;
  const sign = x < 0 && y % 2 !== 0 ? -1 : 1;
  const exponent = Math.min(Math.max(y, -LARGEST), LARGEST);
  return expTimes(times(logPair(pair(size)), exponent), pair(sign));
}
