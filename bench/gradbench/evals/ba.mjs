// Bundle adjustment: how far projected points are from where cameras saw them. The Jacobian is sparse: an
// observation depends on 11 numbers of its camera, 3 of its point and its weight.
import {
  add,
  arange,
  broadcastTo,
  concatenate,
  cos,
  div,
  expandDims,
  grad,
  mul,
  ne,
  ravel,
  sin,
  sqrt,
  square,
  stack,
  sub,
  take,
  vmap,
  where,
} from "../../library.mjs";
import { program } from "../program.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */

/** @param {Tensor[]} a @param {Tensor[]} b @returns {Tensor} */
const dot = (a, b) => a.map((x, i) => mul(x, b[i])).reduce((total, term) => add(total, term));

/** @param {Tensor[]} a @param {Tensor[]} b */
const cross = ([a0, a1, a2], [b0, b1, b2]) => [
  sub(mul(a1, b2), mul(a2, b1)),
  sub(mul(a2, b0), mul(a0, b2)),
  sub(mul(a0, b1), mul(a1, b0)),
];

/** A point turned by the angle ‖r‖ about the axis r. @param {Tensor[]} r @param {Tensor[]} point */
function rotate(r, point) {
  const squared = dot(r, r);
  const turns = ne(squared, 0);
  // where nothing turns the other formula counts, and 1 keeps this one finite
  const angle = sqrt(where(turns, squared, 1));
  const axis = r.map((x) => div(x, angle));
  const along = mul(dot(axis, point), sub(1, cos(angle)));
  const sideways = cross(axis, point).map((x) => mul(x, sin(angle)));
  const little = cross(r, point);
  return point.map((x, i) => {
    const turned = add(add(mul(x, cos(angle)), sideways[i]), mul(axis[i], along));
    return where(turns, turned, add(x, little[i]));
  });
}

/**
 * The error of one observation, in two coordinates.
 * @param {{ camera: Tensor[], point: Tensor[], weight: Tensor }} variables
 * @param {Tensor[]} feature
 */
function reprojection({ camera, point, weight }, feature) {
  const [center, [focal], principal] = [camera.slice(3, 6), camera.slice(6, 7), camera.slice(7, 9)];
  const [k1, k2] = camera.slice(9);
  const [x, y, z] = rotate(
    camera.slice(0, 3),
    point.map((v, i) => sub(v, center[i])),
  );
  const flat = [div(x, z), div(y, z)];
  const squared = dot(flat, flat);
  const distortion = add(1, mul(squared, add(k1, mul(k2, squared))));
  return flat.map((v, i) => {
    const projected = add(mul(mul(v, distortion), focal), principal[i]);
    return mul(weight, sub(projected, feature[i]));
  });
}

const weightError = (/** @type {Tensor} */ weight) => sub(1, square(weight));

/** A matrix's columns: of each observation one number. @param {Tensor} x */
const columns = (x) => Array.from({ length: x.shape[1] }, (_, i) => take(x, i, { axis: 1 }));

/** What each observation reads: its camera, its point, its weight. @param {Tensor[]} all */
function variables([cameras, points, weights, _, observations]) {
  const [camera, point] = columns(observations);
  return {
    camera: columns(take(cameras, camera, { axis: 0 })),
    point: columns(take(points, point, { axis: 0 })),
    weight: weights,
  };
}

/** @param {Tensor[]} all */
function objective(...all) {
  const errors = vmap(reprojection)(variables(all), columns(all[3]));
  return [stack(errors, { axis: 1 }), weightError(all[2])];
}

/**
 * Compressed rows: two for each observation, with 15 entries each, then one for each weight. A row is the gradient of
 * one error by what it reads, mapped over the observations.
 * @param {Tensor[]} all
 */
function sparseJacobian(...all) {
  const [cameras, points, weights, features, observations] = all;
  const entries = [0, 1].flatMap((i) => {
    const error = (/** @type {any} */ read, /** @type {Tensor[]} */ feature) =>
      reprojection(read, feature)[i];
    const { camera, point, weight } = vmap(grad(error))(variables(all), columns(features));
    return [...camera, ...point, weight];
  });
  const values = [ravel(stack(entries, { axis: 1 })), vmap(grad(weightError))(weights)];

  const count = weights.size;
  const whole = (/** @type {number} */ length) => arange(length, { dtype: "i32" });
  // of both rows of each observation, the columns from where something it reads starts
  const block = (/** @type {Tensor} */ starts, /** @type {number} */ width) =>
    broadcastTo(expandDims(add(expandDims(starts, 1), whole(width)), 1), [count, 2, width]);
  const [camera, point] = columns(observations);
  const own = add(cameras.size + points.size, whole(count));
  const blocks = [
    block(mul(11, camera), 11),
    block(add(cameras.size, mul(3, point)), 3),
    block(own, 1),
  ];
  return [
    concatenate([mul(15, whole(2 * count)), add(30 * count, whole(count + 1))]),
    concatenate([ravel(concatenate(blocks, { axis: 2 })), own]),
    concatenate(values),
  ];
}

/** @typedef {{ n: number, m: number, p: number, w: number } & Record<"cam" | "x" | "feat", number[]>} Input */

/** @param {Input} input @returns {import("../program.mjs").Block[]} */
function problem({ n, m, p, cam, x, w, feat }) {
  const repeated = (/** @type {number} */ count, /** @type {number[]} */ row) => ({
    shape: [count, row.length],
    data: Float64Array.from({ length: count * row.length }, (_, i) => row[i % row.length]),
  });
  const observations = Int32Array.from({ length: 2 * p }, (_, i) => (i >> 1) % (i & 1 ? m : n));
  return [
    repeated(n, cam),
    repeated(m, x),
    { shape: [p], data: new Float64Array(p).fill(w) },
    repeated(p, feat),
    { shape: [p, 2], data: observations },
  ];
}

/** The first 30 numbers and the last. @param {Float64Array} array */
const sample = (array) => [...array.subarray(0, 30), array[array.length - 1]];

export default {
  objective: (/** @type {Input} */ input) =>
    program(objective, problem(input), (errors, weightErrors) => ({
      reproj_error: { elements: errors.subarray(0, 2), repeated: input.p },
      w_err: { element: weightErrors[0], repeated: input.p },
    })),
  jacobian: (/** @type {Input} */ input) =>
    program(sparseJacobian, problem(input), (rows, cols, vals) => ({
      rows: sample(rows),
      cols: sample(cols),
      vals: sample(vals),
    })),
};
