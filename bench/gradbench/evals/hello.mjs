// The square of a number, and its derivative.
import { grad, jit, mul } from "../../library.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */

const square = (/** @type {Tensor} */ x) => mul(x, x);

/** @param {(x: Tensor) => Tensor} f */
const ofNumber = (f) => (/** @type {number} */ x) => {
  const compiled = jit(f);
  /** @type {unknown} */
  let y;
  return {
    run() {
      y = compiled(x);
    },
    output: () => y,
  };
};

export default { square: ofNumber(square), double: ofNumber(grad(square)) };
