// k-means by Newton's method: Σᵢ minⱼ ‖pᵢ − cⱼ‖², its gradient divided by the diagonal of its Hessian.
import {
  argmin,
  div,
  expandDims,
  grad,
  jvp,
  onesLike,
  square,
  stopGradient,
  sub,
  sum,
  take,
} from "../../library.mjs";
import { block, program, scalar } from "../program.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */

function cost(/** @type {Tensor} */ centroids, /** @type {Tensor} */ points) {
  const distances = sum(square(sub(expandDims(points, 1), centroids)), { axis: 2 });
  const nearest = take(centroids, stopGradient(argmin(distances, { axis: 1 })), { axis: 0 });
  return sum(square(sub(points, nearest)));
}

/** The Hessian is diagonal: times a vector of ones it gives its diagonal. */
function direction(/** @type {Tensor} */ centroids, /** @type {Tensor} */ points) {
  const gradient = (/** @type {Tensor} */ c) => grad(cost)(c, points);
  const [first, diagonal] = jvp(gradient, [centroids], [onesLike(centroids)]);
  return div(first, diagonal);
}

/** @typedef {{ points: number[][], centroids: number[][] }} Input */

export default {
  cost: (/** @type {Input} */ { points, centroids }) =>
    program(cost, [block(centroids), block(points)], scalar),
  dir: (/** @type {Input} */ { points, centroids }) =>
    program(direction, [block(centroids), block(points)], (flat) =>
      centroids.map((row, i) => flat.subarray(i * row.length, (i + 1) * row.length)),
    ),
};
