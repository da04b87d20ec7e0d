import { directions, dot } from "./directions.mjs";
import { add, dual, mul, scale } from "./duals.mjs";
import { times } from "./random.mjs";

/** @typedef {import("./duals.mjs").Dual} Dual */

/** y(2) in s steps. @param {Dual[]} x @param {number} s */
function solve(x, s) {
  const h = 2 / s;
  let y = x.map(() => dual(0));
  const plus = (/** @type {number} */ k, /** @type {Dual[]} */ slope) =>
    y.map((value, i) => add(value, scale(k, slope[i])));
  const slope = (/** @type {Dual[]} */ at) =>
    x.map((value, i) => (i === 0 ? value : mul(value, at[i - 1])));
  for (let step = 0; step < s; step++) {
    const k1 = slope(y);
    const k2 = slope(plus(h / 2, k1));
    const k3 = slope(plus(h / 2, k2));
    const k4 = slope(plus(h, k3));
    const total = k1.map((_, i) => add(add(k1[i], k4[i]), add(scale(2, k2[i]), scale(2, k3[i]))));
    y = plus(h / 6, total);
  }
  return y;
}

const workloads = [1000, 10000, 100000]
  .flatMap((n) => [1, 10, 100].map((s) => ({ n, s })))
  .sort((a, b) => a.n * a.s - b.n * b.s);

/** @type {import("./types.js").Check} */
export default {
  functions: () => ({ primal: "primal", derivative: "gradient" }),
  sizes: {
    small: [
      { n: 1, s: 3 },
      { n: 4, s: 7 },
      { n: 40, s: 10 },
    ],
    default: workloads,
    full: [{ n: 100000, s: 1000 }],
  },
  input: ({ n, s }, { uniform }) => ({ x: times(n, uniform), s }),
  compare({ x, s }, primal, gradient, random) {
    const along = directions(x.length, random, 1);
    const expected = along.map((v) =>
      solve(
        x.map((xi, i) => dual(xi, v[i])),
        s,
      ),
    );
    const derivative = expected.map((y) => /** @type {Dual} */ (y.at(-1)).d);
    // the solution shrinks like 2ⁱ/i!: compared in its own size
    const size = Math.max(Number.MIN_VALUE, ...derivative.map(Math.abs));
    const unit = size > 1e-280 ? 1 / size : 1;
    return [
      { what: "primal", got: primal, want: expected[0].map(({ v }) => v), bound: 1e-12 },
      {
        what: "gradient, scaled",
        got: along.map((v) => unit * dot(gradient, v)),
        want: derivative.map((d) => unit * d),
        bound: 1e-9,
      },
    ];
  },
};
