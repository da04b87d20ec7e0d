import { add, cos, div, dual, mul, scale, sin, sqrt, sub } from "./duals.mjs";
import { times } from "./random.mjs";

/** @typedef {import("./duals.mjs").Dual} Dual */

const bones = 22;

/** @param {Dual[][]} a @param {Dual[][]} b */
const product = (a, b) =>
  a.map((row) => b[0].map((_, j) => row.reduce((t, v, k) => add(t, mul(v, b[k][j])), dual(0))));

/** @param {number[][]} m */
const constant = (m) => m.map((row) => row.map((v) => dual(v)));

/** Rz(z)·Ry(y)·Rx(x), multiplied out. @param {Dual} x @param {Dual} z */
function bend(x, z) {
  const [cx, sx, cz, sz] = [cos(x), sin(x), cos(z), sin(z)];
  const [zero, one] = [dual(0), dual(1)];
  return [
    [cz, scale(-1, mul(sz, cx)), mul(sz, sx), zero],
    [sz, mul(cz, cx), scale(-1, mul(cz, sx)), zero],
    [zero, sx, cx, zero],
    [zero, zero, zero, one],
  ];
}

/** Rodrigues' formula: v cos + (a × v) sin + a (a·v)(1 − cos). @param {Dual[]} r @param {Dual[]} v */
function rotate(r, v) {
  const angle = sqrt(r.reduce((t, x) => add(t, mul(x, x)), dual(0)));
  if (angle.v < 1e-4) return v;
  const a = r.map((x) => div(x, angle));
  const [c, s] = [cos(angle), sin(angle)];
  const along = a.reduce((t, x, i) => add(t, mul(x, v[i])), dual(0));
  return v.map((x, i) => {
    const [j, k] = [(i + 1) % 3, (i + 2) % 3];
    const crossed = sub(mul(a[j], v[k]), mul(a[k], v[j]));
    return add(add(mul(x, c), mul(crossed, s)), mul(a[i], mul(along, sub(dual(1), c))));
  });
}

/** The errors of some points, from us of each point and theta. @param {any} input @param {Dual[]} theta @param {Dual[][]} us @param {number[]} which */
function errors({ data: { model, correspondences, points } }, theta, us, which) {
  const angle = (/** @type {number} */ bone, /** @type {boolean} */ second) => {
    const [finger, joint] = [Math.floor((bone - 2) / 4), (bone - 2) % 4];
    if (bone < 2 || finger > 4 || joint > 2 || (second && joint > 0)) return dual(0);
    return theta[6 + 4 * finger + (joint === 0 ? Number(second) : joint + 1)];
  };
  /** @type {Dual[][][]} */
  const absolute = [];
  const transforms = times(bones, (b) => {
    const own = product(constant(model.base_relatives[b]), bend(angle(b, false), angle(b, true)));
    const parent = model.parents[b];
    absolute[b] = parent < 0 ? own : product(absolute[parent], own);
    return product(absolute[b], constant(model.inverse_base_absolutes[b]));
  });
  const vertex = (/** @type {number} */ v) => {
    const position = model.base_positions[v].map((/** @type {number} */ x) => [dual(x)]);
    const posed = times(3, () => dual(0));
    for (let b = 0; b < bones; b++) {
      const moved = product(transforms[b], position);
      for (let i = 0; i < 3; i++) posed[i] = add(posed[i], scale(model.weights[v][b], moved[i][0]));
    }
    return rotate(theta.slice(0, 3), posed).map((x, i) => add(x, theta[3 + i]));
  };
  return which.flatMap((i) => {
    const at = correspondences[i];
    if (us.length === 0) return vertex(at).map((x, a) => sub(dual(points[i][a]), x));
    const [p, q, r] = model.triangles[at].map(vertex);
    const [u, v] = us[i];
    const w = sub(sub(dual(1), u), v);
    return times(3, (a) =>
      sub(dual(points[i][a]), add(add(mul(u, p[a]), mul(v, q[a])), mul(w, r[a]))),
    );
  });
}

const counts = [100, 192, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 51200, 100000];
const workloads = counts.map((c) => ({ model: "big", variant: "complicated", v: 10000, c }));

/** @type {import("./types.js").Check} */
export default {
  functions: () => ({ primal: "objective", derivative: "jacobian" }),
  sizes: {
    small: [
      { variant: "simple", v: 15, c: 9 },
      { variant: "complicated", v: 15, c: 9 },
      { variant: "complicated", v: 15, c: 4, still: "yes" },
    ],
    default: workloads,
    full: [
      ...["simple", "complicated"].flatMap((variant) =>
        counts.map((c) => ({ model: "small", variant, v: 544, c })),
      ),
      ...workloads.map((size) => ({ ...size, variant: "simple" })),
    ],
  },
  input({ variant, v, c, still }, { uniform, normal }) {
    const integer = (/** @type {number} */ below) => Math.floor(uniform() * below);
    const placed = () => [...times(3, () => times(4, normal)), [0, 0, 0, 1]];
    const theta = times(26, () => 0.3 * normal());
    if (still === "yes") theta.fill(0, 0, 3);
    const model = {
      bone_count: bones,
      parents: times(bones, (b) => (b < 2 ? b - 1 : (b - 2) % 4 === 0 ? 1 : b - 1)),
      base_relatives: times(bones, placed),
      inverse_base_absolutes: times(bones, placed),
      base_positions: times(v, () => [...times(3, normal), 1]),
      weights: times(v, () => times(bones, () => uniform() / bones)),
      triangles: times(1084, () => times(3, () => integer(v))),
      is_mirrored: false,
    };
    const complicated = variant === "complicated";
    return {
      theta,
      data: {
        model,
        correspondences: times(c, () => integer(complicated ? 1084 : v)),
        points: times(c, () => times(3, normal)),
      },
      us: complicated ? times(c, () => times(2, uniform)) : [],
    };
  },
  compare(input, objective, jacobian, { uniform }) {
    const { theta, us, data } = input;
    const count = data.points.length;
    const which =
      count <= 20 ? times(count, (i) => i) : times(5, () => Math.floor(uniform() * count));
    const rows = which.flatMap((i) => times(3, (a) => 3 * i + a));
    const extra = us.length === 0 ? 0 : 2;
    const columns = times(26 + extra, (k) =>
      errors(
        input,
        theta.map((x, i) => dual(x, Number(i + extra === k))),
        us.map((pair) => pair.map((x, i) => dual(x, Number(i === k && extra > 0)))),
        which,
      ),
    );
    return [
      {
        what: "length",
        got: [objective.length, jacobian.length],
        want: [3 * count, 3 * count],
        bound: 0,
      },
      {
        what: "objective",
        got: rows.map((r) => objective[r]),
        want: columns[0].map(({ v }) => v),
        bound: 1e-9,
      },
      {
        what: "jacobian",
        got: rows.flatMap((r) => jacobian[r]),
        want: rows.flatMap((_, r) => columns.map((column) => column[r].d)),
        bound: 1e-9,
      },
    ];
  },
};
