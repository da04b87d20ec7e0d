import { describe, expect, it } from "vitest";
import { itHasEdges } from "../../test/support/edges.js";
import { cbrt, exp, exp2, expm1, hypot, log, log1p, log2, log10, rsqrt, sqrt } from "../index.js";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;
const ln2 = Math.LN2;

describe("exponentials and logarithms", () => {
  itHasEdges("exp", exp, [
    [-inf, 0, 0, 0],
    [-800, 0, 0, 0],
    [0, 1, 1, 1],
    [800, inf, inf, inf],
  ]);
  itHasEdges("exp2", exp2, [
    [-inf, 0, 0, 0],
    [0, 1, ln2, ln2 * ln2],
    [3, 8, 8 * ln2, 8 * ln2 * ln2],
    [1100, inf, inf, inf],
  ]);
  itHasEdges("expm1", expm1, [
    [-inf, -1, 0, 0],
    [-40, -1, 4.248354255291589e-18, 4.248354255291589e-18],
    [0, 0, 1, 1],
    [800, inf, inf, inf],
  ]);
  itHasEdges("log", log, [
    [0, -inf, inf, -inf],
    [1, 0, 1, -1],
    [inf, inf, 0, -0],
  ]);
  itHasEdges("log1p", log1p, [
    [-1, -inf, inf, -inf],
    [0, 0, 1, -1],
    [inf, inf, 0, -0],
  ]);
  itHasEdges("log2", log2, [
    [0, -inf, inf, -inf],
    [8, 3, 1 / (8 * ln2), -1 / (64 * ln2)],
    [inf, inf, 0, -0],
  ]);
  itHasEdges("log10", log10, [
    [0, -inf, inf, -inf],
    [1000, 3, 1e-3 / Math.LN10, -1e-6 / Math.LN10],
    [inf, inf, 0, -0],
  ]);
  it("are exact where the result is a whole power or logarithm", () => {
    for (let n = -20; n <= 20; n++) {
      expect(exp2(n).item()).toBe(2 ** n);
      expect(log2(2 ** n).item()).toBe(n);
      if (n >= 0) expect(log10(10 ** n).item()).toBe(n);
    }
  });
});

describe("roots", () => {
  itHasEdges("sqrt", sqrt, [
    [0, 0, inf, -inf],
    [-0, 0, inf, -inf],
    [4, 2, 0.25, -0.03125],
    [inf, inf, 0, -0],
    [-1, nan, nan, nan],
  ]);
  itHasEdges("rsqrt", rsqrt, [
    [0, inf, -inf, inf],
    [-0, inf, -inf, inf],
    [4, 0.5, -0.0625, 0.0234375],
    [inf, 0, -0, 0],
  ]);
  itHasEdges("cbrt", cbrt, [
    [0, 0, inf, -inf],
    [-0, -0, inf, inf],
    [8, 2, 1 / 12, -1 / 144],
    [-8, -2, 1 / 12, 1 / 144],
    [inf, inf, 0, -0],
  ]);
  itHasEdges("hypot(x, 0)", (x) => hypot(x, 0), [
    [0, 0, 0, 0],
    [-2, 2, -1, 0],
    [inf, inf, 1, 0],
  ]);
  itHasEdges("hypot(x, 1)", (x) => hypot(x, 1), [
    [0, 1, 0, 1],
    [-inf, inf, -1, 0],
    [1e200, 1e200, 1, 0],
  ]);
  itHasEdges("hypot(∞, x)", (x) => hypot(inf, x), [
    [0, inf, 0, 0],
    [1, inf, 0, 0],
  ]);
});
