import { erfcx } from "./erf.js";

/** 2/√π */
const START = 1.1283791670955126;

/**
 * w_n = e^(x²) iⁿerfc(x) for n = 0, 1, …, where iⁿerfc is the n-th repeated integral of erfc from x to ∞. Of the
 * recurrence 2n w_n = w_{n−2} − 2x w_{n−1} (DLMF 7.18.7) these are the minimal solution for x > 0: there the ratios
 * w_n/w_{n−1} come from its continued fraction, whose terms are all positive (W. Gautschi, Recursive computation of
 * the repeated integrals of the error function, Math. Comp. 15, 1961).
 */
export function erfcxIntegral(n: number, x: number): number {
  return x > 0.5 ? downwards(n, x) : upwards(n, x);
}

function upwards(n: number, x: number): number {
  let [before, value] = [START, erfcx(x)];
  // Where erfcx overflows so do all the others.
  if (value === Infinity) return value;
  for (let k = 1; k <= n; k++) [before, value] = [value, (before - 2 * x * value) / (2 * k)];
  return value;
}

function downwards(n: number, x: number): number {
  // An error in the ratio at k has shrunk by about e^(−2x√(2k)) when it gets to the first.
  const start = n + 30 + Math.ceil(200 / (x * x));
  let ratio = 1 / (x + Math.sqrt(x * x + 2 * start));
  let value = erfcx(x);
  for (let k = start; k >= 1; k--) {
    ratio = 1 / (2 * x + 2 * (k + 1) * ratio);
    if (k <= n) value *= ratio;
  }
  return value;
}
