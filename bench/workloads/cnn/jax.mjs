import { lax, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { arraysOf, training } from "../../harness/jax.mjs";

/** The largest of each 2 × 2: `reduceWindow` has no gradient of its own, so by reshaping. */
function pooled(x) {
  const [batch, channels, height, width] = x.shape;
  return np.max(x.reshape([batch, channels, height / 2, 2, width / 2, 2]), [3, 5]);
}

const layer = (x, w, c) => pooled(nn.relu(lax.conv(x, w, [1, 1], "SAME").add(c)));

function loss({ w1, c1, w2, c2, d1, e1, d2, e2 }, x, y) {
  const batch = x.shape[0];
  const seen = layer(layer(x, w1, c1), w2, c2);
  const inner = nn.relu(np.matmul(seen.reshape([batch, -1]), d1).add(e1));
  const logits = np.matmul(inner, d2).add(e2);
  return np.mean(y.mul(nn.logSoftmax(logits, 1)).sum(1)).neg();
}

function step(parameters, x, y) {
  const [value, gradient] = valueAndGrad(loss)(tree.ref(parameters), x, y);
  return [value, tree.map((p, g) => p.sub(g.mul(0.1)), parameters, gradient)];
}

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs) => {
    const { x, y, ...parameters } = arraysOf(inputs);
    return training(step, parameters, [x, y]);
  },
};
