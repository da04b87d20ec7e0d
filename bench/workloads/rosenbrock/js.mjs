/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": ({ x }) => {
    const point = /** @type {Float64Array} */ (x?.data);
    const value = new Float64Array(1);
    const gradient = new Float64Array(point.length);
    return {
      run: () => {
        value[0] = rosenbrock(point, gradient);
      },
      results: () => [value, gradient],
    };
  },
};

/** @param {Float64Array} x @param {Float64Array} gradient */
function rosenbrock(x, gradient) {
  const last = x.length - 1;
  let value = 0;
  let carried = 0;
  for (let i = 0; i < last; i++) {
    const here = /** @type {number} */ (x[i]);
    const u = /** @type {number} */ (x[i + 1]) - here * here;
    const v = 1 - here;
    value += 100 * u * u + v * v;
    gradient[i] = carried - 400 * u * here - 2 * v;
    carried = 200 * u;
  }
  gradient[last] = carried;
  return value;
}
