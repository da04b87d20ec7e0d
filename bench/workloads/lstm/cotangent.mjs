import { each, tensorsOf } from "../../harness/cotangent.mjs";
import {
  add,
  jit,
  matmul,
  mean,
  mul,
  scan,
  sigmoid,
  split,
  square,
  sub,
  take,
  tanh,
  valueAndGrad,
  zeros,
} from "../../library.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */
/** @typedef {Record<"w" | "u" | "b", Tensor>} Parameters */
/** @typedef {{ h: Tensor, c: Tensor }} State */

/** @param {Parameters} parameters @param {State} state @param {Tensor} x @returns {State} */
function cell({ w, u, b }, { h, c }, x) {
  const [i, f, g, o] = split(add(add(matmul(x, w), matmul(h, u)), b), 4, { axis: 1 });
  const next = add(mul(sigmoid(f), c), mul(sigmoid(i), tanh(g)));
  return { h: mul(sigmoid(o), tanh(next)), c: next };
}

/** @typedef {(parameters: Parameters, start: State, xs: Tensor) => State} Unfolding */

/** A loop that stays one. @type {Unfolding} */
export const scanned = (parameters, start, xs) =>
  scan((state, x) => [cell(parameters, state, x), null], start, xs)[0];

/** Every step a part of the graph. @type {Unfolding} */
export const unrolled = (parameters, start, xs) => {
  let state = start;
  for (let t = 0; t < xs.shape[0]; t++) state = cell(parameters, state, take(xs, t, { axis: 0 }));
  return state;
};

/** @param {Unfolding} unfold */
export function trainingStep(unfold) {
  const loss = (
    /** @type {Parameters} */ parameters,
    /** @type {Tensor} */ xs,
    /** @type {Tensor} */ y,
  ) => {
    const zero = zeros(y.shape, { dtype: "f32" });
    return mean(square(sub(unfold(parameters, { h: zero, c: zero }, xs).h, y)));
  };
  /** @type {(parameters: Parameters, xs: Tensor, y: Tensor) => [Tensor, Parameters]} */
  return (parameters, xs, y) => {
    const [value, gradient] = valueAndGrad(loss)(parameters, xs, y);
    return [value, each((p, g) => sub(p, mul(0.1, g)), parameters, gradient)];
  };
}

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs) => {
    const { xs, y, w, u, b } = tensorsOf(inputs);
    const step = jit(trainingStep(scanned));
    let value = y;
    let parameters = { w, u, b };
    return {
      run: () => {
        [value, parameters] = step(parameters, xs, y);
      },
      results: () => [value.data, parameters.b.data, parameters.u.data, parameters.w.data],
    };
  },
};
