import { randomSource } from "../../harness/random.mjs";

const batch = 64;
const names = ["c1", "c2", "d1", "d2", "e1", "e2", "w1", "w2"];

/** @returns {import("../../harness/types.js").Workload} */
export const workload = () => ({
  what: `SGD step of a convolutional network: 28 × 28, 5 × 5 to 16, pool, 5 × 5 to 32, pool, 128, 10; batch ${batch}`,
  dtype: "f32",
  outputs: [{ name: "loss" }, ...names.map((name) => ({ name, from: name }))],
  inputs: () => {
    const random = randomSource(7);
    return {
      x: random.uniform([batch, 1, 28, 28]),
      y: random.oneHot(batch, 10),
      // windows and offsets of the convolutions, [outputs, inputs, height, width]; weights and offsets of the layers
      w1: random.uniform([16, 1, 5, 5], 0.3),
      c1: random.full([16, 1, 1], 0),
      w2: random.uniform([32, 16, 5, 5], 0.08),
      c2: random.full([32, 1, 1], 0),
      d1: random.uniform([1568, 128], 0.05),
      e1: random.full([128], 0),
      d2: random.uniform([128, 10], 0.2),
      e2: random.full([10], 0),
    };
  },
});
