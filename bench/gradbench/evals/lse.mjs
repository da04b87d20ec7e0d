// The logarithm of a sum of exponentials: a + log Σ exp(xᵢ − a), the same for every a; the largest xᵢ avoids overflow.
import { add, exp, grad, log, max, stopGradient, sub, sum } from "../../library.mjs";
import { block, list, program, scalar } from "../program.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */

const logsumexp = (/** @type {Tensor} */ x) => {
  const a = stopGradient(max(x));
  return add(a, log(sum(exp(sub(x, a)))));
};

/** @typedef {{ x: number[] }} Input */

export default {
  primal: (/** @type {Input} */ { x }) => program(logsumexp, [block(x)], scalar),
  gradient: (/** @type {Input} */ { x }) => program(grad(logsumexp), [block(x)], list),
};
