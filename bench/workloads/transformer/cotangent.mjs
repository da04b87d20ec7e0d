import { each, tensorsOf } from "../../harness/cotangent.mjs";
import {
  add,
  div,
  gelu,
  jit,
  matmul,
  mean,
  mul,
  reshape,
  softmax,
  sqrt,
  square,
  sub,
  transpose,
  valueAndGrad,
} from "../../library.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */
/** @typedef {Record<string, Tensor>} Parameters */

const heads = 4;

/** @param {Tensor} x @param {Tensor} gain @param {Tensor} offset */
function normalized(x, gain, offset) {
  const centred = sub(x, mean(x, { axis: -1, keepdims: true }));
  const variance = mean(square(centred), { axis: -1, keepdims: true });
  return add(mul(div(centred, sqrt(add(variance, 1e-5))), gain), offset);
}

/** @param {Parameters} parameters @param {Tensor} x */
function attention({ wq, wk, wv, wo }, x) {
  const [batch, tokens, width] = x.shape;
  const split = (/** @type {Tensor} */ w) =>
    transpose(reshape(matmul(x, w), [batch, tokens, heads, width / heads]), [0, 2, 1, 3]);
  const [q, k, v] = [split(wq), split(wk), split(wv)];
  const scores = mul(matmul(q, transpose(k, [0, 1, 3, 2])), Math.sqrt(heads / width));
  const mixed = matmul(softmax(scores, { axis: -1 }), v);
  return matmul(reshape(transpose(mixed, [0, 2, 1, 3]), [batch, tokens, width]), wo);
}

/** @param {Parameters} parameters @param {Tensor} x @param {Tensor} y */
function loss(parameters, x, y) {
  const { g1, o1, g2, o2, w1, b1, w2, b2 } = parameters;
  const attended = add(x, attention(parameters, normalized(x, g1, o1)));
  const inner = gelu(add(matmul(normalized(attended, g2, o2), w1), b1), { approximate: true });
  return mean(square(sub(add(attended, add(matmul(inner, w2), b2)), y)));
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
