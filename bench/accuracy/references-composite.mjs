import { at, ends, nan, near1, tails, wide } from "./arguments.mjs";
import * as big from "./big.mjs";

/** @typedef {import("./measure.mjs").Reference} Reference @typedef {import("./big.mjs").Big} Big */

import { tanhOf } from "./references-elementary.mjs";

const { add, div, exp, expm1, from, log1p, mul, neg, one, scale, sub } = big;

const SQRT_8_PER_PI = big.sqrt(div(from(8), big.PI));

/** @param {Big} x */
const square = (x) => mul(x, x);
/** @param {Big} x */
const sigmoidOf = (x) => div(one, add(one, exp(neg(x))));
/** @param {Big} x @returns {Big} */
const softplusOf = (x) => (big.sign(x) > 0 ? add(x, softplusOf(neg(x))) : log1p(exp(x)));

/** log(1/q − 1), 0 < q ≤ ½. @param {Big} q */
function logitOf(q) {
  return big.exponent(q) < -3
    ? sub(log1p(neg(q)), big.log(q))
    : log1p(div(sub(one, scale(q, 1)), q));
}

/** @param {Big} x @param {Big} y */
function logRatioOf(x, y) {
  const isNear = Math.abs(big.exponent(x) - big.exponent(y)) < 2;
  return isNear ? log1p(div(sub(x, y), y)) : sub(big.log(x), big.log(y));
}

/** @type {Record<string, Reference>} */
export const composite = {
  sigmoid: { bound: 2.5, value: sigmoidOf, special: at(0, 1), hard: ends, ranges: tails },
  silu: {
    bound: 2.5,
    value: (x) => mul(x, sigmoidOf(x)),
    special: at(-0, Infinity, "odd"),
    hard: ends,
    ranges: tails,
  },
  softplus: { bound: 2.5, value: softplusOf, special: at(0, Infinity), hard: ends, ranges: tails },
  logSigmoid: {
    bound: 2.5,
    value: (x) => neg(softplusOf(neg(x))),
    special: at(-Infinity, -0),
    hard: ends.map((x) => -x),
    ranges: tails.map(([low, high]) => [-high, -low]),
  },

  mish: {
    bound: 2.5,
    value: (x) => mul(x, tanhOf(softplusOf(x))),
    special: at(-0, Infinity, "odd"),
    hard: ends,
    ranges: tails,
  },
  geluTanh: {
    bound: 2.5,
    value: (x) =>
      mul(x, sigmoidOf(mul(SQRT_8_PER_PI, add(x, mul(from(0.044715), mul(x, square(x))))))),
    special: at(-0, Infinity, "odd"),
    hard: [-21, -10, -1, -5, 1, 5],
    ranges: [
      [-3, 3],
      [-11, 5],
      [-22, 5],
    ],
  },
  softSign: {
    bound: 2.5,
    value: (x) => div(x, add(one, big.abs(x))),
    special: at(-1, 1, "odd"),
    ranges: wide,
  },
  sechSquared: {
    bound: 2.5,
    value: (x) => {
      const e = exp(scale(neg(big.abs(x)), 1));
      return div(scale(e, 2), square(add(one, e)));
    },
    special: at(0, 0, 1),
    hard: [-372, -354, -50, -44],
    ranges: [
      [-2, 2],
      [-10, 10],
      [-52, 52],
      [-373, 373],
    ],
  },
  gaussian: {
    bound: 2.5,
    value: (x) => exp(neg(square(x))),
    special: at(0, 0, 1),
    hard: [26.6, 27.2, 9.3, 10.1],
    ranges: [
      [-2, 2],
      [-11, 11],
      [-28, 28],
    ],
  },
  normalDensity: {
    bound: 2.5,
    value: (x) => div(exp(neg(scale(square(x), -1))), big.sqrt(scale(big.PI, 1))),
    special: at(0, 0),
    hard: [37.6, 38.5, 13.2, 14.3],
    ranges: [
      [-2, 2],
      [-15, 15],
      [-39, 39],
    ],
  },
  xlogy: {
    arity: 2,
    bound: 2.5,
    value: (x, y) => mul(x, big.log(y)),
    special: (x, y) => {
      if (x === 0 && !Number.isNaN(y)) return 0;
      if (!Number.isFinite(x) || !Number.isFinite(y) || y <= 0 || y === 1) return x * Math.log(y);
    },
    hard: [1, 0, 2],
    ranges: near1,
  },
  xlog1py: {
    arity: 2,
    bound: 2.5,
    value: (x, y) => mul(x, log1p(y)),
    special: (x, y) => {
      if (x === 0 && !Number.isNaN(y)) return 0;
      if (!Number.isFinite(x) || !Number.isFinite(y) || y <= -1 || y === 0)
        return x * Math.log1p(y);
    },
    hard: [1, 0, -1],
    ranges: [
      [-1, 1],
      [-1, 20],
      [-0.1, 0.1],
    ],
  },
  entr: {
    bound: 2.5,
    value: (x) => neg(mul(x, big.log(x))),
    special: (x) =>
      x < 0 ? -Infinity : x === 0 || x === 1 ? 0 : x > 0 && x < Infinity ? undefined : 0 - x,
    hard: [1, 2 ** -1000],
    ranges: near1,
  },
  relEntr: {
    arity: 2,
    bound: 2.5,
    value: (x, y) => mul(x, x.m === y.m && x.e === y.e ? from(0) : logRatioOf(x, y)),
    special: (x, y) => {
      if (Number.isNaN(x + y)) return Number.NaN;
      if (x > 0 && y > 0)
        return x === y
          ? x === Infinity
            ? Number.NaN
            : 0
          : x === Infinity
            ? x
            : y === Infinity
              ? -y
              : undefined;
      return x === 0 && y >= 0 ? 0 : Infinity;
    },
    hard: [1, 1.4, 0.7, Math.SQRT2, Math.SQRT1_2, 2, 0.5],
    ranges: [
      [0, 1],
      [0.9, 1.1],
      [0.7, 1.5],
      [0, 100],
    ],
  },
  logit: {
    bound: 2.5,
    value: (p) => (big.compare(p, scale(one, -1)) < 0 ? neg(logitOf(p)) : logitOf(sub(one, p))),
    special: (p) =>
      p === 0.5
        ? 0
        : p === 0
          ? -Infinity
          : p === 1
            ? Infinity
            : !(p > 0 && p < 1)
              ? Number.NaN
              : undefined,
    hard: [0.5, 1, 0.25, 0.75, 2 ** -60, 2 ** -1030, 0.585786, 0.414213],
    ranges: [
      [0, 1],
      [0.4, 0.6],
      [0.49, 0.51],
      [0.9, 1],
    ],
  },
  log1mexp: {
    bound: 2.5,
    value: (x) => (big.toNumber(x) > 0.7 ? log1p(neg(exp(neg(x)))) : big.log(neg(expm1(neg(x))))),
    special: (x) => (x === 0 ? -Infinity : !(x > 0) ? Number.NaN : x === Infinity ? -0 : undefined),
    hard: [Math.LN2, 745, 708, 103, 88, 37, 17, 1],
    ranges: [
      [0, 1],
      [0.6, 0.8],
      [0, 40],
      [0, 110],
      [0, 750],
    ],
  },
  logAddExp: {
    arity: 2,
    bound: 2.5,
    scale: 1,
    value: (x, y) =>
      big.compare(x, y) < 0 ? add(y, log1p(exp(sub(x, y)))) : add(x, log1p(exp(sub(y, x)))),
    special: (x, y) => nan(x, y) ?? (Math.abs(x - y) < 1100 ? undefined : Math.max(x, y)),
    hard: [0, 1, -1, -Math.LN2, 700, -700],
    ranges: [
      [-1, 1],
      [-10, 10],
      [-100, 0],
      [-800, 800],
    ],
  },
  logAddExp2: {
    arity: 2,
    bound: 2.5,
    scale: 1,
    value: (x, y) => {
      const [most, least] = big.compare(x, y) < 0 ? [y, x] : [x, y];
      return add(most, div(log1p(exp(mul(big.LN2, sub(least, most)))), big.LN2));
    },
    special: (x, y) => nan(x, y) ?? (Math.abs(x - y) < 1100 ? undefined : Math.max(x, y)),
    hard: [0, 1, -1, -1.5, 1000, -1000],
    ranges: [
      [-1, 1],
      [-10, 10],
      [-100, 0],
      [-1100, 1100],
    ],
  },
};
