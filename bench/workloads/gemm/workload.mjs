import { randomSource } from "../../harness/random.mjs";

/**
 * @param {import("../../harness/types.js").Parameters} parameters
 * @returns {import("../../harness/types.js").Workload}
 */
export const workload = ({ n }) => ({
  what: `A·B, ${n} × ${n}`,
  dtype: "f32",
  outputs: [{ name: "product" }],
  inputs: () => {
    const random = randomSource(3);
    return { a: random.uniform([Number(n), Number(n)]), b: random.uniform([Number(n), Number(n)]) };
  },
});
