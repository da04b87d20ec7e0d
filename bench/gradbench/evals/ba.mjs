// Bundle adjustment: how far projected points are from where cameras saw them. The Jacobian is sparse: an
// observation depends on 11 numbers of its camera, 3 of its point and its weight.
import {
  add,
  arange,
  broadcastTo,
  concatenate,
  cos,
  cross,
  div,
  expandDims,
  grad,
  jacfwd,
  mul,
  ravel,
  sin,
  slice,
  split,
  sqrt,
  square,
  sub,
  sum,
  take,
  vmap,
  where,
} from "../../library.mjs";
import { program } from "../program.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */

/** A point turned by the angle ‖r‖ about the axis r. */
function rotate(/** @type {Tensor} */ r, /** @type {Tensor} */ point) {
  const squared = sum(square(r));
  const turns = squared.ne(0);
  // at no turn the other formula counts, and 1 keeps this one finite
  const angle = sqrt(where(turns, squared, 1));
  const axis = div(r, angle);
  const along = mul(axis, mul(sum(mul(axis, point)), sub(1, cos(angle))));
  const turned = add(add(mul(point, cos(angle)), mul(cross(axis, point), sin(angle))), along);
  return where(turns, turned, add(point, cross(r, point)));
}

/** The error of one observation, in two coordinates. */
function reprojection(
  /** @type {Tensor} */ camera,
  /** @type {Tensor} */ point,
  /** @type {Tensor} */ weight,
  /** @type {Tensor} */ feature,
) {
  const [rotation, center, focal, principal, radial] = split(camera, [3, 6, 7, 9]);
  const seen = rotate(rotation, sub(point, center));
  const flat = div(slice(seen, [0], [2]), take(seen, 2));
  const squared = sum(square(flat));
  const distortion = add(1, mul(squared, add(take(radial, 0), mul(take(radial, 1), squared))));
  const projected = add(mul(mul(flat, distortion), focal), principal);
  return mul(weight, sub(projected, feature));
}

const weightError = (/** @type {Tensor} */ weight) => sub(1, square(weight));

/** What each observation reads: its camera [p, 11], its point [p, 3], its weight [p]. */
const readings = (
  /** @type {Tensor} */ cameras,
  /** @type {Tensor} */ points,
  /** @type {Tensor} */ weights,
  /** @type {Tensor} */ observations,
) => {
  const [camera, point] = [0, 1].map((i) => take(observations, i, { axis: 1 }));
  const read = [take(cameras, camera, { axis: 0 }), take(points, point, { axis: 0 }), weights];
  return /** @type {[Tensor, Tensor, Tensor]} */ (read);
};

const objective = (/** @type {Tensor[]} */ ...all) => {
  const [cameras, points, weights, features, observations] = all;
  const read = readings(cameras, points, weights, observations);
  return [vmap(reprojection)(...read, features), weightError(weights)];
};

/** Compressed rows: two for each observation, with 15 entries each, then one for each weight. */
const sparseJacobian = (/** @type {Tensor[]} */ ...all) => {
  const [cameras, points, weights, features, observations] = all;
  const read = readings(cameras, points, weights, observations);
  const blocks = vmap(jacfwd(reprojection, { argnums: [0, 1, 2] }))(...read, features);
  const [byCamera, byPoint, byWeight] = blocks;
  const entries = concatenate([byCamera, byPoint, expandDims(byWeight, 2)], { axis: 2 });
  const values = concatenate([ravel(entries), vmap(grad(weightError))(weights)]);

  const count = weights.size;
  const before = [0, cameras.size, cameras.size + points.size];
  const whole = (/** @type {number} */ length) => arange(length, { dtype: "i32" });
  const own = add(before[2], whole(count));
  const columns = concatenate(
    [
      add(mul(11, slice(observations, [0, 0], [count, 1])), whole(11)),
      add(before[1], add(mul(3, slice(observations, [0, 1])), whole(3))),
      expandDims(own, 1),
    ],
    { axis: 1 },
  );
  const twice = broadcastTo(expandDims(columns, 1), [count, 2, 15]);
  const rows = concatenate([mul(15, whole(2 * count)), add(30 * count, whole(count + 1))]);
  return [rows, concatenate([ravel(twice), own]), values];
};

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
