// Hand tracking: a hand of 22 bones posed by 26 numbers, and how far its skin is from measured points. Forward
// mode carries all 26 or 28 directions at once.
import {
  add,
  concatenate,
  cos,
  div,
  einsum,
  eye,
  gt,
  jacfwd,
  matmul,
  mul,
  norm,
  pad,
  reshape,
  sin,
  slice,
  square,
  stack,
  sub,
  take,
  tensor,
  transpose,
  where,
  zerosLike,
} from "../../library.mjs";
import { block, list, program } from "../program.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */

/** Row i of a matrix, element i of a vector. @param {Tensor} x @param {number} i */
const at = (x, i) => take(x, i, { axis: 0 });

/** Matrices [..., rows, columns] of tensors of one shape. @param {Tensor[][]} rows */
const matrix = (rows) =>
  stack(
    rows.map((row) => stack(row, { axis: -1 })),
    { axis: -2 },
  );

/** Turns by an angle about a coordinate axis, for many angles. @param {Tensor} angle @param {0 | 1 | 2} axis */
function turn(angle, axis) {
  const [c, s] = [cos(angle), sin(angle)];
  const zero = zerosLike(angle);
  const one = add(zero, 1);
  if (axis === 0)
    return matrix([
      [one, zero, zero],
      [zero, c, s.neg()],
      [zero, s, c],
    ]);
  if (axis === 1)
    return matrix([
      [c, zero, s],
      [zero, one, zero],
      [s.neg(), zero, c],
    ]);
  return matrix([
    [c, s.neg(), zero],
    [s, c, zero],
    [zero, zero, one],
  ]);
}

/** Rotation by the angle ‖r‖ about the axis r; the identity for very small angles. @param {Tensor} r */
function rotation(r) {
  const turns = gt(norm(r), 1e-4);
  // what is not taken must still be finite
  const safe = where(turns, r, tensor([1, 0, 0]));
  const angle = norm(safe);
  const [x, y, z] = [0, 1, 2].map((i) => div(at(safe, i), angle));
  const [c, s] = [cos(angle), sin(angle)];
  /** @param {Tensor} a */
  const same = (a) => add(square(a), mul(sub(1, square(a)), c));
  /** @param {Tensor} a @param {Tensor} b */
  const mixed = (a, b) => mul(mul(a, b), sub(1, c));
  const turned = matrix([
    [same(x), sub(mixed(x, y), mul(z, s)), add(mixed(x, z), mul(y, s))],
    [add(mixed(x, y), mul(z, s)), same(y), sub(mixed(y, z), mul(x, s))],
    [sub(mixed(x, z), mul(y, s)), add(mixed(z, y), mul(x, s)), same(z)],
  ]);
  return where(turns, turned, eye(3));
}

/**
 * Which of the 26 parameters, 26 for none, turn each bone about x and about z: of each finger, a first bone that
 * does nothing, one with two angles and two with one.
 * @param {number} bones
 */
function angleTable(bones) {
  const about = { x: new Array(bones).fill(26), z: new Array(bones).fill(26) };
  let parameter = 6;
  for (let finger = 0; finger < 5; finger++)
    for (let joint = 0; joint < 3; joint++) {
      const bone = 2 + 4 * finger + joint;
      about.x[bone] = parameter++;
      if (joint === 0) about.z[bone] = parameter++;
    }
  return about;
}

/** @typedef {Record<"relatives" | "inverses" | "skin", Tensor>} Hand */

/** Where the pose puts every vertex. @param {Tensor} theta @param {Hand} hand @param {Model} model */
function vertices(theta, { relatives, inverses, skin }, { parents, is_mirrored }) {
  const angles = pad(theta, [[0, 1]]);
  const about = angleTable(parents.length);
  const [x, z] = [about.x, about.z].map((which) => take(angles, tensor(which, { dtype: "i32" })));
  const bends = matmul(turn(z, 2), matmul(turn(zerosLike(x), 1), turn(x, 0)));
  const homogeneous = add(
    pad(bends, [
      [0, 0],
      [0, 1],
      [0, 1],
    ]),
    tensor(lastOnly),
  );
  const local = matmul(relatives, homogeneous);
  /** @type {Tensor[]} */
  const absolutes = [];
  parents.forEach((parent, bone) => {
    const own = at(local, bone);
    absolutes.push(parent < 0 ? own : matmul(absolutes[parent], own));
  });
  const transforms = slice(matmul(stack(absolutes), inverses), [0, 0], [null, 3]);
  const posed = matmul(skin, reshape(transpose(transforms, [0, 2, 1]), [-1, 3]));
  const mirrored = is_mirrored ? mul(posed, tensor([-1, 1, 1])) : posed;
  const global = transpose(rotation(slice(theta, [0], [3])));
  return add(matmul(mirrored, global), slice(theta, [3], [6]));
}

const lastOnly = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => Number(i === 3 && j === 3)));

/** @typedef {{ parents: number[], is_mirrored: boolean, triangles: number[][] } & Record<"base_relatives" | "inverse_base_absolutes", number[][][]> & Record<"base_positions" | "weights", number[][]>} Model */
/** @typedef {{ theta: number[], us: number[][], data: { model: Model, correspondences: number[], points: number[][] } }} Input */

/** The errors [c, 3], as a function of the pose and of a step that every point goes on its triangle. @param {Input} input */
const errors =
  ({ data: { model }, us }) =>
  /** @param {Tensor[]} all */
  (theta, step, ...all) => {
    const [relatives, inverses, weights, base, points, correspondences, places, triangles] = all;
    // what each bone moves of each vertex: its weight times the position
    const skin = reshape(einsum("vb,vk->vbk", weights, base), [base.shape[0], -1]);
    const surface = vertices(theta, { relatives, inverses, skin }, model);
    if (us.length === 0) return sub(points, take(surface, correspondences, { axis: 0 }));
    const corners = take(triangles, correspondences, { axis: 0 });
    const [a, b, c] = [0, 1, 2].map((i) =>
      take(surface, take(corners, i, { axis: 1 }), { axis: 0 }),
    );
    const moved = add(places, step);
    const [u, v] = [0, 1].map((i) => slice(moved, [0, i], [null, i + 1]));
    return sub(points, add(add(mul(u, a), mul(v, b)), mul(sub(sub(1, u), v), c)));
  };

/** @param {Input} input */
function blocks({ theta, us, data: { model, correspondences, points } }) {
  /** @param {number[] | number[][]} table */
  const whole = (table) => {
    const { shape, data } = block(table);
    return { shape, data: Int32Array.from(data) };
  };
  const { base_relatives, inverse_base_absolutes, weights, base_positions, triangles } = model;
  return [
    block(theta),
    block([0, 0]),
    block(base_relatives),
    block(inverse_base_absolutes),
    block(weights),
    block(base_positions),
    block(points),
    whole(correspondences),
    ...(us.length === 0 ? [] : [block(us), whole(triangles)]),
  ];
}

/** @param {Input} input */
function jacobian(input) {
  const simple = input.us.length === 0;
  const columns = simple ? 26 : 28;
  const rows = 3 * input.data.points.length;
  // every point has its own two columns, which a step of all points at once fills
  const derivative = jacfwd(errors(input), { argnums: simple ? [0] : [1, 0] });
  return program(
    (theta, step, ...all) => concatenate(derivative(theta, step, ...all), { axis: 2 }),
    blocks(input),
    (flat) => Array.from({ length: rows }, (_, i) => flat.subarray(i * columns, (i + 1) * columns)),
  );
}

export default {
  objective: (/** @type {Input} */ input) => program(errors(input), blocks(input), list),
  jacobian,
};
