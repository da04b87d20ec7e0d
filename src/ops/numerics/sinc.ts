import { PI } from "./constants.js";
import { difference, type Pair, pair, product, quotient, rounded, scale, times } from "./pair.js";
import { cospiPair, sinpiPair } from "./sinpi.js";

/** sin(πx)/(πx), 1 at 0 and 0 at ±∞. */
export function sinc(x: number): number {
  const size = Math.abs(x);
  if (size < 1e-9) return 1;
  if (size >= 2 ** 53) return size <= Infinity ? 0 : Number.NaN;
  return rounded(quotient(sinpiPair(size), times(PI, size)));
}

/** sin(πx + kπ/2). */
function shiftedSine(k: number, x: number): Pair {
  const value = k % 2 === 0 ? sinpiPair(x) : cospiPair(x);
  return k % 4 < 2 ? value : scale(value, -1);
}

/**
 * The n-th derivative of sinc, n = 0, 1, 2, …, for every x. With z = πx and f(z) = sin z / z,
 * differentiating z f(z) = sin z gives z f⁽ᵏ⁾ + k f⁽ᵏ⁻¹⁾ = sin(z + kπ/2): a recurrence that is
 * stable upwards while k < z and downwards while k > z.
 */
export function sincDerivative(n: number, x: number): number {
  if (!(Number.isInteger(n) && n >= 0) || Number.isNaN(x)) return Number.NaN;
  if (Math.abs(x) > 2 ** 53) return 0;
  const size = Math.abs(x);
  const z = times(PI, size);
  const derivative = z.hi > n ? upwards(n, size, z) : downwards(n, size, z);
  let value = derivative;
  for (let k = 0; k < n; k++) value = product(value, PI);
  return x < 0 && n % 2 === 1 ? -rounded(value) : rounded(value);
}

function upwards(n: number, x: number, z: Pair): Pair {
  let f = quotient(sinpiPair(x), z);
  for (let k = 1; k <= n; k++) f = quotient(difference(shiftedSine(k, x), times(f, k)), z);
  return f;
}

function downwards(n: number, x: number, z: Pair): Pair {
  // An error at the start shrinks by z/k a step.
  let start = n + 1;
  for (let left = 1; left > 1e-24 && start < n + 2000; start++) left *= z.hi / (start + 1);
  let f = pair(0);
  for (let k = start; k > n; k--)
    f = quotient(difference(shiftedSine(k, x), product(z, f)), pair(k));
  return f;
}
