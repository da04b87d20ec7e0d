// A charged particle between two charges, one of which is moved so that it lands as near as may be to the
// middle: the outer gradient goes through the simulation, whose forces are gradients too.
import {
  add,
  div,
  gt,
  mul,
  neg,
  norm,
  square,
  stack,
  sub,
  take,
  tensor,
  whileLoop,
} from "../../library.mjs";
import { program, scalar } from "../program.mjs";
import { argmin, gradients } from "./descent.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */

const dt = 0.1;

/** The square of where the particle lands. @param {import("./descent.mjs").Gradient} gradient */
const landing = (gradient) => (/** @type {Tensor} */ w) => {
  const charges = [stack([10, sub(10, w)]), tensor([10, 0])];
  const potential = (/** @type {Tensor} */ x) =>
    charges.map((charge) => div(1, norm(sub(x, charge)))).reduce((a, b) => add(a, b));
  const force = (/** @type {Tensor} */ x) => neg(gradient(potential)(x));
  const first = { x: tensor([0, 8]), v: tensor([0.75, 0]) };
  const moved = (/** @type {typeof first} */ { x, v }) => add(x, mul(dt, v));
  const { x, v } = whileLoop(
    (state) => gt(take(moved(state), 1), 0),
    (state) => ({ x: moved(state), v: add(state.v, mul(dt, force(state.x))) }),
    first,
  );
  const last = moved({ x, v });
  const delta = neg(div(take(last, 1), take(v, 1)));
  return square(take(add(last, mul(delta, v)), 0));
};

/** @param {"f" | "r"} outer @param {"f" | "r"} inner */
const nested =
  (outer, inner) =>
  (/** @type {{ w: number }} */ { w }) =>
    program(
      (start) => argmin(landing(gradients[inner]), gradients[outer], start),
      [{ shape: [], data: Float64Array.of(w) }],
      scalar,
    );

export default {
  ff: nested("f", "f"),
  fr: nested("f", "r"),
  rf: nested("r", "f"),
  rr: nested("r", "r"),
};
