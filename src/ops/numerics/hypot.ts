import { plus, twoProduct } from "./pair.js";
import { exponentOf, scaleByPower } from "./scale.js";

/**
 * √(x₁² + x₂² + …) without overflow or underflow on the way. ∞ if any is infinite (also beside NaN),
 * else NaN if any is; 0 for none.
 */
export function hypot(...values: readonly number[]): number {
  return hypotOf(values);
}

/** `hypot` of the elements of an array. */
export function hypotOf(values: ArrayLike<number>): number {
  let largest = 0;
  let missing = false;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] as number);
    if (size > largest) largest = size;
    else if (Number.isNaN(size)) missing = true;
  }
  if (largest === Infinity) return Infinity;
  if (missing) return Number.NaN;
  if (largest === 0) return 0;
  const power = exponentOf(largest);
  let squares = { hi: 0, lo: 0 };
  for (let i = 0; i < values.length; i++) {
    const x = scaleByPower(values[i] as number, -power);
    const { hi, lo } = twoProduct(x, x);
    squares = plus(squares, hi);
    squares = plus(squares, lo);
  }
  const root = Math.sqrt(squares.hi);
  const { hi, lo } = twoProduct(root, root);
  return scaleByPower(root + (squares.hi - hi - lo + squares.lo) / (2 * root), power);
}
