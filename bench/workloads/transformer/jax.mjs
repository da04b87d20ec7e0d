import { nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { arraysOf, training } from "../../harness/jax.mjs";

const heads = 4;

function normalized(x, gain, offset) {
  const centred = x.ref.sub(np.mean(x, -1, { keepdims: true }));
  const variance = np.mean(np.square(centred.ref), -1, { keepdims: true });
  return centred
    .div(np.sqrt(variance.add(1e-5)))
    .mul(gain)
    .add(offset);
}

function attention({ wq, wk, wv, wo }, x) {
  const [batch, tokens, width] = x.shape;
  const split = (x, w) =>
    np
      .matmul(x, w)
      .reshape([batch, tokens, heads, width / heads])
      .transpose([0, 2, 1, 3]);
  const [q, k, v] = [split(x.ref, wq), split(x.ref, wk), split(x, wv)];
  const scores = np.matmul(q, k.transpose([0, 1, 3, 2])).mul(Math.sqrt(heads / width));
  const mixed = np.matmul(nn.softmax(scores, -1), v);
  return np.matmul(mixed.transpose([0, 2, 1, 3]).reshape([batch, tokens, width]), wo);
}

function loss({ g1, o1, g2, o2, w1, b1, w2, b2, wq, wk, wv, wo }, x, y) {
  const attended = x.ref.add(attention({ wq, wk, wv, wo }, normalized(x, g1, o1)));
  const inner = nn.gelu(np.matmul(normalized(attended.ref, g2, o2), w1).add(b1));
  return np.mean(np.square(attended.add(np.matmul(inner, w2)).add(b2).sub(y)));
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
