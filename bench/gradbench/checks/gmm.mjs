import { add, dual, exp, logsumexp, mul, scale, sub, sum } from "./duals.mjs";
import { againstDuals } from "./gradient.mjs";
import { times } from "./random.mjs";

/** @typedef {import("./duals.mjs").Dual} Dual */

/** log Γ(a) for multiples of ½, by Γ(a + 1) = a Γ(a). @param {number} a @returns {number} */
const logGamma = (a) =>
  a === 0.5 ? Math.log(Math.PI) / 2 : a === 1 ? 0 : Math.log(a - 1) + logGamma(a - 1);

/** The parameters in one row: alpha, mu, q, l. @param {any} input @param {Dual[]} row @returns {Dual} */
function objective({ d, k, n, m, gamma, x }, row) {
  const low = (d * (d - 1)) / 2;
  const part = (/** @type {number} */ from, /** @type {number} */ width, /** @type {number} */ c) =>
    row.slice(from + c * width, from + (c + 1) * width);
  const alpha = row.slice(0, k);
  const components = times(k, (c) => {
    const q = part(k + k * d, d, c);
    const l = part(k + 2 * k * d, low, c);
    return { mu: part(k, d, c), q, l, scales: q.map(exp), weight: add(alpha[c], sum(q)) };
  });
  /** ‖Q(x − μ)‖², column after column of Q. */
  const distance = ({ mu, l, scales }, /** @type {number[]} */ point) => {
    const off = mu.map((center, j) => sub(dual(point[j]), center));
    const y = off.map((o, j) => mul(scales[j], o));
    let at = 0;
    for (let c = 0; c < d; c++)
      for (let r = c + 1; r < d; r++) y[r] = add(y[r], mul(l[at++], off[c]));
    return sum(y.map((v) => mul(v, v)));
  };
  const likelihood = sum(
    x.map((/** @type {number[]} */ point) =>
      logsumexp(components.map((each) => sub(each.weight, scale(0.5, distance(each, point))))),
    ),
  );
  const freedom = d + m + 1;
  const gammas = times(d, (j) => logGamma((freedom - j) / 2)).reduce((a, b) => a + b, 0);
  const constant =
    freedom * d * (Math.log(gamma) - Math.log(2) / 2) -
    (d * (d - 1) * Math.log(Math.PI)) / 4 -
    gammas;
  const prior = components.map(({ q, l, scales }) => {
    const squares = sum([...scales, ...l].map((v) => mul(v, v)));
    return add(dual(constant), sub(scale(m, sum(q)), scale((gamma * gamma) / 2, squares)));
  });
  const mixture = sub(likelihood, scale(n, logsumexp(alpha)));
  return add(dual((-n * d * Math.log(2 * Math.PI)) / 2), add(mixture, sum(prior)));
}

const workloads = (/** @type {number[]} */ ds, /** @type {number[]} */ ks) =>
  ds.flatMap((d) => ks.map((k) => ({ d, k, n: 1000 }))).sort((a, b) => a.d * a.k - b.d * b.k);

/** @type {import("./types.js").Check} */
export default {
  functions: () => ({ primal: "objective", derivative: "jacobian" }),
  sizes: {
    small: [
      { d: 2, k: 5, n: 20, m: 0, gamma: 1 },
      { d: 5, k: 3, n: 11, m: 2, gamma: 0.7 },
    ],
    default: workloads([2, 10, 20, 32, 64], [5, 10, 25, 50, 100]),
    full: [{ d: 128, k: 200, n: 1000 }],
  },
  input({ d, k, n, m = 0, gamma = 1 }, { uniform, normal }) {
    const matrix = (
      /** @type {number} */ rows,
      /** @type {number} */ columns,
      /** @type {() => number} */ of,
    ) => times(rows, () => times(columns, of));
    return {
      ...{ d, k, n, m, gamma },
      x: matrix(n, d, normal),
      alpha: times(k, normal),
      mu: matrix(k, d, uniform),
      q: matrix(k, d, normal),
      l: matrix(k, (d * (d - 1)) / 2, normal),
    };
  },
  compare(input, value, gradient, random) {
    const row = ({ alpha, mu, q, l }) => [alpha, mu, q, l].flat(2);
    return againstDuals((x) => objective(input, x), row(input), value, row(gradient), random);
  },
};
