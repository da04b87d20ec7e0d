// A character LSTM whose weights act element by element, and its loss over a text.
import {
  add,
  exp,
  grad,
  log,
  mul,
  scan,
  sigmoid,
  slice,
  split,
  sub,
  sum,
  take,
  tanh,
} from "../../library.mjs";
import { block, program, scalar } from "../program.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */
/** @typedef {{ hidden: Tensor, cell: Tensor }} State */
/** @typedef {Record<"main_params" | "extra_params" | "state" | "sequence", number[][]>} Input */

const rows = (/** @type {Tensor} */ x) =>
  Array.from({ length: x.shape[0] }, (_, i) => take(x, i, { axis: 0 }));

/** One layer: weights and biases hold the gates forget, in, out and change side by side. */
function layer(
  /** @type {Tensor} */ weights,
  /** @type {Tensor} */ biases,
  /** @type {State} */ { hidden, cell },
  /** @type {Tensor} */ x,
) {
  const [wf, wi, wo, wc] = split(weights, 4);
  const [bf, bi, bo, bc] = split(biases, 4);
  const forget = sigmoid(add(mul(x, wf), bf));
  const ingate = sigmoid(add(mul(hidden, wi), bi));
  const outgate = sigmoid(add(mul(x, wo), bo));
  const change = tanh(add(mul(hidden, wc), bc));
  const next = add(mul(cell, forget), mul(ingate, change));
  return { hidden: mul(outgate, tanh(next)), cell: next };
}

function loss(
  /** @type {Tensor} */ main,
  /** @type {Tensor} */ extra,
  /** @type {Tensor} */ start,
  /** @type {Tensor} */ sequence,
) {
  const [count, bits] = sequence.shape;
  const parameters = rows(main);
  const [inWeight, outWeight, outBias] = rows(extra);
  const initial = rows(start);
  const states = Array.from({ length: initial.length / 2 }, (_, i) => ({
    hidden: initial[2 * i],
    cell: initial[2 * i + 1],
  }));
  const characters = { now: slice(sequence, [0], [-1]), next: slice(sequence, [1]) };
  const [, terms] = scan(
    (before, { now, next }) => {
      let x = mul(now, inWeight);
      const after = before.map((state, i) => {
        const updated = layer(parameters[2 * i], parameters[2 * i + 1], state, x);
        x = updated.hidden;
        return updated;
      });
      const y = add(mul(x, outWeight), outBias);
      const normalizer = log(add(2, sum(exp(y))));
      return [after, sum(mul(next, sub(y, normalizer)))];
    },
    states,
    characters,
  );
  return mul(-1 / (bits * (count - 1)), sum(terms));
}

const parameters = (/** @type {Input} */ { main_params, extra_params, state, sequence }) =>
  [main_params, extra_params, state, sequence].map(block);

export default {
  objective: (/** @type {Input} */ input) => program(loss, parameters(input), scalar),
  jacobian: (/** @type {Input} */ input) =>
    program(grad(loss, { argnums: [0, 1] }), parameters(input), (main, extra) =>
      Float64Array.of(...main, ...extra),
    ),
};
