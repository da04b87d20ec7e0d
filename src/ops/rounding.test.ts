import { describe, expect, it } from "vitest";
import { by, itHasEdges } from "../../test/support/edges.js";
import {
  abs,
  cast,
  ceil,
  copysign,
  floor,
  grad,
  rint,
  round,
  sign,
  type Tensor,
  tensor,
  trunc,
} from "../index.js";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describe("rounding", () => {
  for (const [name, f, halves] of [
    ["floor", floor, [-2, -1, 0, 1]],
    ["ceil", ceil, [-1, -0, 1, 2]],
    ["trunc", trunc, [-1, -0, 0, 1]],
    ["rint", rint, [-2, -0, 0, 2]],
  ] as const) {
    const [a, b, c, d] = halves;
    itHasEdges(name, f, [
      [-1.5, a, 0, 0],
      [-0.5, b, 0, 0],
      [0.5, c, 0, 0],
      [1.5, d, 0, 0],
      [1, 1, 0, 0],
      [inf, inf, 0, 0],
      [nan, nan, 0, 0],
    ]);
  }
  it("halves go to the even digit, at any number of decimals", () => {
    expect(round(tensor([0.5, 1.5, 2.5, -2.5])).toArray()).toEqual([0, 2, 2, -2]);
    expect(round(tensor([1.125, 1.375, -1.125]), { decimals: 2 }).toArray()).toEqual([
      1.12, 1.38, -1.12,
    ]);
    expect(round(tensor([125, 135, -149]), { decimals: -1 }).toArray()).toEqual([120, 140, -150]);
    expect(round(1e300, { decimals: 20 }).item()).toBe(1e300);
    expect(round(inf, { decimals: 2 }).item()).toBe(inf);
    expect(() => round(1, { decimals: 0.5 })).toThrow(/round: expected whole decimals, got 0.5/);
  });
  it("integers are whole: they keep dtype and value", () => {
    const x = tensor([-7, 15, 25], { dtype: "i32" });
    for (const f of [floor, ceil, trunc, rint, round]) {
      expect([f(x).dtype, f(x).toArray()]).toEqual(["i32", [-7, 15, 25]]);
    }
    const tens = round(x, { decimals: -1 });
    expect([tens.dtype, tens.toArray()]).toEqual(["i32", [-10, 20, 20]]);
    expect(round(x, { decimals: 3 }).toArray()).toEqual([-7, 15, 25]);
  });
  it("a derivative through rounding is 0, not an error", () => {
    expect(grad((x: Tensor) => round(x, { decimals: 1 }))(0.25)).toBe(0);
  });
});

describe("magnitude and sign", () => {
  itHasEdges("abs", abs, [
    [0, 0, 0, 0],
    [-2, 2, -1, 0],
    [-inf, inf, -1, 0],
  ]);
  itHasEdges("sign", sign, [
    [0, 0, 0, 0],
    [-inf, -1, 0, 0],
    [nan, nan, 0, 0],
  ]);
  itHasEdges("copysign(x, −1)", by(copysign as never, 0, -1), [
    [0, -0, 0, 0],
    [2, -2, -1, 0],
    [-2, -2, 1, 0],
  ]);
  itHasEdges("copysign(3, x)", by(copysign as never, 1, 3), [
    [0, 3, 0, 0],
    [-0, -3, 0, 0],
    [-inf, -3, 0, 0],
  ]);
  it("integers: the lowest i32 has no absolute value, u32 are their own", () => {
    expect(abs(tensor([-2147483648, -5], { dtype: "i32" })).toArray()).toEqual([-2147483648, 5]);
    expect(abs(tensor([4294967295], { dtype: "u32" })).toArray()).toEqual([4294967295]);
    expect(sign(cast(tensor([3, 0]), "u32")).toArray()).toEqual([1, 0]);
  });
});
