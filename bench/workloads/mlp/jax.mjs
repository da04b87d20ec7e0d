import { nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { arraysOf, training } from "../../harness/jax.mjs";

function loss({ w1, b1, w2, b2, w3, b3 }, x, y) {
  const h1 = nn.relu(np.matmul(x, w1).add(b1));
  const h2 = nn.relu(np.matmul(h1, w2).add(b2));
  const logits = np.matmul(h2, w3).add(b3);
  return np.mean(y.mul(nn.logSoftmax(logits, 1)).sum(1)).neg();
}

function sgdStep(parameters, x, y) {
  const [value, gradient] = valueAndGrad(loss)(tree.ref(parameters), x, y);
  return [value, tree.map((p, g) => p.sub(g.mul(0.1)), parameters, gradient)];
}

function adamStep({ parameters, m, v, count }, x, y) {
  const [value, gradient] = valueAndGrad(loss)(tree.ref(parameters), x, y);
  const next = count.add(1);
  const mNext = tree.map((m, g) => m.mul(0.9).add(g.mul(0.1)), m, tree.ref(gradient));
  const vNext = tree.map((v, g) => v.mul(0.999).add(np.square(g).mul(0.001)), v, gradient);
  const one = np.array(1, { dtype: np.float32 });
  const correction = (beta) => one.ref.sub(np.exp(next.ref.mul(Math.log(beta))));
  const moved = tree.map(
    (p, m, v) => {
      const scale = np.sqrt(v.div(correction(0.999))).add(1e-8);
      return p.sub(m.div(correction(0.9)).mul(1e-3).div(scale));
    },
    parameters,
    tree.ref(mNext),
    tree.ref(vNext),
  );
  one.dispose();
  return [value, { parameters: moved, m: mNext, v: vNext, count: next }];
}

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs, { optimizer }) => {
    const { x, y, ...parameters } = arraysOf(inputs);
    if (optimizer === "sgd") return training(sgdStep, parameters, [x, y]);
    const zeros = () => tree.map((p) => np.zerosLike(p.ref), parameters);
    const count = np.zeros([], { dtype: np.float32 });
    const state = { parameters, m: zeros(), v: zeros(), count };
    return training(adamStep, state, [x, y], ({ parameters }) => parameters);
  },
};
