import { ValueError } from "../../core/errors.js";
import type { Node, Tensor } from "../../core/node.js";
import { analysisWith } from "./dependence.js";
import { IndexSets } from "./index-sets.js";
import type { Known } from "./known.js";
import type { Pattern } from "./pattern.js";

/** The most entries that numbers of 32 bits count. */
const mostEntries = 2 ** 31 - 1;

/** Which elements of `outputs`, one after another, depend on which elements of `wrt`: nodes of the trace of this depth. */
export function detect(
  outputs: readonly Tensor[],
  wrt: readonly Tensor[],
  known: Known,
  depth: number,
): Pattern {
  const columns = elements(wrt);
  const sets = new IndexSets(columns);
  let column = 0;
  const singles = wrt.map((x): readonly [Node, Int32Array] => [
    x,
    Int32Array.from({ length: x.size }, () => sets.single(column++)),
  ]);
  const reached = analysisWith(sets).through(outputs, singles, known, depth);
  const rows = elements(outputs);
  const all = new Int32Array(rows);
  let row = 0;
  outputs.forEach(({ size }, i) => {
    const ids = reached[i];
    if (ids !== undefined) all.set(ids, row);
    row += size;
  });
  const total = all.reduce((sum, id) => sum + sets.of(id).length, 0);
  if (total > mostEntries)
    throw new ValueError("sparseJacobian", {
      expected: `a Jacobian of fewer than 2^31 entries`,
      received: `${total}: operations that are not followed element by element depend on all of their inputs`,
      fix: "give `sparsity`, or use jvp and vjp instead of a matrix",
    });
  const indptr = new Int32Array(rows + 1);
  const indices = new Int32Array(total);
  all.forEach((id, r) => {
    const own = sets.of(id);
    indices.set(own, indptr[r]);
    indptr[r + 1] = (indptr[r] as number) + own.length;
  });
  return { rows, columns, indptr, indices };
}

export function elements(tensors: readonly Tensor[]): number {
  return tensors.reduce((total, { size }) => total + size, 0);
}
