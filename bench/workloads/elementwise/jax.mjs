import { grad, numpy as np } from "@jax-js/jax";
import { arraysOf, repeated } from "../../harness/jax.mjs";

const f = (x, w, b) =>
  np
    .square(np.tanh(x.ref.mul(w).add(b)))
    .mul(np.exp(np.square(x).neg()))
    .sum();

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs) => {
    const { x, w, b } = arraysOf(inputs);
    return repeated(grad(f), [x, w, b]);
  },
};
