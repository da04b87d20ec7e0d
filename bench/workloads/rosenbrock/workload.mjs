/**
 * @param {import("../../harness/types.js").Parameters} parameters
 * @returns {import("../../harness/types.js").Workload}
 */
export const workload = ({ n }) => ({
  what: `value and gradient of Σ 100(x₊ − x²)² + (1 − x)², ${n} variables`,
  dtype: "f64",
  outputs: [{ name: "value" }, { name: "gradient" }],
  inputs: () => ({
    x: {
      shape: [Number(n)],
      data: Float64Array.from({ length: Number(n) }, (_, i) => 1 + Math.sin(i) / 2),
    },
  }),
});
