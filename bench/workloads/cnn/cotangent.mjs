import { each, tensorsOf } from "../../harness/cotangent.mjs";
import {
  add,
  conv,
  jit,
  logSoftmax,
  matmul,
  maxPool,
  mean,
  mul,
  negative,
  relu,
  reshape,
  sub,
  sum,
  valueAndGrad,
} from "../../library.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */
/** @typedef {Record<string, Tensor>} Parameters */

/** @param {Tensor} x @param {Tensor} w @param {Tensor} c */
const layer = (x, w, c) =>
  maxPool(relu(add(conv(x, w, { padding: "SAME" }), c)), { window: [2, 2] });

/** @param {Parameters} parameters @param {Tensor} x @param {Tensor} y */
function loss({ w1, c1, w2, c2, d1, e1, d2, e2 }, x, y) {
  const seen = layer(layer(x, w1, c1), w2, c2);
  const inner = relu(add(matmul(reshape(seen, [x.shape[0], -1]), d1), e1));
  const logits = add(matmul(inner, d2), e2);
  return negative(mean(sum(mul(y, logSoftmax(logits, { axis: 1 })), { axis: 1 })));
}

/** @param {Parameters} parameters @param {Tensor} x @param {Tensor} y @returns {[Tensor, Parameters]} */
function trainingStep(parameters, x, y) {
  const [value, gradient] = valueAndGrad(loss)(parameters, x, y);
  return [value, each((p, g) => sub(p, mul(0.1, g)), parameters, gradient)];
}

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs) => {
    const { x, y, ...start } = tensorsOf(inputs);
    const step = jit(trainingStep);
    let value = x;
    let parameters = start;
    return {
      run: () => {
        [value, parameters] = step(parameters, x, y);
      },
      results: () => [
        value.data,
        ...Object.keys(parameters)
          .sort()
          .map((name) => parameters[name].data),
      ],
    };
  },
};
