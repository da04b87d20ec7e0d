import { i0, i1 } from "./bessel.js";
import { gamma } from "./gamma.js";

/** Terms below this part of the sum are left out. */
const NEGLIGIBLE = 1e-18;

/** Beyond this the recurrence loses nothing, below it the power series needs few terms. */
const FAR = 20;

/**
 * The k-th derivative of I₀, ∫₀^π cos^k θ e^(x cos θ) dθ / π: its power series, or for large x, from the
 * differential equation x I₀″ + I₀′ = x I₀ differentiated k times,
 * x I₀⁽ᵏ⁺²⁾ = x I₀⁽ᵏ⁾ + k I₀⁽ᵏ⁻¹⁾ − (k + 1) I₀⁽ᵏ⁺¹⁾.
 */
export function i0Derivative(k: number, x: number): number {
  if (k === 0) return i0(x);
  if (k === 1) return i1(x);
  const size = Math.abs(x);
  const value = size > Math.max(FAR, 2 * k) ? recurrence(k, size) : series(k, size);
  return x < 0 && k % 2 === 1 ? -value : value;
}

/** Sum of (x/2)^2m / m!², differentiated k times; all terms are positive. */
function series(k: number, x: number): number {
  const first = Math.ceil(k / 2);
  // The coefficient of x^(2m−k) at m = first: (2m)! / (4^m m!² (2m−k)!).
  let term = gamma(2 * first + 1) / gamma(first + 1) ** 2 / 4 ** first;
  if (k % 2 === 1) term *= x;
  let total = 0;
  for (let m = first; ; m++) {
    total += term;
    if (!(term > NEGLIGIBLE * total)) return total;
    const next = 2 * m + 2;
    term *= ((next * (next - 1) * x * x) / ((next - k) * (next - 1 - k))) * (1 / (next * next));
  }
}

function recurrence(k: number, x: number): number {
  let [before, value, after] = [0, i0(x), i1(x)];
  if (after === Infinity) return after;
  for (let j = 0; j < k; j++)
    [before, value, after] = [value, after, value + (j * before - (j + 1) * after) / x];
  return value;
}

/**
 * ∫₀^π (1 − cos θ)^k e^(−x(1 − cos θ)) dθ / π for x ≥ 0: k = 0 gives e^−x I₀(x), and each derivative the next with
 * the sign turned. It is 2^k B(k + ½, ½)/π · e^−2x M(½, k + 1, 2x) with Kummer's M (DLMF 13.2.2, 13.7.2): no
 * term is negative.
 */
export function decayingMoment(k: number, x: number): number {
  if (Number.isNaN(x)) return x;
  return x > FAR + k * k ? asymptotic(k, x) : kummer(k, x);
}

function kummer(k: number, x: number): number {
  let factor = 1;
  for (let j = 0; j < k; j++) factor *= (2 * j + 1) / (j + 1);
  let term = factor * Math.exp(-2 * x);
  let total = 0;
  for (let m = 0; ; m++) {
    total += term;
    if (m > 2 * x && !(term > NEGLIGIBLE * total)) return total;
    term *= ((m + 0.5) * 2 * x) / ((k + 1 + m) * (m + 1));
  }
}

function asymptotic(k: number, x: number): number {
  let term = 1 / Math.sqrt(2 * Math.PI * x);
  for (let j = 0; j < k; j++) term *= (j + 0.5) / x;
  let total = 0;
  for (let m = 0; m < 200; m++) {
    total += term;
    const next = (term * (m + 0.5) * (k + m + 0.5)) / ((m + 1) * 2 * x);
    if (!(next < term && next > NEGLIGIBLE * total)) break;
    term = next;
  }
  return total;
}
