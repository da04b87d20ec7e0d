import { tensorsOf } from "../../harness/cotangent.mjs";
import { add, exp, grad, jit, mul, negative, square, sum, tanh } from "../../library.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */

/** @param {Tensor} x @param {Tensor} w @param {Tensor} b */
const f = (x, w, b) => sum(mul(square(tanh(add(mul(x, w), b))), exp(negative(square(x)))));

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs) => {
    const { x, w, b } = tensorsOf(inputs);
    const gradient = jit(grad(f));
    let result = gradient(x, w, b);
    return {
      run: () => {
        result = gradient(x, w, b);
      },
      results: () => [result.data],
    };
  },
  flat: (inputs) => {
    const { x, w, b } = tensorsOf(inputs);
    const { inputs: from, outputs, run } = jit(grad(f)).flat(x, w, b);
    for (const [i, { data }] of [x, w, b].entries()) from[i].set(data);
    return { run, results: () => outputs };
  },
};
