// The best times of GradBench's C++ tools (written by hand, Tapenade, CoDiPack) on one machine: what is to be beaten.

/**
 * @typedef {object} Target
 * @property {string} eval
 * @property {Readonly<Record<string, number | string>>} size as far as it tells the workload
 * @property {number} derivative milliseconds
 * @property {number} primal milliseconds, of plain C++
 */

/** @type {readonly Target[]} */
const targets = [
  { eval: "llsq", size: { n: 4096 }, derivative: 1.0, primal: 0.48 },
  { eval: "lse", size: { n: 640000 }, derivative: 4.8, primal: 5.8 },
  { eval: "ode", size: { n: 10000, s: 100 }, derivative: 33, primal: 2.5 },
  { eval: "det", size: { ell: 10 }, derivative: 124, primal: 53 },
  { eval: "gmm", size: { d: 10, k: 25 }, derivative: 4.4, primal: 2.1 },
  { eval: "gmm", size: { d: 32, k: 25 }, derivative: 22, primal: 7.2 },
  { eval: "gmm", size: { d: 64, k: 100 }, derivative: 371, primal: 73 },
  { eval: "lstm", size: { l: 4, c: 4096 }, derivative: 44, primal: 19 },
  { eval: "kmeans", size: { k: 100, n: 10000, d: 16 }, derivative: 6.4, primal: 5.9 },
  { eval: "ba", size: { name: "ba1" }, derivative: 7.8, primal: 1.1 },
  { eval: "ba", size: { name: "ba10" }, derivative: 307, primal: 20 },
  { eval: "ht", size: { v: 544, variant: "complicated", c: 800 }, derivative: 1.29, primal: 0.14 },
  {
    eval: "ht",
    size: { v: 10000, variant: "complicated", c: 12800 },
    derivative: 27,
    primal: 2.95,
  },
];

/**
 * @param {string} name
 * @param {import("./checks/types.js").Size} size
 * @returns {Target | undefined}
 */
function targetOf(name, size) {
  return targets.find(
    (target) =>
      target.eval === name &&
      Object.entries(target.size).every(([key, value]) => size[key] === value),
  );
}

/**
 * The workloads with a target, against it scaled to this machine: by the eval's own C, or by the median of the others.
 * @param {readonly import("./report.mjs").Row[]} rows
 */
export function comparedWithTargets(rows) {
  const found = rows.flatMap((row) => {
    const target = targetOf(row.eval, row.size);
    return target === undefined ? [] : [{ row, target }];
  });
  const factors = found
    .flatMap(({ row, target }) => (row.c === undefined ? [] : [row.c / (1e6 * target.primal)]))
    .sort((a, b) => a - b);
  const middle = factors[Math.floor(factors.length / 2)];
  if (middle === undefined) return [];
  return found.map(({ row, target }) => {
    const own = row.c === undefined ? undefined : row.c / (1e6 * target.primal);
    const scaled = 1e6 * target.derivative * (own ?? middle);
    return { row, target, factor: own ?? middle, isOwn: own !== undefined, scaled };
  });
}
