import { randomSource } from "../../harness/random.mjs";

const [batch, ...widths] = [128, 784, 512, 256, 10];
const classes = widths[widths.length - 1];

/**
 * @param {import("../../harness/types.js").Parameters} parameters
 * @returns {import("../../harness/types.js").Workload}
 */
export const workload = ({ optimizer }) => ({
  what: `${optimizer === "adam" ? "Adam" : "SGD"} step, ${widths.join("-")}, relu, softmax cross entropy, batch ${batch}`,
  dtype: "f32",
  steps: 2,
  outputs: [
    { name: "loss" },
    ...["b1", "b2", "b3", "w1", "w2", "w3"].map((name) => ({ name, from: name })),
  ],
  inputs: () => {
    const random = randomSource(4);
    const layer = (/** @type {number} */ k) => ({
      [`w${k}`]: random.uniform([widths[k - 1], widths[k]], Math.sqrt(6 / widths[k - 1])),
      [`b${k}`]: random.full([widths[k]], 0),
    });
    return {
      x: random.uniform([batch, widths[0]]),
      y: random.oneHot(batch, classes),
      ...layer(1),
      ...layer(2),
      ...layer(3),
    };
  },
});
