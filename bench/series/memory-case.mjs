// One series of calls in this process; prints the resident memory in MB after some of them.

import { tensorsOf } from "../harness/cotangent.mjs";
import { randomSource } from "../harness/random.mjs";
import { grad, jit, mul, sum } from "../library.mjs";
import { trainingStep } from "../workloads/mlp/cotangent.mjs";

/** @typedef {import("../library.mjs").Tensor} Tensor */

const marks = [1, 10, 100, 200, 500, 1000, 2000, 3000, 5000, 7000, 10_000];

/** @type {Record<string, { calls: number, call: (i: number) => void }>} */
const cases = {
  /** A small network is trained; nothing is disposed. */
  training: { calls: 10_000, call: trainer() },
  /** The same, and each step takes its parameters over where they lie. */
  donated: { calls: 10_000, call: trainer({ donate: 0 }) },
  /** Each call has a structure of its own, and is compiled. */
  signatures: { calls: 3000, call: strangers() },
};

const { calls, call } = cases[process.argv[2]];
const series = [];
for (let i = 1; i <= calls; i++) {
  call(i);
  if (marks.includes(i)) series.push({ calls: i, megabytes: process.memoryUsage().rss / 2 ** 20 });
}
console.log(JSON.stringify(series));

/** @param {import("../../dist/index.js").JitOptions} [options] */
function trainer(options) {
  const random = randomSource(9);
  const { x, y, ...start } = tensorsOf({
    x: random.uniform([64, 256]),
    y: random.oneHot(64, 10),
    w1: random.uniform([256, 128], 0.1),
    b1: random.full([128], 0),
    w2: random.uniform([128, 64], 0.1),
    b2: random.full([64], 0),
    w3: random.uniform([64, 10], 0.1),
    b3: random.full([10], 0),
  });
  const step = jit(trainingStep, options);
  let parameters = start;
  return () => {
    [, parameters] = step(parameters, x, y);
  };
}

function strangers() {
  const gradient = jit(
    grad((/** @type {Record<string, Tensor>} */ tree) => {
      const [x] = Object.values(tree);
      return sum(mul(x, mul(x, x)));
    }),
  );
  return (/** @type {number} */ i) => {
    gradient({ [`x${i}`]: new Float64Array(20) });
  };
}
