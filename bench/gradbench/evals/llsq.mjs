// Least squares: a polynomial fitted to the sign function, f(x) = ½ Σᵢ (sign tᵢ − Σⱼ xⱼ tᵢʲ)².
import { arange, grad, matmul, mul, sign, square, sub, sum, vander } from "../../library.mjs";
import { block, list, program, scalar } from "../program.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */

/** @param {number} n */
const objective = (n) => (/** @type {Tensor} */ x) => {
  const t = sub(mul(arange(n), 2 / (n - 1)), 1);
  const powers = vander(t, x.size, { increasing: true });
  return mul(0.5, sum(square(sub(sign(t), matmul(powers, x)))));
};

/** @typedef {{ x: number[], n: number }} Input */

export default {
  primal: (/** @type {Input} */ { x, n }) => program(objective(n), [block(x)], scalar),
  gradient: (/** @type {Input} */ { x, n }) => program(grad(objective(n)), [block(x)], list),
};
