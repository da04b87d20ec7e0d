import { directions, dot } from "./directions.mjs";
import { dual } from "./duals.mjs";

/**
 * Compares value and gradient of a function of a vector with those by dual numbers, along directions.
 * @param {(x: import("./duals.mjs").Dual[]) => import("./duals.mjs").Dual} f
 * @param {number[]} x
 * @param {number} value
 * @param {ArrayLike<number>} gradient
 * @param {import("./random.mjs").Distributions} random
 * @returns {import("./types.js").Comparison[]}
 */
export function againstDuals(f, x, value, gradient, random, bound = 1e-9) {
  const along = directions(x.length, random);
  const expected = along.map((v) => f(x.map((xi, i) => dual(xi, v[i]))));
  return [
    { what: "value", got: [value], want: [expected[0].v], bound },
    { what: "length", got: [gradient.length], want: [x.length], bound: 0 },
    {
      what: "derivative",
      got: along.map((v) => dot(gradient, v)),
      want: expected.map(({ d }) => d),
      bound,
    },
  ];
}
