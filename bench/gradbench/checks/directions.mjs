import { times } from "./random.mjs";

/**
 * Directions to test a derivative along: each coordinate where there are few, otherwise `count` random ones, on
 * which every coordinate has a part.
 * @param {number} size
 * @param {import("./random.mjs").Distributions} random
 * @param {number} [count]
 * @returns {number[][]}
 */
export function directions(size, { uniform }, count = 2) {
  if (size <= 128) return times(size, (k) => times(size, (i) => Number(i === k)));
  return times(count, () => times(size, () => (uniform() < 0.5 ? -1 : 1)));
}

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
export function dot(a, b) {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}
