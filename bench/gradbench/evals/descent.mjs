// What `particle` and `saddle` share: gradient descent whose step grows and shrinks, as a loop that may be
// differentiated, and the two ways to take a gradient.
import {
  cond,
  grad,
  gt,
  jacfwd,
  le,
  logicalAnd,
  logicalNot,
  lt,
  mul,
  norm,
  sub,
  whileLoop,
} from "../../library.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */
/** @typedef {(x: Tensor) => Tensor} TensorFunction */
/** @typedef {(f: TensorFunction) => TensorFunction} Gradient */

/** Gradients of scalar functions by mode: `f` forward, `r` reverse. @type {Record<"f" | "r", Gradient>} */
export const gradients = { f: (f) => jacfwd(f), r: (f) => grad(f) };

const tolerance = 1e-5;

/**
 * The point where `f` is least, by descent from `start`.
 * @param {TensorFunction} f
 * @param {Gradient} gradient
 * @param {Tensor} start
 * @returns {Tensor}
 */
export function argmin(f, gradient, start) {
  const slope = gradient(f);
  const first = { x: start, fx: f(start), g: slope(start), i: 0, eta: 1e-5, done: false };
  const last = whileLoop(
    ({ done, g }) => logicalAnd(logicalNot(done), gt(norm(g), tolerance)),
    (state) =>
      cond(
        state.i.eq(10),
        (s) => ({ ...s, eta: mul(2, s.eta), i: 0 }),
        (s) => step(f, slope, s),
        state,
      ),
    first,
  );
  return last.x;
}

/** @typedef {{ x: Tensor, fx: Tensor, g: Tensor, i: Tensor, eta: Tensor, done: Tensor }} State */

/** One attempt: taken where it descends, otherwise the step is halved. */
function step(
  /** @type {TensorFunction} */ f,
  /** @type {TensorFunction} */ slope,
  /** @type {State} */ state,
) {
  const x = sub(state.x, mul(state.eta, state.g));
  const still = le(norm(sub(state.x, x)), tolerance);
  const fx = f(x);
  return cond(
    still,
    (s) => ({ ...s, done: true }),
    (s) =>
      cond(
        lt(fx, s.fx),
        (t) => ({ ...t, x, fx, g: slope(x), i: t.i.add(1) }),
        (t) => ({ ...t, eta: mul(0.5, t.eta), i: 0 }),
        s,
      ),
    state,
  );
}
