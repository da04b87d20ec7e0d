import { each, tensorsOf } from "../../harness/cotangent.mjs";
import {
  add,
  div,
  jit,
  logSoftmax,
  matmul,
  mean,
  mul,
  negative,
  pow,
  relu,
  sqrt,
  square,
  sub,
  sum,
  valueAndGrad,
  zeros,
  zerosLike,
} from "../../library.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */
/** @typedef {Record<string, Tensor>} Parameters */

/** @param {Parameters} parameters @param {Tensor} x @param {Tensor} y */
function loss({ w1, b1, w2, b2, w3, b3 }, x, y) {
  const h1 = relu(add(matmul(x, w1), b1));
  const h2 = relu(add(matmul(h1, w2), b2));
  const logits = add(matmul(h2, w3), b3);
  return negative(mean(sum(mul(y, logSoftmax(logits, { axis: 1 })), { axis: 1 })));
}

/** @param {Parameters} parameters @param {Tensor} x @param {Tensor} y @returns {[Tensor, Parameters]} */
export function trainingStep(parameters, x, y) {
  const [value, gradient] = valueAndGrad(loss)(parameters, x, y);
  return [value, each((p, g) => sub(p, mul(0.1, g)), parameters, gradient)];
}

/** @typedef {{ parameters: Parameters, m: Parameters, v: Parameters, count: Tensor }} AdamState */

/** @param {AdamState} state @param {Tensor} x @param {Tensor} y @returns {[Tensor, AdamState]} */
function adamStep({ parameters, m, v, count }, x, y) {
  const [value, gradient] = valueAndGrad(loss)(parameters, x, y);
  const next = add(count, 1);
  const mNext = each((m, g) => add(mul(0.9, m), mul(0.1, g)), m, gradient);
  const vNext = each((v, g) => add(mul(0.999, v), mul(0.001, square(g))), v, gradient);
  const rate = div(1e-3, sub(1, pow(0.9, next)));
  const scale = sub(1, pow(0.999, next));
  const moved = each(
    (p, m, v) => sub(p, div(mul(rate, m), add(sqrt(div(v, scale)), 1e-8))),
    parameters,
    mNext,
    vNext,
  );
  return [value, { parameters: moved, m: mNext, v: vNext, count: next }];
}

/** @param {Tensor} value @param {Parameters} parameters */
const results = (value, { b1, b2, b3, w1, w2, w3 }) =>
  [value, b1, b2, b3, w1, w2, w3].map(({ data }) => data);

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs, { optimizer }) => {
    const { x, y, ...parameters } = tensorsOf(inputs);
    let value;
    if (optimizer === "sgd") {
      const step = jit(trainingStep);
      let state = parameters;
      return {
        run: () => {
          [value, state] = step(state, x, y);
        },
        results: () => results(value, state),
      };
    }
    const step = jit(adamStep);
    const zero = each((p) => zerosLike(p), parameters);
    /** @type {AdamState} */
    let state = { parameters, m: zero, v: zero, count: zeros([], { dtype: "f32" }) };
    return {
      run: () => {
        [value, state] = step(state, x, y);
      },
      results: () => results(value, state.parameters),
    };
  },
};
