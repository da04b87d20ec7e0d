import { above, at, near1, wide } from "./arguments.mjs";
import * as big from "./big.mjs";

/** @typedef {import("./measure.mjs").Reference} Reference @typedef {import("./big.mjs").Big} Big */

const { add, div, exp, expm1, from, log1p, mul, neg, one, scale, sub } = big;

const LN10 = big.log(from(10));

/** An odd function, given for x > 0. @param {(x: Big) => Big} positive @returns {(x: Big) => Big} */
const odd = (positive) => (x) => (x.m < 0n ? neg(positive(neg(x))) : positive(x));
/** @param {Big} x */
const square = (x) => mul(x, x);

/** tanh x for x > 0. @param {Big} x */
export function tanhOf(x) {
  const e = expm1(scale(x, 1));
  return div(e, add(e, from(2)));
}

/** @type {Record<string, Reference>} */
export const elementary = {
  exp: {
    bound: 1.5,
    value: exp,
    special: at(0, Infinity),
    hard: [
      709.782712893384, -708.3964185322641, -745.1332191019411, 88.72283905206835,
      -87.3365447505531, -103.97207708399179, 0.34657359, -0.34657359, 1.0397207,
    ],
    ranges: wide,
  },
  exp2: {
    bound: 1.5,
    value: (x) => exp(mul(x, big.LN2)),
    special: (x) => at(0, Infinity)(x) ?? (Number.isInteger(x) ? 2 ** x : undefined),
    hard: [1024, -1022, -1074, -1075, 128, -126, -149, -150, 0.5, -0.5],
    ranges: [...wide, [-1080, 1030]],
  },
  expm1: {
    bound: 1.5,
    value: expm1,
    special: at(-1, Infinity, "odd"),
    hard: [
      709.782712893384, 88.72283905206835, -37, -17, 0.34657359, -0.34657359, 1.0397207, -1.0397207,
    ],
    ranges: wide,
  },
  log: {
    bound: 1.5,
    value: big.log,
    special: above(0),
    hard: [1, Math.SQRT1_2, Math.SQRT2],
    ranges: near1,
  },
  log1p: {
    bound: 1.5,
    value: big.log1p,
    special: above(-1, "odd"),
    hard: [-1, Math.SQRT1_2 - 1, Math.SQRT2 - 1, 1e-16],
    ranges: [
      [-1, 1],
      [-0.1, 0.1],
      [-1, 20],
    ],
  },
  log2: {
    bound: 1.5,
    value: (x) => div(big.log(x), big.LN2),
    special: (x) =>
      above(0)(x) ?? (x === 2 ** Math.round(Math.log2(x)) ? Math.round(Math.log2(x)) : undefined),
    hard: [1, Math.SQRT1_2, Math.SQRT2, 8, 2 ** -1070, 2 ** 1000, 2 ** 100],
    ranges: near1,
  },
  log10: {
    bound: 1.5,
    value: (x) => div(big.log(x), LN10),
    special: (x) => {
      const power = Math.round(Math.log10(x));
      return (
        above(0)(x) ?? (power >= 0 && power <= 22 && x === Number(`1e${power}`) ? power : undefined)
      );
    },
    hard: [1, Math.SQRT1_2, Math.SQRT2, ...Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))],
    ranges: near1,
  },
  tanh: {
    bound: 2.5,
    value: odd(tanhOf),
    special: at(-1, 1, "odd"),
    hard: [0.17328679, 0.5198603, 19, 9, 1e-8],
    ranges: [
      [-0.5, 0.5],
      [-3, 3],
      [-25, 25],
    ],
  },
  sinh: {
    bound: 2.5,
    value: odd((x) => {
      const e = expm1(x);
      return scale(add(e, div(e, add(e, one))), -1);
    }),
    special: at(-Infinity, Infinity, "odd"),
    hard: [710.4758600739439, 709.78, 89.41598629223294, 0.34657359, 1.0397207, 1e-8],
    ranges: wide,
  },
  cosh: {
    bound: 2.5,
    value: (x) => scale(add(exp(x), exp(neg(x))), -1),
    special: at(Infinity, Infinity, 1),
    hard: [710.4758600739439, 709.78, 89.41598629223294, 0.34657359, 1.0397207, 1e-8],
    ranges: wide,
  },
  asinh: {
    bound: 2.5,
    // log(1 + x + x²/(1 + √(x² + 1)))
    value: odd((x) => log1p(add(x, div(square(x), add(one, big.sqrt(add(square(x), one))))))),
    special: at(-Infinity, Infinity, "odd"),
    hard: [2 ** 30, 2 ** 14, 0.4142135, 0.35355339, 1e-8],
    ranges: [
      [-1, 1],
      [-5, 5],
      [-1e5, 1e5],
    ],
  },
  acosh: {
    bound: 2.5,
    value: (x) => {
      const t = sub(x, one);
      return log1p(add(t, big.sqrt(mul(t, add(t, from(2))))));
    },
    special: (x) => (x === 1 ? 0 : !(x > 1) ? Number.NaN : x === Infinity ? x : undefined),
    hard: [1, 2 ** 30, 2 ** 14, 1.0606601],
    ranges: [
      [1, 1.1],
      [1, 2],
      [1, 10],
      [1, 1e5],
    ],
  },
  atanh: {
    bound: 2.5,
    value: odd((x) => scale(log1p(div(scale(x, 1), sub(one, x))), -1)),
    special: (x) =>
      Math.abs(x) === 1 ? x * Infinity : !(Math.abs(x) < 1) ? Number.NaN : x === 0 ? x : undefined,
    hard: [1, -1, 0.1715728, 1e-8],
    ranges: [
      [-1, 1],
      [-0.3, 0.3],
      [0.99, 1],
    ],
  },
  cbrt: {
    bound: 1.5,
    value: odd((x) => big.rootOf(x, 3)),
    special: (x) => (x === 0 || !Number.isFinite(x) ? x : undefined),
    hard: [1, 8, 27, 0.125, Math.SQRT1_2, Math.SQRT2],
    ranges: [
      [-1, 1],
      [1, 8],
      [-1000, 1000],
    ],
  },
  hypot: {
    arity: 2,
    bound: 1.5,
    value: (x, y) => big.sqrt(add(square(x), square(y))),
    special: (x, y) => {
      if (Math.abs(x) === Infinity || Math.abs(y) === Infinity) return Infinity;
      return Number.isNaN(x + y) ? Number.NaN : x === 0 && y === 0 ? 0 : undefined;
    },
    hard: [1, 3, 4, 2 ** 500, 2 ** -400, 2 ** 60, 2 ** -40, 2 ** -45, 2 ** -600],
    ranges: [
      [0, 1],
      [1, 2],
      [-10, 10],
    ],
  },
  power: {
    arity: 2,
    bound: 2.5,
    value: (x, y) => {
      const size = exp(mul(y, big.log(big.abs(x))));
      return x.m < 0n && big.toNumber(y) % 2 !== 0 ? neg(size) : size;
    },
    special: (x, y) => {
      if (y === 0 || x === 1) return 1;
      if (x === -1 && Math.abs(y) === Infinity) return 1;
      if (y === 1) return x;
      if (!(x !== 0 && Number.isFinite(x) && Number.isFinite(y))) return x ** y;
      return x < 0 && !Number.isInteger(y) ? Number.NaN : undefined;
    },
    hard: [1, -1, 0.5, 2, 3, -2, 1000, 0.999, 1.001, 1.5, -0.5],
    ranges: [
      [0.5, 2],
      [0, 20],
      [-10, 10],
      [-300, 300],
    ],
  },
};
