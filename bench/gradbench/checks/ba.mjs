import { add, cos, div, dual, mul, sin, sqrt, sub } from "./duals.mjs";
import { times } from "./random.mjs";

/** @typedef {import("./duals.mjs").Dual} Dual */

/** @param {Dual[]} a @param {Dual[]} b */
const dot3 = (a, b) => add(add(mul(a[0], b[0]), mul(a[1], b[1])), mul(a[2], b[2]));

/** @param {Dual[]} a @param {Dual[]} b */
const cross3 = (a, b) =>
  times(3, (i) => {
    const [j, k] = [(i + 1) % 3, (i + 2) % 3];
    return sub(mul(a[j], b[k]), mul(a[k], b[j]));
  });

/** @param {Dual[]} r @param {Dual[]} point */
function rotated(r, point) {
  const squared = dot3(r, r);
  if (squared.v === 0) return cross3(r, point).map((v, i) => add(point[i], v));
  const angle = sqrt(squared);
  const axis = r.map((v) => div(v, angle));
  const [c, s] = [cos(angle), sin(angle)];
  const along = mul(dot3(axis, point), sub(dual(1), c));
  return cross3(axis, point).map((v, i) =>
    add(add(mul(point[i], c), mul(v, s)), mul(axis[i], along)),
  );
}

/** The two errors of an observation, and that of its weight. @param {Dual[]} row @param {number[]} feature */
function errors(row, feature) {
  const [center, x, [weight]] = [row.slice(3, 6), row.slice(11, 14), row.slice(14)];
  const seen = rotated(
    row.slice(0, 3),
    times(3, (i) => sub(x[i], center[i])),
  );
  const [px, py] = [div(seen[0], seen[2]), div(seen[1], seen[2])];
  const squared = add(mul(px, px), mul(py, py));
  const factor = add(dual(1), add(mul(row[9], squared), mul(row[10], mul(squared, squared))));
  const error = (/** @type {Dual} */ p, /** @type {number} */ i) =>
    mul(weight, sub(add(mul(mul(p, factor), row[6]), row[7 + i]), dual(feature[i])));
  return [error(px, 0), error(py, 1), sub(dual(1), mul(weight, weight))];
}

/** Cameras, points, observations of ADBench's problems ba1 to ba14, as the names of its files have them. */
const published = [
  [49, 7776, 31843],
  [21, 11315, 36455],
  [161, 48126, 182072],
  [372, 47423, 204472],
  [257, 65132, 225911],
  [539, 65220, 277273],
  [93, 61203, 287451],
  [88, 64298, 383937],
  [810, 88814, 393775],
  [1197, 126327, 563734],
  [1723, 156502, 678718],
  [253, 163691, 899155],
  [245, 198739, 1091386],
  [356, 226730, 1255268],
].map(([n, m, p], i) => ({ name: `ba${i + 1}`, n, m, p }));

/** @type {import("./types.js").Check} */
export default {
  functions: () => ({ primal: "objective", derivative: "jacobian" }),
  sizes: {
    small: [
      { n: 2, m: 5, p: 17 },
      { n: 2, m: 3, p: 16, turned: "no" },
    ],
    default: published,
    full: published.slice(-1),
  },
  input({ n, m, p, turned = "yes" }, { uniform, normal }) {
    const cam = times(11, normal);
    if (turned === "no") cam.fill(0, 0, 3);
    return { n, m, p, cam, x: times(3, normal), w: uniform(), feat: times(2, normal) };
  },
  compare({ n, m, p, cam, x, w, feat }, objective, { rows, cols, vals }) {
    const row = [...cam, ...x, w];
    const along = times(15, (k) =>
      errors(
        row.map((v, i) => dual(v, Number(i === k))),
        feat,
      ),
    );
    const values = along[0].map(({ v }) => v);
    const [cameras, points] = [11 * n, 3 * m];
    const columns = [...times(11, (i) => i), ...times(3, (i) => cameras + i), cameras + points];
    const weightColumn = cameras + points + p - 1;
    const pointers = times(30, (i) => (i <= 2 * p ? 15 * i : 28 * p + i));
    const derivatives = [0, 1].flatMap((which) => along.map((errs) => errs[which].d));
    const { reproj_error: reprojection, w_err: weightError } = objective;
    return [
      { what: "reprojection", got: reprojection.elements, want: values.slice(0, 2), bound: 1e-9 },
      { what: "weight", got: [weightError.element], want: values.slice(2), bound: 1e-12 },
      {
        what: "repeated",
        got: [reprojection.repeated, weightError.repeated],
        want: [p, p],
        bound: 0,
      },
      { what: "vals", got: vals, want: [...derivatives, along[14][2].d], bound: 1e-9 },
      { what: "rows", got: rows, want: [...pointers, 31 * p], bound: 0 },
      { what: "cols", got: cols, want: [...columns, ...columns, weightColumn], bound: 0 },
    ];
  },
};
