import * as big from "./big.mjs";
import { cos, PI, sin } from "./references-trigonometric.mjs";

/** @typedef {import("./measure.mjs").Reference} Reference @typedef {import("./big.mjs").Big} Big */

const { abs, add, compare, div, exp, from, log, mul, neg, one, scale, sqrt, sub, toNumber } = big;

const half = scale(one, -1);
const SQRT_PI = sqrt(PI);
/** @param {Big} x */
const square = (x) => mul(x, x);

/** erf x for 0 ≤ x < 8: e^(−x²) · 2x/√π · Σ (2x²)^k/(2k + 1)!!, all terms positive. @param {Big} x */
function erfOf(x) {
  const twice = scale(square(x), 1);
  let term = one;
  const sum = big.series((k) => {
    if (k > 0) term = div(mul(term, twice), from(2 * k + 1));
    return term;
  });
  return div(mul(mul(scale(x, 1), exp(neg(square(x)))), sum), SQRT_PI);
}

/** e^(x²) erfc x for x ≥ 3, by Laplace's continued fraction (DLMF 7.9.1). @param {Big} x */
function erfcxOf(x) {
  let value = x;
  for (let k = Math.ceil(900 / toNumber(square(x))) + 20; k > 0; k--)
    value = add(x, div(from(k / 2), value));
  return div(one, mul(value, SQRT_PI));
}

/** @param {Big} x @returns {Big} */
function erfc(x) {
  if (x.m < 0n) return sub(from(2), erfc(neg(x)));
  return compare(x, from(3)) < 0 ? sub(one, erfOf(x)) : mul(exp(neg(square(x))), erfcxOf(x));
}
/** @param {Big} x @returns {Big} */
const erf = (x) =>
  x.m < 0n ? neg(erf(neg(x))) : compare(x, from(3)) < 0 ? erfOf(x) : sub(one, erfc(x));

const SQRT_HALF = sqrt(half);
/** @param {Big} x */
const ndtr = (x) => scale(erfc(neg(mul(x, SQRT_HALF))), -1);

/**
 * The z > 0 with erfc z = c, c < ½: Newton's method on the logarithm, which converges from anywhere on this side.
 * @param {Big} c
 */
function erfcinvOf(c) {
  let z = sqrt(neg(log(c)));
  for (let i = 0; i < 60; i++) {
    const value = erfc(z);
    const slope = div(scale(exp(neg(square(z))), 1), mul(SQRT_PI, value));
    const step = div(log(div(value, c)), slope);
    z = add(z, step);
    if (step.m === 0n || big.exponent(step) < big.exponent(z) - 70) break;
  }
  return z;
}
/** The z with erf z = x for |x| ≤ ½, by Newton's method. @param {Big} x */
function erfinvOf(x) {
  let z = x;
  for (let i = 0; i < 60 && x.m !== 0n; i++) {
    const slope = div(scale(exp(neg(square(z))), 1), SQRT_PI);
    const step = div(sub(x, erf(z)), slope);
    z = add(z, step);
    if (step.m === 0n || big.exponent(step) < big.exponent(z) - 70) break;
  }
  return z;
}
/** @param {Big} x @returns {Big} */
function erfinv(x) {
  if (x.m < 0n) return neg(erfinv(neg(x)));
  return compare(x, half) <= 0 ? erfinvOf(x) : erfcinvOf(sub(one, x));
}
/** @param {Big} p @returns {Big} */
function ndtri(p) {
  const quarter = scale(one, -2);
  if (compare(p, quarter) < 0) return neg(mul(erfcinvOf(scale(p, 1)), sqrt(from(2))));
  const other = sub(one, p);
  if (compare(other, quarter) < 0) return mul(erfcinvOf(scale(other, 1)), sqrt(from(2)));
  return mul(erfinvOf(sub(scale(p, 1), one)), sqrt(from(2)));
}

/** @param {Big} x @returns {Big} */
const erfcx = (x) => (compare(x, from(3)) < 0 ? mul(exp(square(x)), erfc(x)) : erfcxOf(x));

/** @param {Big} x */
function logNdtr(x) {
  if (x.m > 0n) return big.log1p(neg(ndtr(neg(x))));
  const z = neg(mul(x, SQRT_HALF));
  if (compare(z, from(3)) < 0) return log(ndtr(x));
  return sub(log(scale(erfcxOf(z), -1)), square(z));
}

/** Bernoulli's numbers B₂, B₄, …. */
const bernoulli = (() => {
  /** @type {[bigint, bigint][]} numerators over denominators of B₀, B₁, … */
  const rows = [];
  const numbers = [];
  for (let n = 0; n <= 80; n++) {
    rows[n] = [1n, BigInt(n + 1)];
    for (let j = n; j > 0; j--) {
      const [a, c] = /** @type {[bigint, bigint]} */ (rows[j - 1]);
      const [p, q] = /** @type {[bigint, bigint]} */ (rows[j]);
      rows[j - 1] = reduced(BigInt(j) * (a * q - p * c), c * q);
    }
    const [p, q] = /** @type {[bigint, bigint]} */ (rows[0]);
    if (n > 0 && n % 2 === 0) numbers.push(div(big.big(p), big.big(q)));
  }
  return numbers;
})();

/** @param {bigint} p @param {bigint} q @returns {[bigint, bigint]} */
function reduced(p, q) {
  let [a, b] = [p < 0n ? -p : p, q];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? [0n, 1n] : [p / a, q / a];
}

/** Where Stirling's series gives 150 digits. */
const FAR = from(40);

/** log Γ(x) for x > 0. @param {Big} x */
function logGamma(x) {
  let divisor = one;
  let at = x;
  for (; compare(at, FAR) < 0; at = add(at, one)) divisor = mul(divisor, at);
  const inverse = div(one, at);
  let power = inverse;
  let sum = add(mul(sub(at, half), log(at)), sub(scale(log(scale(PI, 1)), -1), at));
  bernoulli.forEach((number, i) => {
    const k = 2 * (i + 1);
    sum = add(sum, div(mul(number, power), from(k * (k - 1))));
    power = mul(power, square(inverse));
  });
  return sub(sum, log(divisor));
}

/** sin πx and cos πx: of the distance to the nearest whole number. @param {Big} x */
function halfTurns(x) {
  const near = from(Math.round(toNumber(x)));
  const rest = mul(PI, sub(x, near));
  const turned = toNumber(near) % 2 !== 0;
  const [s, c] = [sin(rest), cos(rest)];
  return turned ? { s: neg(s), c: neg(c) } : { s, c };
}

/** log|Γ(x)|. @param {Big} x */
function lgamma(x) {
  if (x.m > 0n) return logGamma(x);
  const { s } = halfTurns(x);
  return sub(log(div(PI, abs(s))), logGamma(sub(one, x)));
}

/** Γ(x). @param {Big} x @returns {Big} */
function gamma(x) {
  if (x.m > 0n) return exp(logGamma(x));
  return div(PI, mul(halfTurns(x).s, gamma(sub(one, x))));
}

/** ψ(x). @param {Big} x @returns {Big} */
function digamma(x) {
  if (x.m < 0n) {
    const { s, c } = halfTurns(x);
    return sub(digamma(sub(one, x)), mul(PI, div(c, s)));
  }
  let reciprocals = big.from(0);
  let at = x;
  for (; compare(at, FAR) < 0; at = add(at, one)) reciprocals = add(reciprocals, div(one, at));
  const inverse = div(one, at);
  let power = square(inverse);
  let sum = sub(log(at), scale(inverse, -1));
  bernoulli.forEach((number, i) => {
    sum = sub(sum, div(mul(number, power), from(2 * (i + 1))));
    power = mul(power, square(inverse));
  });
  return sub(sum, reciprocals);
}

/** Poles of Γ but 0. @param {number} x */
const isPole = (x) => x < 0 && (Number.isInteger(x) || x === -Infinity);

/** Results at ±∞, and for f64 that a formula of many terms need not see. */
const ends = (/** @type {number} */ low, /** @type {number} */ high) => (/** @type {number} */ x) =>
  Number.isNaN(x) ? x : x > 1e4 ? high : x < -1e4 ? low : undefined;

const bells = /** @type {const} */ ([
  [-1, 1],
  [-4, 4],
  [-12, 12],
  [-28, 28],
  [-39, 39],
]);
const quantiles = [0.5, -0.5, 0.524, 1 - 2 ** -53, 1 - 2 ** -24, 0.238, 0.762, 2 ** -1050, 0.25];
const lines = /** @type {const} */ ([
  [0, 4],
  [0.9, 1.1],
  [1.9, 2.1],
  [-6, 0],
  [0, 200],
]);
const whole = [1, 2, 0.5, 1.5, 2.5, -1, -2, -10, -170, 8, 1.4616321, 171.6, 1e18];

/** @type {Record<string, Reference>} */
export const special = {
  erf: {
    bound: 2.5,
    value: erf,
    special: (x) => (x === 0 ? x : ends(-1, 1)(x)),
    hard: [0.5, -0.5, 6, 4],
    ranges: bells,
  },
  erfc: {
    bound: 2.5,
    value: erfc,
    special: ends(2, 0),
    hard: [0.5, -0.5, 26.5, 27.2, 9.2, 10.05],
    ranges: bells,
  },
  ndtr: {
    bound: 2.5,
    value: ndtr,
    special: ends(0, 1),
    hard: [Math.SQRT1_2, -Math.SQRT1_2, -37.5, -38.5, -13, -14.2],
    ranges: bells,
  },
  gelu: {
    bound: 2.5,
    value: (x) => mul(x, ndtr(x)),
    special: (x) => (x === 0 ? x : x > 1e4 ? x : ends(-0, 0)(x)),
    hard: [Math.SQRT1_2, -Math.SQRT1_2, -37.5, -38.5, -13, -14.2],
    ranges: bells,
  },
  erfcx: {
    bound: 2.5,
    value: erfcx,
    special: (x) => (Number.isNaN(x) ? x : x < -1e4 ? Infinity : x === Infinity ? 0 : undefined),
    hard: [0.5, -0.5, 28, -26.6, -9.4, 1e10],
    ranges: [
      [-1, 1],
      [-4, 4],
      [-27, 0],
      [0, 100],
    ],
  },
  logNdtr: {
    bound: 2.5,
    value: logNdtr,
    special: (x) => (Number.isNaN(x) || x === -Infinity ? x : x > 1e4 ? -0 : undefined),
    hard: [Math.SQRT1_2, -Math.SQRT1_2, 4.8, 38, -40, -1e10],
    ranges: bells,
  },
  erfinv: {
    bound: 2.5,
    value: erfinv,
    special: (x) =>
      x === 0 ? x : Math.abs(x) === 1 ? x * Infinity : Math.abs(x) < 1 ? undefined : Number.NaN,
    hard: quantiles,
    ranges: [
      [-1, 1],
      [0.4, 0.6],
      [0.999, 1],
    ],
  },
  ndtri: {
    bound: 2.5,
    value: ndtri,
    special: (p) =>
      p === 0.5
        ? 0
        : p === 0
          ? -Infinity
          : p === 1
            ? Infinity
            : p > 0 && p < 1
              ? undefined
              : Number.NaN,
    hard: quantiles,
    ranges: [
      [0, 1],
      [0.2, 0.3],
      [0, 0.001],
    ],
  },
  lgamma: {
    bound: 2.5,
    value: lgamma,
    special: (x) => {
      if (Number.isNaN(x)) return x;
      if (x === 1 || x === 2) return 0;
      return x === 0 || isPole(x) || x === Infinity ? Infinity : undefined;
    },
    hard: whole,
    ranges: lines,
    scale: 1,
  },
  digamma: {
    bound: 2.5,
    value: digamma,
    special: (x) => {
      if (Number.isNaN(x) || isPole(x)) return Number.NaN;
      return x === 0 ? -1 / x : x === Infinity ? x : undefined;
    },
    hard: whole,
    ranges: lines,
    scale: 1,
  },
  gamma: {
    bound: 2.5,
    value: gamma,
    special: (x) => {
      if (Number.isNaN(x) || isPole(x)) return Number.NaN;
      return x === 0 ? 1 / x : x > 200 ? Infinity : undefined;
    },
    hard: whole,
    ranges: lines,
  },
};
