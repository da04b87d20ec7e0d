import { randomSource } from "../../harness/random.mjs";

/**
 * @param {import("../../harness/types.js").Parameters} parameters
 * @returns {import("../../harness/types.js").Workload}
 */
export const workload = ({ rows, columns }) => ({
  what: `gradient of mean((Xw − y)²), X ${rows} × ${columns}`,
  dtype: "f32",
  outputs: [{ name: "gradient" }],
  inputs: () => {
    const random = randomSource(2);
    return {
      w: random.uniform([Number(columns)]),
      x: random.uniform([Number(rows), Number(columns)]),
      y: random.uniform([Number(rows)]),
    };
  },
});
