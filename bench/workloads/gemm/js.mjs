/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": ({ a, b }, { n }) => {
    const [x, y] = /** @type {Float32Array[]} */ ([a?.data, b?.data]);
    const to = new Float32Array(x.length);
    return { run: () => product(to, x, y, Number(n)), results: () => [to] };
  },
};

/**
 * Row by row of B, so that memory is read in order.
 * @param {Float32Array} to
 * @param {Float32Array} a
 * @param {Float32Array} b
 * @param {number} n
 */
function product(to, a, b, n) {
  to.fill(0);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k];
      for (let j = 0; j < n; j++) to[i * n + j] += factor * b[k * n + j];
    }
}
