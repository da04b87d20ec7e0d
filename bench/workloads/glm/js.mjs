/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": ({ w, x, y }) => {
    const [weights, matrix, targets] = /** @type {Float32Array[]} */ ([w?.data, x?.data, y?.data]);
    const sums = new Float64Array(weights.length);
    return { run: () => gradient(sums, weights, matrix, targets), results: () => [sums] };
  },
};

/**
 * @param {Float64Array} to
 * @param {Float32Array} w
 * @param {Float32Array} x
 * @param {Float32Array} y
 */
function gradient(to, w, x, y) {
  const columns = w.length;
  const rows = y.length;
  to.fill(0);
  for (let i = 0, row = 0; i < rows; i++, row += columns) {
    let residual = -y[i];
    for (let j = 0; j < columns; j++) residual += x[row + j] * w[j];
    const weight = (2 / rows) * residual;
    for (let j = 0; j < columns; j++) to[j] += weight * x[row + j];
  }
}
