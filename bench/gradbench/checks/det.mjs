import { times } from "./random.mjs";

/** The determinant by elimination with pivots. @param {number[][]} rows @returns {number} */
function eliminate(rows) {
  const m = rows.map((row) => [...row]);
  let product = 1;
  for (let k = 0; k < m.length; k++) {
    const pivot = times(m.length - k, (i) => k + i).reduce((best, r) =>
      Math.abs(m[r][k]) > Math.abs(m[best][k]) ? r : best,
    );
    if (pivot !== k) {
      [m[k], m[pivot]] = [m[pivot], m[k]];
      product = -product;
    }
    product *= m[k][k];
    for (let r = k + 1; r < m.length; r++) {
      const factor = m[r][k] / m[k][k];
      for (let c = k; c < m.length; c++) m[r][c] -= factor * m[k][c];
    }
  }
  return product;
}

/** @type {import("./types.js").Check} */
export default {
  functions: () => ({ primal: "primal", derivative: "gradient" }),
  sizes: {
    small: [1, 2, 3, 4, 5, 7].map((ell) => ({ ell })),
    default: [5, 6, 7, 8, 9, 10, 11].map((ell) => ({ ell })),
    full: [{ ell: 12 }],
  },
  input: ({ ell }, { uniform }) => ({ A: times(ell * ell, uniform), ell }),
  compare({ A, ell }, determinant, gradient) {
    const rows = times(ell, (r) => A.slice(r * ell, (r + 1) * ell));
    const cofactor = (/** @type {number} */ r, /** @type {number} */ c) =>
      (-1) ** (r + c) *
      eliminate(rows.filter((_, i) => i !== r).map((row) => row.filter((_, j) => j !== c)));
    return [
      { what: "determinant", got: [determinant], want: [eliminate(rows)], bound: 1e-12 },
      {
        what: "cofactors",
        got: gradient,
        want: times(ell * ell, (i) => cofactor(Math.floor(i / ell), i % ell)),
        bound: 1e-12,
      },
    ];
  },
};
