import { tensorsOf } from "../../harness/cotangent.mjs";
import { grad, jit, matmul, mean, square, sub } from "../../library.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */

/** @param {Tensor} w @param {Tensor} x @param {Tensor} y */
const loss = (w, x, y) => mean(square(sub(matmul(x, w), y)));

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs) => {
    const { w, x, y } = tensorsOf(inputs);
    const gradient = jit(grad(loss));
    let result = gradient(w, x, y);
    return {
      run: () => {
        result = gradient(w, x, y);
      },
      results: () => [result.data],
    };
  },
};
