import { tensorsOf } from "../../harness/cotangent.mjs";
import { jit, matmul } from "../../library.mjs";

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs) => {
    const { a, b } = tensorsOf(inputs);
    const product = jit(matmul);
    let result = product(a, b);
    return {
      run: () => {
        result = product(a, b);
      },
      results: () => [result.data],
    };
  },
};
