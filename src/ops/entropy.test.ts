import { describe } from "vitest";
import { by, itHasEdges } from "../../test/support/edges.js";
import { entr, klDiv, relEntr, type Tensor, xlog1py, xlogy } from "../index.js";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;
const ln2 = Math.LN2;

describe("0 · log 0 is 0, and so are its derivatives", () => {
  itHasEdges("xlogy by x at y = 2", by(xlogy as never, 0, 2), [
    [0, 0, ln2, 0],
    [3, 3 * ln2, ln2, 0],
  ]);
  itHasEdges("xlogy by x at y = 0", by(xlogy as never, 0, 0), [
    [0, 0, 0, 0],
    [1, -inf, -inf, 0],
  ]);
  itHasEdges("xlogy by y at x = 0", by(xlogy as never, 1, 0), [
    [0, 0, 0, 0],
    [2, 0, 0, 0],
    [inf, 0, 0, 0],
  ]);
  itHasEdges("xlogy by y at x = 1", by(xlogy as never, 1, 1), [
    [0, -inf, inf, -inf],
    [2, ln2, 0.5, -0.25],
  ]);
  itHasEdges("xlogy(x, x)", (x) => xlogy(x, x) as Tensor, [
    [0, 0, 0, 0],
    [2, 2 * ln2, ln2 + 1, 0.5],
  ]);
  itHasEdges("xlog1py by x at y = −1", by(xlog1py as never, 0, -1), [[0, 0, 0, 0]]);
  itHasEdges("xlog1py by y at x = 0", by(xlog1py as never, 1, 0), [
    [-1, 0, 0, 0],
    [1, 0, 0, 0],
  ]);
  itHasEdges("xlog1py by y at x = 1", by(xlog1py as never, 1, 1), [
    [-1, -inf, inf, -inf],
    [1, ln2, 0.5, -0.25],
  ]);
  itHasEdges("entr", entr, [
    [0, 0, 0, 0],
    [1, 0, -1, -1],
    [2, -2 * ln2, -ln2 - 1, -0.5],
    [-1, -inf, nan, 1],
    [inf, -inf, -inf, -0],
  ]);
});

describe("relative entropy", () => {
  itHasEdges("relEntr by x at y = 2", by(relEntr as never, 0, 2), [
    [0, 0, -ln2, 0],
    [2, 0, 1, 0.5],
    [1, -ln2, 1 - ln2, 1],
  ]);
  itHasEdges("relEntr by y at x = 2", by(relEntr as never, 1, 2), [
    [2, 0, -1, 0.5],
    [0, inf, -inf, inf],
  ]);
  itHasEdges("relEntr(x, x)", (x) => relEntr(x, x) as Tensor, [
    [0, 0, 0, 0],
    [3, 0, 0, 0],
  ]);
  itHasEdges("relEntr by x at y = 0", by(relEntr as never, 0, 0), [[0, 0, 0, 0]]);
  itHasEdges("klDiv by x at y = 2", by(klDiv as never, 0, 2), [
    [0, 2, -ln2 - 1, 0],
    [2, 0, 0, 0.5],
  ]);
});
