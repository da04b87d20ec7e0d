import { grad, numpy as np } from "@jax-js/jax";
import { arraysOf, repeated } from "../../harness/jax.mjs";

const loss = (w, x, y) => np.mean(np.square(np.matmul(x, w).sub(y)));

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs) => {
    const { w, x, y } = arraysOf(inputs);
    return repeated(grad(loss), [w, x, y]);
  },
};
