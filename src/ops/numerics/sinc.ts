import { PI } from "./constants.js";
import {
  difference,
  negate,
  type Pair,
  pair,
  product,
  quotient,
  rounded,
  scale,
  times,
} from "./pair.js";
import { scaleByPower } from "./scale.js";
import { cospiPair, sinpiPair } from "./sinpi.js";

/** sin(πx)/(πx), 1 at 0 and 0 at ±∞. */
export function sinc(x: number): number {
  const size = Math.abs(x);
  if (size < 1e-9) return 1;
  if (size >= 2 ** 53) return size <= Infinity ? 0 : Number.NaN;
  return rounded(quotient(sinpiPair(size), times(PI, size)));
}

/**
 * The n-th derivative of sinc, n = 0, 1, 2, …, for every x. With z = πx and f(z) = sin z / z,
 * differentiating z f(z) = sin z gives z f⁽ᵏ⁾ + k f⁽ᵏ⁻¹⁾ = sin(z + kπ/2): a recurrence that is
 * stable upwards while k < z and downwards while k > z.
 */
export function sincDerivative(n: number, x: number): number {
  if (!(Number.isInteger(n) && n >= 0) || Number.isNaN(x)) return Number.NaN;
  const size = Math.abs(x);
  if (size === Infinity) return 0;
  if (size > 1e290) return farDerivative(n, x);
  const z = times(PI, size);
  let value = z.hi > n ? upwards(n, size, z) : downwards(n, size, z);
  for (let k = 0; k < n; k++) value = product(value, QUARTER_PI);
  const result = scaleByPower(rounded(value), 2 * n);
  return x < 0 && n % 2 === 1 ? -result : result;
}

/** The leading term of sin(z + nπ/2)/z at even x: ±π^(n−1)/x, which for even n is of order 1/x² and underflows. */
function farDerivative(n: number, x: number): number {
  const size = n % 2 === 0 ? 0 : Math.PI ** (n - 1) / x;
  return n % 4 < 2 ? size : -size;
}

const QUARTER_PI: Pair = /* @__PURE__ */ scale(PI, 0.25);

/** sin(πx + kπ/2) for k = 0, 1, 2, 3. */
function waves(x: number): Pair[] {
  const sine = sinpiPair(x);
  const cosine = cospiPair(x);
  return [sine, cosine, negate(sine), negate(cosine)];
}

function upwards(n: number, x: number, z: Pair): Pair {
  const wave = waves(x);
  let f = quotient(wave[0] as Pair, z);
  for (let k = 1; k <= n; k++) f = quotient(difference(wave[k % 4] as Pair, times(f, k)), z);
  return f;
}

function downwards(n: number, x: number, z: Pair): Pair {
  const wave = waves(x);
  // An error at the start shrinks by z/k a step.
  let start = n + 1;
  for (let left = 1; left > 1e-24; start++) left *= z.hi / (start + 1);
  let f = pair(0);
  for (let k = start; k > n; k--) {
    f = quotient(difference(wave[k % 4] as Pair, product(z, f)), pair(k));
  }
  return f;
}
