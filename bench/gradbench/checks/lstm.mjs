import { add, dual, exp, log, mul, scale, sigmoid, sub, sum, tanh } from "./duals.mjs";
import { againstDuals } from "./gradient.mjs";
import { times } from "./random.mjs";

/** @typedef {import("./duals.mjs").Dual} Dual */

/** The parameters in one row: main_params, extra_params. @param {any} input @param {Dual[]} row */
function loss({ main_params, state, sequence }, row) {
  const bits = sequence[0].length;
  const main = (/** @type {number} */ r, /** @type {number} */ at) => row[r * 4 * bits + at];
  const extra = (/** @type {number} */ r, /** @type {number} */ j) =>
    row[main_params.length * 4 * bits + r * bits + j];
  const now = state.map((/** @type {number[]} */ values) => values.map((v) => dual(v)));
  let total = dual(0);
  for (let t = 0; t + 1 < sequence.length; t++) {
    let x = times(bits, (j) => scale(sequence[t][j], extra(0, j)));
    for (let i = 0; i < now.length; i += 2) {
      const gate = (/** @type {Dual} */ v, /** @type {number} */ which, /** @type {number} */ j) =>
        add(mul(v, main(i, which * bits + j)), main(i + 1, which * bits + j));
      const [hidden, cell] = [now[i], now[i + 1]];
      now[i + 1] = times(bits, (j) =>
        add(
          mul(cell[j], sigmoid(gate(x[j], 0, j))),
          mul(sigmoid(gate(hidden[j], 1, j)), tanh(gate(hidden[j], 3, j))),
        ),
      );
      now[i] = times(bits, (j) => mul(sigmoid(gate(x[j], 2, j)), tanh(now[i + 1][j])));
      x = now[i];
    }
    const y = x.map((v, j) => add(mul(v, extra(1, j)), extra(2, j)));
    const normalizer = log(add(dual(2), sum(y.map(exp))));
    total = add(total, sum(y.map((v, j) => scale(sequence[t + 1][j], sub(v, normalizer)))));
  }
  return scale(-1 / (bits * (sequence.length - 1)), total);
}

/** @type {import("./types.js").Check} */
export default {
  functions: () => ({ primal: "objective", derivative: "jacobian" }),
  sizes: {
    small: [
      { l: 2, c: 9, b: 3 },
      { l: 1, c: 30, b: 14 },
    ],
    default: [2, 4, 6].flatMap((l) => [1024, 4096, 8192].map((c) => ({ l, c, b: 14 }))),
    full: [{ l: 6, c: 65536, b: 14 }],
  },
  input({ l, c, b }, { uniform }) {
    const matrix = (/** @type {number} */ rows, /** @type {number} */ columns) =>
      times(rows, () => times(columns, uniform));
    return {
      main_params: matrix(2 * l, 4 * b),
      extra_params: matrix(3, b),
      state: matrix(2 * l, b),
      sequence: matrix(c, b).map((row) => row.map((u) => Number(u < 0.4))),
    };
  },
  compare(input, value, gradient, random) {
    const row = [...input.main_params.flat(), ...input.extra_params.flat()];
    return againstDuals((x) => loss(input, x), row, value, gradient, random);
  },
};
