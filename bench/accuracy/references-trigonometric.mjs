import * as big from "./big.mjs";

/** @typedef {import("./measure.mjs").Reference} Reference @typedef {import("./big.mjs").Big} Big */

const { abs, add, div, from, mul, neg, one, scale, sign, sqrt, sub } = big;

/** Digits of π behind the point: the largest f64 has 1024 before it. */
const DIGITS = 1400n;

/** 2^DIGITS · artan(1/n). @param {bigint} n */
function artanInverse(n) {
  let term = (1n << DIGITS) / n;
  let sum = 0n;
  for (let k = 1n; term !== 0n; k += 2n, term = -term / (n * n)) sum += term / k;
  return sum;
}
/** By Machin. */
const piFixed = 16n * artanInverse(5n) - 4n * artanInverse(239n);
export const PI = big.big(piFixed, -Number(DIGITS));
const HALF_PI = scale(PI, -1);

/** x = quadrant · π/2 + angle. @param {Big} x */
function reduce({ m, e }) {
  const shift = BigInt(e) + DIGITS;
  if (shift < 0n) return { quadrant: 0, angle: { m, e } };
  const fixed = m << shift;
  const half = piFixed >> 1n;
  const q = (2n * fixed + half) / (2n * half) - (2n * fixed + half < 0n ? 1n : 0n);
  const exact = 2n * fixed - q * piFixed;
  return { quadrant: Number(((q % 4n) + 4n) % 4n), angle: big.big(exact, -Number(DIGITS) - 1) };
}

/** Σ (−1)^k x^(2k + from)/(2k + from)!. @param {Big} x @param {0 | 1} start */
function alternating(x, start) {
  const square = mul(x, x);
  let term = start === 0 ? one : x;
  return big.series((k) => {
    if (k > 0) {
      const n = 2 * k + start;
      term = neg(div(mul(term, square), from(n * (n - 1))));
    }
    return term;
  });
}

/** @param {Big} x @param {number} turn quadrants to add */
function sine(x, turn) {
  const { quadrant, angle } = reduce(x);
  const at = (quadrant + turn) % 4;
  const size =
    at % 2 === 0 ? (angle.m === 0n ? angle : alternating(angle, 1)) : alternating(angle, 0);
  return at < 2 ? size : neg(size);
}
/** @param {Big} x */
export const sin = (x) => sine(x, 0);
/** @param {Big} x */
export const cos = (x) => sine(x, 1);

/** arctan x for x ≥ 0: half the angle until a series takes over. @param {Big} x @returns {Big} */
function atanOf(x) {
  if (x.m === 0n) return x;
  if (big.exponent(x) >= 1) return sub(HALF_PI, atanOf(div(one, x)));
  if (big.exponent(x) >= -4) return scale(atanOf(div(x, add(one, sqrt(add(one, mul(x, x)))))), 1);
  const square = mul(x, x);
  let power = x;
  return big.series((k) => {
    if (k > 0) power = neg(mul(power, square));
    return div(power, from(2 * k + 1));
  });
}
/** @param {Big} x */
const atan = (x) => (x.m < 0n ? neg(atanOf(abs(x))) : atanOf(x));

/** The angle of (x, y). @param {Big} y @param {Big} x @returns {Big} */
function atan2(y, x) {
  if (y.m < 0n) return neg(atan2(neg(y), x));
  if (x.m === 0n) return HALF_PI;
  const right = atanOf(div(y, abs(x)));
  return x.m > 0n ? right : sub(PI, right);
}

/** √(1 − x²). @param {Big} x */
const other = (x) => sqrt(mul(sub(one, x), add(one, x)));

/** @param {number} x */
const finite = (x) => (Number.isFinite(x) ? (x === 0 ? x : undefined) : Number.NaN);
/** @param {number} x */
const inside = (x) => (Math.abs(x) <= 1 ? undefined : Number.NaN);

/** Multiples of π/2, near and far ones, and the f64 and f32 that lie closest to one. */
const turns = [
  ...[1, 2, 3, 4, 5, 100, 355, 7640, 1018000, 1e9, 1e22].map((k) => (k * Math.PI) / 2),
  ...[6381956970095103 * 2 ** 797, 16367173 * 2 ** 72, 1.6e6, 12000, Math.PI / 4],
];
const circles = /** @type {const} */ ([
  [-1, 1],
  [-10, 10],
  [-13000, 13000],
  [-2e6, 2e6],
]);
const unit = /** @type {const} */ ([
  [-1, 1],
  [-0.6, 0.6],
  [0.99, 1],
]);

/** @type {Record<string, Reference>} */
export const trigonometric = {
  sin: { bound: 2.5, value: sin, special: finite, hard: turns, ranges: circles },
  cos: {
    bound: 2.5,
    value: cos,
    special: (x) => (x === 0 ? 1 : finite(x)),
    hard: turns,
    ranges: circles,
  },
  tan: {
    bound: 2.5,
    value: (x) => div(sin(x), cos(x)),
    special: finite,
    hard: turns,
    ranges: circles,
  },
  asin: {
    bound: 2.5,
    value: (x) => (sign(other(x)) === 0 ? mul(x, HALF_PI) : atan(div(x, other(x)))),
    special: (x) => (x === 0 ? x : inside(x)),
    hard: [0.5, -0.5, 1, -1],
    ranges: unit,
  },
  acos: {
    bound: 2.5,
    value: (x) => atan2(other(x), x),
    special: (x) => (x === 1 ? 0 : inside(x)),
    hard: [0.5, -0.5, 1, -1],
    ranges: unit,
  },
  atan: {
    bound: 2.5,
    value: atan,
    special: (x) =>
      x === 0 || Number.isNaN(x)
        ? x
        : Math.abs(x) === Infinity
          ? Math.sign(x) * (Math.PI / 2)
          : undefined,
    hard: [Math.SQRT2 - 1, Math.SQRT2 + 1, 1, -1],
    ranges: [
      [-1, 1],
      [-5, 5],
      [0.3, 0.6],
    ],
  },
  atan2: {
    arity: 2,
    bound: 2.5,
    value: atan2,
    special: (y, x) =>
      y === 0 || !Number.isFinite(y) || !Number.isFinite(x) ? Math.atan2(y, x) : undefined,
    hard: [1, -1, 2.4142135, 0.4142135, 1e308, 2 ** -1040, 2 ** -140],
    ranges: [
      [-1, 1],
      [-10, 10],
    ],
  },
};
