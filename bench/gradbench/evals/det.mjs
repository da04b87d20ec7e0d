// The determinant by expansion along the first row, det M = Σⱼ (−1)ʲ M₀ⱼ det Mʲ: a loop over j in which the
// determinant of the minor is again such a loop, ℓ! products in all.
import {
  add,
  arange,
  checkpoint,
  forLoop,
  ge,
  grad,
  index,
  mul,
  neg,
  reshape,
  slice,
  sub,
  take,
} from "../../library.mjs";
import { block, list, program, scalar } from "../program.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */

/** Determinants of this size are computed again in reverse mode: what they compute is too much to keep. */
const recomputed = 6;

/** @param {Tensor} m @returns {Tensor} */
function determinant(m) {
  const [size] = m.shape;
  if (size <= 3) return smallDeterminant(m);
  return (size === recomputed ? checkpoint(expand) : expand)(m);
}

/** The same for few rows, without loops. @param {Tensor} m @returns {Tensor} */
function smallDeterminant(m) {
  const elements = Array.from({ length: m.shape[0] }, (_, r) =>
    Array.from({ length: m.shape[0] }, (_, c) => index(m, r, c)),
  );
  /** @param {Tensor[][]} rows @returns {Tensor} */
  const expanded = ([first, ...rest]) =>
    rest.length === 0
      ? first[0]
      : first
          .map((x, j) => mul(x, expanded(rest.map((row) => row.filter((_, c) => c !== j)))))
          .reduce((total, term, j) => (j % 2 === 0 ? add(total, term) : sub(total, term)));
  return expanded(elements);
}

/** @param {Tensor} m */
function expand(m) {
  const [size] = m.shape;
  const [first, rest] = [take(m, 0, { axis: 0 }), slice(m, [1])];
  const others = arange(size - 1, { dtype: "i32" });
  const { total } = forLoop(
    0,
    size,
    (j, { sign, total }) => {
      const minor = take(rest, add(others, ge(others, j)), { axis: 1 });
      const term = mul(mul(sign, take(first, j)), determinant(minor));
      return { sign: neg(sign), total: add(total, term) };
    },
    { sign: 1, total: 0 },
  );
  return total;
}

/** @typedef {{ A: number[], ell: number }} Input */

const ofList = (/** @type {number} */ ell) => (/** @type {Tensor} */ a) =>
  determinant(reshape(a, [ell, ell]));

export default {
  primal: (/** @type {Input} */ { A, ell }) => program(ofList(ell), [block(A)], scalar),
  gradient: (/** @type {Input} */ { A, ell }) => program(grad(ofList(ell)), [block(A)], list),
};
