import { describe, expect, it } from "vitest";
import { itHasEdges } from "../../test/support/edges.js";
import { betaln, digamma, gamma, lgamma, polygamma, type Tensor, zeta } from "../index.js";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;
const euler = 0.5772156649015329;
/** ζ(2), ζ(3), ζ(4) */
const [zeta2, zeta3, zeta4] = [1.6449340668482264, 1.2020569031595942, 1.082323233711138];

describe("gamma functions", () => {
  itHasEdges("lgamma", lgamma, [
    [0, inf, -inf, inf],
    [1, 0, -euler, zeta2],
    [2, 0, 1 - euler, zeta2 - 1],
    [-1, inf, nan, inf],
    [1e5, 1051287.7089736569, 11.512920464961896, 1.0000050000166667e-5],
    [inf, inf, inf, 0],
  ]);
  itHasEdges("digamma", digamma, [
    [0, -inf, inf, -inf],
    [1, -euler, zeta2, -2 * zeta3],
    [1e5, 11.512920464961896, 1.0000050000166667e-5, -1.00001000005e-10],
    [inf, inf, 0, 0],
  ]);
  itHasEdges("polygamma(2, x)", (x) => polygamma(2, x), [
    [1, -2 * zeta3, 6 * zeta4, -24 * 1.03692775514337],
    [inf, 0, 0, 0],
  ]);
  itHasEdges("gamma", gamma, [
    [0, inf, -inf, inf],
    [1, 1, -euler, 1.978111990655945],
    [2, 1, 1 - euler, 0.8236806608528794],
    [-1.5, 2.363271801207355, 1.6617502606685965, 23.334179843554573],
    [200, inf, inf, inf],
  ]);
  itHasEdges("zeta(2, q)", (q) => zeta(2, q), [
    [1, zeta2, -2 * zeta3, 6 * zeta4],
    [inf, 0, -0, 0],
  ]);
  itHasEdges("betaln(x, 1)", (x) => betaln(x, 1) as Tensor, [
    [1, 0, -1, 1],
    [4, -Math.log(4), -0.25, 0.0625],
  ]);
  it("zeta asks for a number s and polygamma for a whole n", () => {
    expect(zeta(4).item()).toBeCloseTo(zeta4, 15);
    expect(() => zeta(zeta(2) as never)).toThrow(/zeta: expected a number s, got .*Tensor/);
    expect(() => polygamma(0.5, 1)).toThrow(/polygamma: expected a whole n ≥ 0, got 0.5/);
    expect(polygamma(0, 1).item()).toBe(digamma(1).item());
  });
});
