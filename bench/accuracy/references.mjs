import * as big from "./big.mjs";

/** @typedef {import("./measure.mjs").Reference} Reference @typedef {import("./big.mjs").Big} Big */

const { add, div, from, mul, neg, one, scale, sub } = big;

/** e^x for any x: far out, numbers beyond all formats. @param {Big} x */
function exp(x) {
  if (big.exponent(x) < 13) return big.exp(x);
  return scale(one, big.sign(x) * 100000);
}
/** @param {Big} x */
const expm1 = (x) => (x.m !== 0n && big.exponent(x) >= 13 ? sub(exp(x), one) : big.expm1(x));

/** Results at ±∞, and at ±0 where those are exact; NaN of NaN. */
const at =
  (
    /** @type {number | undefined} */ low,
    /** @type {number | undefined} */ high,
    /** @type {"odd" | number | undefined} */ zero = undefined,
  ) =>
  (/** @type {number} */ x) => {
    if (Number.isNaN(x)) return x;
    if (x === Infinity) return high;
    if (x === -Infinity) return low;
    if (x === 0 && zero !== undefined) return zero === "odd" ? x : zero;
    return undefined;
  };

/** Of logarithms: defined for x > end. */
const above =
  (/** @type {number} */ end, /** @type {"odd" | undefined} */ zero = undefined) =>
  (/** @type {number} */ x) => {
    if (x === end) return -Infinity;
    if (!(x > end)) return Number.NaN;
    return x === Infinity ? x : x === 0 && zero === "odd" ? x : undefined;
  };

const LN10 = big.log(from(10));
const wide = /** @type {const} */ ([
  [-0.4, 0.4],
  [-3, 3],
  [-90, 90],
  [-750, 750],
]);
const near1 = /** @type {const} */ ([
  [0.5, 2],
  [0.9, 1.1],
  [0, 20],
]);

/** @param {Big} x tanh x for x ≥ 0, which e^−2x may leave at 1 */
function tanhOf(x) {
  const e = expm1(scale(x, 1));
  return div(e, add(e, from(2)));
}

/** Values to 45 digits and more, each by its definition. @type {Record<string, Reference>} */
export const references = {
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
    value: (x) => (x.m < 0n ? neg(tanhOf(neg(x))) : tanhOf(x)),
    special: at(-1, 1, "odd"),
    hard: [0.17328679, 0.5198603, 19, 9, 1e-8],
    ranges: [
      [-0.5, 0.5],
      [-3, 3],
      [-25, 25],
    ],
  },
};
/** @param {Big} x */
const sigmoidOf = (x) => div(one, add(one, exp(neg(x))));
/** @param {Big} x */
const softplusOf = (x) => (big.sign(x) > 0 ? add(x, softplusOf(neg(x))) : log1p(exp(x)));
/** log(1 + x) for x however small. @param {Big} x */
function log1p(x) {
  return x.m !== 0n && big.exponent(x) < -200 ? x : big.log1p(x);
}

const tails = /** @type {const} */ ([
  [-2, 2],
  [-40, 40],
  [-110, 20],
  [-760, 20],
]);
const ends = [-745, -708, -103, -88, -17, -37, 0.34657359, -0.34657359];

Object.assign(references, {
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
});
/** An odd function, given for x > 0. @param {(x: Big) => Big} positive @returns {(x: Big) => Big} */
const odd = (positive) => (x) => (x.m < 0n ? neg(positive(neg(x))) : positive(x));
/** @param {Big} x */
const square = (x) => mul(x, x);

Object.assign(references, {
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
});
/** @param {Big} x */
const halfSquare = (x) => scale(square(x), -1);
const SQRT_8_PER_PI = big.sqrt(div(from(8), big.PI));
/** @param {Big} x */
const mishOf = (x) => mul(x, tanhAny(softplusOf(x)));
/** tanh of x > 0 however small. @param {Big} x */
const tanhAny = (x) => (big.exponent(x) < -200 ? x : tanhOf(x));
/** NaN of NaN, else undefined. @param {readonly number[]} args */
const nan = (...args) => (args.some(Number.isNaN) ? Number.NaN : undefined);

Object.assign(references, {
  mish: { bound: 2.5, value: mishOf, special: at(-0, Infinity, "odd"), hard: ends, ranges: tails },
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
    value: (x) => div(exp(neg(halfSquare(x))), big.sqrt(scale(big.PI, 1))),
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
});

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
