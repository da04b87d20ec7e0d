/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  tree: (inputs) => {
    const point = pointOf(inputs);
    let [value, partials] = gradient(point);
    return {
      run: () => {
        [value, partials] = gradient(point);
      },
      results: () => [value, partials.a, partials.b, partials.d, partials.e].map((x) => [x]),
    };
  },
  flat: (inputs) => {
    const { a, b, d, e } = pointOf(inputs);
    const from = Float64Array.of(a, b, d, e);
    const to = new Float64Array(5);
    return { run: () => gradientInto(to, from), results: () => Array.from(to, (x) => [x]) };
  },
};

/** @typedef {Record<"a" | "b" | "d" | "e", number>} Point */

/** @param {Point} point @returns {[number, Point]} */
function gradient({ a, b, d, e }) {
  const u = a + e;
  const v = b - d;
  const h = u * v;
  const ofU = 2 * h * v;
  const ofV = 2 * h * u;
  return [h * h, { a: ofU, b: ofV, d: -ofV, e: ofU }];
}

/** @param {Float64Array} to @param {Float64Array} from */
function gradientInto(to, from) {
  const u = /** @type {number} */ (from[0]) + /** @type {number} */ (from[3]);
  const v = /** @type {number} */ (from[1]) - /** @type {number} */ (from[2]);
  const h = u * v;
  to[0] = h * h;
  to[1] = 2 * h * v;
  to[2] = 2 * h * u;
  to[3] = -2 * h * u;
  to[4] = 2 * h * v;
}

/** @param {import("../../harness/types.js").Inputs} inputs */
const pointOf = ({ a, b, d, e }) => ({
  a: Number(a?.data[0]),
  b: Number(b?.data[0]),
  d: Number(d?.data[0]),
  e: Number(e?.data[0]),
});
