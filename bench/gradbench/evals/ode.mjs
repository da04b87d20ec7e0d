// Runge and Kutta's method of order 4 for y′₀ = x₀, y′ᵢ = xᵢ yᵢ₋₁ from y(0) = 0 to t = 2, in s steps.
import { add, concatenate, forLoop, grad, mul, slice, take, zerosLike } from "../../library.mjs";
import { block, list, program } from "../program.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */

/** @param {number} s */
const solution = (s) => (/** @type {Tensor} */ x) => {
  const h = 2 / s;
  const slope = (/** @type {Tensor} */ y) =>
    concatenate([slice(x, [0], [1]), mul(slice(x, [1]), slice(y, [0], [-1]))]);
  const step = (/** @type {Tensor} */ y) => {
    const k1 = slope(y);
    const k2 = slope(add(y, mul(h / 2, k1)));
    const k3 = slope(add(y, mul(h / 2, k2)));
    const k4 = slope(add(y, mul(h, k3)));
    return add(y, mul(h / 6, add(add(k1, mul(2, add(k2, k3))), k4)));
  };
  return forLoop(0, s, (_, y) => step(y), zerosLike(x));
};

/** @typedef {{ x: number[], s: number }} Input */

export default {
  primal: (/** @type {Input} */ { x, s }) => program(solution(s), [block(x)], list),
  gradient: (/** @type {Input} */ { x, s }) =>
    program(
      grad((y) => take(solution(s)(y), -1)),
      [block(x)],
      list,
    ),
};
