import { randomSource } from "../../harness/random.mjs";

/** Steps, rows of the batch, length of an input and of the state. */
const [steps, batch, width, hidden] = [50, 32, 128, 128];

/** @returns {import("../../harness/types.js").Workload} */
export const workload = () => ({
  what: `SGD step of an LSTM: ${steps} steps, hidden ${hidden}, batch ${batch}, mean((h − y)²) of the last h`,
  dtype: "f32",
  outputs: [
    { name: "loss" },
    { name: "b", from: "b" },
    { name: "u", from: "u" },
    { name: "w", from: "w" },
  ],
  inputs: () => {
    const random = randomSource(5);
    return {
      xs: random.uniform([steps, batch, width]),
      y: random.uniform([batch, hidden]),
      // gates side by side: input, forget, candidate, output
      w: random.uniform([width, 4 * hidden], 0.1),
      u: random.uniform([hidden, 4 * hidden], 0.1),
      b: random.full([4 * hidden], 0),
    };
  },
});
