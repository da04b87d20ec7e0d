import { numpy as np, valueAndGrad } from "@jax-js/jax";
import { arraysOf, repeated } from "../../harness/jax.mjs";

function rosenbrock(x) {
  const here = x.ref.slice([0, -1]);
  const next = x.slice([1]);
  const u = next.sub(np.square(here.ref));
  return np
    .square(u)
    .mul(100)
    .add(np.square(here.mul(-1).add(1)))
    .sum();
}

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs) => repeated(valueAndGrad(rosenbrock), [arraysOf(inputs).x]),
};
