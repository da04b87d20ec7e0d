import { numpy as np, valueAndGrad } from "@jax-js/jax";
import { arraysOf, repeated } from "../../harness/jax.mjs";

const f = ({ a, b, d, e }) => np.square(a.add(e).mul(b.sub(d)));

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs) => repeated(valueAndGrad(f), [arraysOf(inputs)]),
};
