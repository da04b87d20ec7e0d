import { randomSource } from "../../harness/random.mjs";

/** Sequences, tokens of each, length of a token, hidden layer. */
const [batch, tokens, width, hidden] = [8, 128, 128, 512];
const names = ["b1", "b2", "g1", "g2", "o1", "o2", "w1", "w2", "wk", "wo", "wq", "wv"];

/** @returns {import("../../harness/types.js").Workload} */
export const workload = () => ({
  what: `SGD step of a transformer block: batch ${batch} × ${tokens}, width ${width}, 4 heads, MLP × 4, mean((out − y)²)`,
  dtype: "f32",
  outputs: [{ name: "loss" }, ...names.map((name) => ({ name, from: name }))],
  inputs: () => {
    const random = randomSource(6);
    const square = () => random.uniform([width, width], 0.15);
    return {
      x: random.uniform([batch, tokens, width]),
      y: random.uniform([batch, tokens, width]),
      wq: square(),
      wk: square(),
      wv: square(),
      wo: square(),
      // gain and offset of the two normalisations
      g1: random.full([width], 1),
      o1: random.full([width], 0),
      g2: random.full([width], 1),
      o2: random.full([width], 0),
      w1: random.uniform([width, hidden], 0.15),
      b1: random.full([hidden], 0),
      w2: random.uniform([hidden, width], 0.08),
      b2: random.full([width], 0),
    };
  },
});
