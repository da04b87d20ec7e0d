import { numpy as np } from "@jax-js/jax";
import { arraysOf, repeated } from "../../harness/jax.mjs";

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs) => {
    const { a, b } = arraysOf(inputs);
    return repeated((a, b) => np.matmul(a, b), [a, b]);
  },
};
