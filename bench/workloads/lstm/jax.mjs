import { nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { arraysOf, training } from "../../harness/jax.mjs";

// jax-js has no scan: the steps are unrolled
function unrolled({ w, u, b }, xs, shape) {
  const steps = xs.shape[0];
  let h = np.zeros(shape, { dtype: np.float32 });
  let c = np.zeros(shape, { dtype: np.float32 });
  for (let t = 0; t < steps; t++) {
    const x = xs.ref.slice(t);
    const gates = np.matmul(x, w.ref).add(np.matmul(h, u.ref)).add(b.ref);
    const [i, f, g, o] = np.split(gates, 4, 1);
    c = nn
      .sigmoid(f)
      .mul(c)
      .add(nn.sigmoid(i).mul(np.tanh(g)));
    h = nn.sigmoid(o).mul(np.tanh(c.ref));
  }
  tree.dispose([w, u, b, xs, c]);
  return h;
}

const loss = (parameters, xs, y) => np.mean(np.square(unrolled(parameters, xs, y.shape).sub(y)));

function step(parameters, xs, y) {
  const [value, gradient] = valueAndGrad(loss)(tree.ref(parameters), xs, y);
  return [value, tree.map((p, g) => p.sub(g.mul(0.1)), parameters, gradient)];
}

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs) => {
    const { xs, y, ...parameters } = arraysOf(inputs);
    return training(step, parameters, [xs, y]);
  },
};
