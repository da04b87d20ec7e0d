import { type Pair, pair, sum, times } from "./pair.js";

/** c[0] + c[1] x + c[2] x² + …, by Horner's rule. */
export function polynomial(c: readonly number[], x: number): number {
  return horner(c, x, 0);
}

/**
 * The same with the first coefficients, c[i] + tails[i], and their sums in twice the precision: what
 * is left to round is the part that x^tails.length and higher powers contribute.
 */
export function polynomialPair(c: readonly number[], tails: readonly number[], x: number): Pair {
  let value = pair(horner(c, x, tails.length));
  for (let i = tails.length - 1; i >= 0; i--) {
    value = sum(times(value, x), pair(c[i] as number, tails[i] as number));
  }
  return value;
}

function horner(c: readonly number[], x: number, from: number): number {
  let value = 0;
  for (let i = c.length - 1; i >= from; i--) value = value * x + (c[i] as number);
  return value;
}
