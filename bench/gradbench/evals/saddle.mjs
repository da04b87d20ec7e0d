// min over x of max over y of ‖x‖² − ‖y‖²: the outer gradient goes through the inner ascent.
import { concatenate, neg, square, sub, sum } from "../../library.mjs";
import { block, list, program } from "../program.mjs";
import { argmin, gradients } from "./descent.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */
/** @typedef {import("./descent.mjs").Gradient} Gradient */

const f = (/** @type {Tensor} */ x, /** @type {Tensor} */ y) => sub(sum(square(x)), sum(square(y)));

/** @param {Gradient} outer @param {Gradient} inner */
const saddle = (outer, inner) => (/** @type {Tensor} */ start) => {
  const ascent = (/** @type {Tensor} */ x) => argmin((y) => neg(f(x, y)), inner, start);
  const x = argmin((at) => f(at, ascent(at)), outer, start);
  return concatenate([x, ascent(x)]);
};

/** @param {"f" | "r"} outer @param {"f" | "r"} inner */
const nested =
  (outer, inner) =>
  (/** @type {{ start: number[] }} */ { start }) =>
    program(saddle(gradients[outer], gradients[inner]), [block(start)], list);

export default {
  ff: nested("f", "f"),
  fr: nested("f", "r"),
  rf: nested("r", "f"),
  rr: nested("r", "r"),
};
