// The logarithm of a Gaussian mixture's posterior density, with a Wishart prior on the covariances.
import {
  add,
  exp,
  expandDims,
  eye,
  grad,
  lgamma,
  logsumexp,
  matmul,
  mul,
  square,
  sub,
  sum,
  swapaxes,
  take,
  tensor,
} from "../../library.mjs";
import { block, program, scalar } from "../program.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */
/**
 * @typedef {{ d: number, k: number, n: number, m: number, gamma: number }} Sizes
 * @typedef {Sizes & Record<"alpha", number[]> & Record<"x" | "mu" | "q" | "l", number[][]>} Input
 */

/** Where the strict lower triangle's elements are in l, which holds it column by column; elsewhere none. */
function trianglePlaces(/** @type {number} */ d) {
  const before = (/** @type {number} */ c) => c * d - (c * (c + 1)) / 2;
  const place = (/** @type {number} */ r, /** @type {number} */ c) =>
    r > c ? before(c) + r - c - 1 : before(d);
  const rows = Array.from({ length: d }, (_, r) =>
    Array.from({ length: d }, (_, c) => place(r, c)),
  );
  return tensor(rows, { dtype: "i32" });
}

/** The factors Q [k, d, d]: exp(q) on the diagonal, l below it. */
function factors(/** @type {Tensor} */ q, /** @type {Tensor} */ l, /** @type {number} */ d) {
  const diagonal = mul(eye(d), expandDims(exp(q), 2));
  if (d === 1) return diagonal;
  return add(diagonal, take(l, trianglePlaces(d), { axis: 1, mode: "fill", fillValue: 0 }));
}

/** log Γ_d(a), the multivariate gamma function, without its factor π^(d(d−1)/4). */
const logGammas = (/** @type {number} */ a, /** @type {number} */ d) =>
  sum(lgamma(tensor(Array.from({ length: d }, (_, j) => a - j / 2))));

/** @param {Sizes} sizes */
function prior({ d, k, m, gamma }, /** @type {Tensor} */ q, /** @type {Tensor} */ l) {
  const freedom = d + m + 1;
  const constant = sub(
    freedom * d * Math.log(gamma / Math.SQRT2) - (d * (d - 1) * Math.log(Math.PI)) / 4,
    logGammas(freedom / 2, d),
  );
  const squares = add(sum(square(exp(q))), sum(square(l)));
  return add(mul(k, constant), sub(mul(m, sum(q)), mul((gamma * gamma) / 2, squares)));
}

/** @param {Sizes} sizes */
const objective =
  (sizes) =>
  (
    /** @type {Tensor} */ alpha,
    /** @type {Tensor} */ mu,
    /** @type {Tensor} */ q,
    /** @type {Tensor} */ l,
    /** @type {Tensor} */ x,
  ) => {
    const { n, d } = sizes;
    // [k, n, d]: every point as every component sees it
    const deviations = sub(x, expandDims(mu, 1));
    const whitened = matmul(deviations, swapaxes(factors(q, l, d), 1, 2));
    const weights = expandDims(add(alpha, sum(q, { axis: 1 })), 1);
    const densities = sub(weights, mul(0.5, sum(square(whitened), { axis: 2 })));
    const likelihood = sub(sum(logsumexp(densities, { axis: 0 })), mul(n, logsumexp(alpha)));
    return add(sub(likelihood, (n * d * Math.log(2 * Math.PI)) / 2), prior(sizes, q, l));
  };

const parameters = (/** @type {Input} */ { alpha, mu, q, l, x }) => [alpha, mu, q, l, x].map(block);

/** @param {Input} input */
function jacobian(input) {
  const { d, k } = input;
  const rows = (/** @type {Float64Array} */ flat, /** @type {number} */ width) =>
    Array.from({ length: k }, (_, i) => flat.subarray(i * width, (i + 1) * width));
  return program(
    grad(objective(input), { argnums: [0, 1, 2, 3] }),
    parameters(input),
    (alpha, mu, q, l) => ({
      alpha,
      mu: rows(mu, d),
      q: rows(q, d),
      l: rows(l, (d * (d - 1)) / 2),
    }),
  );
}

export default {
  objective: (/** @type {Input} */ input) => program(objective(input), parameters(input), scalar),
  jacobian,
};
