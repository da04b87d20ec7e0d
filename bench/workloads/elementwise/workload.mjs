import { randomSource } from "../../harness/random.mjs";

/**
 * @param {import("../../harness/types.js").Parameters} parameters
 * @returns {import("../../harness/types.js").Workload}
 */
export const workload = ({ n }) => ({
  what: `d/dx Σ tanh(xw + b)²·exp(−x²), ${n} elements, w and b numbers`,
  dtype: "f32",
  outputs: [{ name: "gradient" }],
  inputs: () => {
    const random = randomSource(1);
    return {
      x: random.uniform([Number(n)], 2),
      w: random.full([], 0.7),
      b: random.full([], 0.1),
    };
  },
});
