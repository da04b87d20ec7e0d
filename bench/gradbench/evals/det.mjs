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
  mod,
  mul,
  reshape,
  slice,
  sub,
  take,
} from "../../library.mjs";
import { block, list, program, scalar } from "../program.mjs";

/** @typedef {import("../../library.mjs").Tensor} Tensor */

/** Reverse mode keeps what loops of more rows compute; smaller determinants are computed again. */
const keptAbove = 6;

/** @param {Tensor} m @returns {Tensor} */
function determinant(m) {
  const [size] = m.shape;
  if (size === 1) return index(m, 0, 0);
  if (size === 2)
    return sub(mul(index(m, 0, 0), index(m, 1, 1)), mul(index(m, 0, 1), index(m, 1, 0)));
  const expansion = size === keptAbove ? checkpoint(expand) : expand;
  return expansion(m);
}

/** @param {Tensor} m */
function expand(m) {
  const [size] = m.shape;
  const [first, rest] = [take(m, 0, { axis: 0 }), slice(m, [1])];
  const others = arange(size - 1, { dtype: "i32" });
  return forLoop(
    0,
    size,
    (j, total) => {
      const minor = take(rest, add(others, ge(others, j)), { axis: 1 });
      const sign = sub(1, mul(2, mod(j, 2)));
      return add(total, mul(mul(sign, take(first, j)), determinant(minor)));
    },
    0,
  );
}

/** @typedef {{ A: number[], ell: number }} Input */

const ofList = (/** @type {number} */ ell) => (/** @type {Tensor} */ a) =>
  determinant(reshape(a, [ell, ell]));

export default {
  primal: (/** @type {Input} */ { A, ell }) => program(ofList(ell), [block(A)], scalar),
  gradient: (/** @type {Input} */ { A, ell }) => program(grad(ofList(ell)), [block(A)], list),
};
