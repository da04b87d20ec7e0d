import { describe, expect, it } from "vitest";
import { by, itHasEdges } from "../../test/support/edges.js";
import { divmod, floorDivide, fmod, remainder, type Tensor, tensor } from "../index.js";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;
const i32 = (...values: number[]): Tensor => tensor(values, { dtype: "i32" }) as Tensor;
const u32 = (...values: number[]): Tensor => tensor(values, { dtype: "u32" }) as Tensor;

describe("remainders", () => {
  itHasEdges("remainder(x, 3)", by(remainder as never, 0, 3), [
    [-7, 2, 1, 0],
    [6, 0, 1, 0],
    [0, 0, 1, 0],
  ]);
  itHasEdges("remainder(7, y)", by(remainder as never, 1, 7), [
    [3, 1, -2, 0],
    [-3, -2, 3, 0],
    [inf, 7, 0, 0],
  ]);
  itHasEdges("remainder(x, 0)", by(remainder as never, 0, 0), [[1, nan, 1, 0]]);
  itHasEdges("fmod(x, 3)", by(fmod as never, 0, 3), [
    [-7, -1, 1, 0],
    [6, 0, 1, 0],
  ]);
  itHasEdges("fmod(−7, y)", by(fmod as never, 1, -7), [
    [3, -1, 2, 0],
    [-3, -1, -2, 0],
    [inf, -7, 0, 0],
  ]);
  itHasEdges("floorDivide(x, 3)", by(floorDivide as never, 0, 3), [
    [-7, -3, 0, 0],
    [6, 2, 0, 0],
  ]);
  // 0.1 is a little above 1/10, yet 1/0.1 rounds up to 10.
  itHasEdges(
    "remainder(1, y) where x ÷ y rounds up",
    by(remainder as never, 1, 1),
    [[0.1, 0.09999999999999995, -9, 0]],
    ["f64"],
  );
  itHasEdges(
    "fmod(1, y) where x ÷ y rounds up",
    by(fmod as never, 1, 1),
    [[0.1, 0.09999999999999995, -9, 0]],
    ["f64"],
  );
  it("divmod gives both", () => {
    const [quotient, rest] = divmod(i32(-7, 7), i32(3, -3));
    expect([quotient.toArray(), rest.toArray()]).toEqual([
      [-3, -3],
      [2, -2],
    ]);
  });
});

describe("integer division", () => {
  it("x ÷ 0 is 0, the lowest i32 ÷ −1 wraps", () => {
    expect(floorDivide(i32(5, -5), i32(0, 0)).toArray()).toEqual([0, 0]);
    expect(remainder(i32(5, -5), i32(0, 0)).toArray()).toEqual([0, 0]);
    expect(fmod(u32(5), u32(0)).toArray()).toEqual([0]);
    expect(floorDivide(i32(-2147483648), i32(-1)).toArray()).toEqual([-2147483648]);
    expect(remainder(i32(-2147483648), i32(-1)).toArray()).toEqual([0]);
  });
  it("has the sign conventions of Python in remainder and of C in fmod", () => {
    expect(remainder(i32(-7, 7), i32(3, -3)).toArray()).toEqual([2, -2]);
    expect(fmod(i32(-7, 7), i32(3, -3)).toArray()).toEqual([-1, 1]);
    expect(floorDivide(u32(4294967295), u32(2)).toArray()).toEqual([2147483647]);
  });
});
