import { describe, expect, it } from "vitest";
import { by, itHasEdges } from "../../test/support/edges.js";
import {
  add,
  divide,
  equal,
  multiply,
  negative,
  power,
  reciprocal,
  square,
  subtract,
  type Tensor,
  tensor,
} from "../index.js";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;
const i32 = (...values: number[]): Tensor => tensor(values, { dtype: "i32" }) as Tensor;
const u32 = (...values: number[]): Tensor => tensor(values, { dtype: "u32" }) as Tensor;

describe("derivatives at edge points", () => {
  itHasEdges("1/x", (x) => reciprocal(x) as Tensor, [
    [0, inf, -inf, inf],
    [-0, -inf, -inf, -inf],
    [inf, 0, -0, 0],
    [-2, -0.5, -0.25, -0.25],
  ]);
  itHasEdges("2/x by x", by(divide as never, 1, 2), [[0, inf, -inf, inf]]);
  itHasEdges("x/0 by x", by(divide as never, 0, 0), [[1, inf, inf, 0]]);
  itHasEdges("square", (x) => square(x) as Tensor, [
    [0, 0, 0, 2],
    [-3, 9, -6, 2],
    [inf, inf, inf, 2],
  ]);
  itHasEdges("x · 0 by x", by(multiply as never, 0, 0), [
    [3, 0, 0, 0],
    [inf, nan, 0, 0],
  ]);

  const powerOf = (n: number) => (x: Tensor) => power(x, n) as Tensor;
  itHasEdges("x^0", powerOf(0), [
    [0, 1, 0, 0],
    [-2, 1, 0, 0],
    [nan, 1, 0, 0],
    [inf, 1, 0, 0],
  ]);
  itHasEdges("x^1", powerOf(1), [
    [0, 0, 1, 0],
    [-2, -2, 1, 0],
  ]);
  itHasEdges("x^2", powerOf(2), [
    [0, 0, 0, 2],
    [-3, 9, -6, 2],
  ]);
  itHasEdges("x^3", powerOf(3), [
    [0, 0, 0, 0],
    [-2, -8, 12, -12],
  ]);
  itHasEdges("x^1.5", powerOf(1.5), [[0, 0, 0, inf]]);
  itHasEdges("x^0.5", powerOf(0.5), [[0, 0, inf, -inf]]);
  itHasEdges("x^−1", powerOf(-1), [
    [0, inf, -inf, inf],
    [-2, -0.5, -0.25, -0.25],
  ]);
  itHasEdges("x^−2 of a negative number", powerOf(-2), [[-2, 0.25, 0.25, 0.375]]);
  itHasEdges("x^2.5 of a negative number", powerOf(2.5), [[-1, nan, nan, nan]]);

  // The same with an exponent that is a tensor, whose value no rule can look at.
  const variable = (n: number) => by(power as never, 0, n);
  itHasEdges("x^y by x at y = 0", variable(0), [
    [0, 1, 0, 0],
    [-2, 1, 0, 0],
    [inf, 1, 0, 0],
  ]);
  itHasEdges("x^y by x at y = 1", variable(1), [
    [0, 0, 1, 0],
    [-2, -2, 1, 0],
  ]);
  itHasEdges("x^y by x at y = 2", variable(2), [
    [0, 0, 0, 2],
    [-3, 9, -6, 2],
  ]);
  itHasEdges("x^y by x at y = 0.5", variable(0.5), [[0, 0, inf, -inf]]);
  itHasEdges("0^y by y", by(power as never, 1, 0), [
    [0, 1, 0, 0],
    [0.5, 0, 0, 0],
    [2, 0, 0, 0],
    [-1, inf, -inf, inf],
  ]);
  itHasEdges("(−2)^y by y", by(power as never, 1, -2), [[2, 4, nan, nan]]);
  itHasEdges("1^y by y", by(power as never, 1, 1), [
    [0, 1, 0, 0],
    [inf, 1, 0, 0],
  ]);
});

describe("integers", () => {
  const largest = 2147483647;
  it("wrap around in sums, products, squares and powers", () => {
    expect(add(i32(largest), i32(1)).toArray()).toEqual([-largest - 1]);
    expect(subtract(u32(0), u32(1)).toArray()).toEqual([4294967295]);
    expect(multiply(i32(123456789), i32(987654321)).toArray()).toEqual([-67153019]);
    expect(multiply(u32(4294967295), u32(4294967295)).toArray()).toEqual([1]);
    expect(square(i32(65536, 46341)).toArray()).toEqual([0, -2147479015]);
    expect(negative(i32(-largest - 1)).toArray()).toEqual([-largest - 1]);
    expect(power(i32(3, -2, 10), i32(20, 31, 10)).toArray()).toEqual([
      -808182895,
      -largest - 1,
      1410065408,
    ]);
    expect(power(u32(3), 21).toArray()).toEqual([1870418611]);
  });
  it("keep their dtype beside whole literals and leave it beside others", () => {
    expect(power(i32(3), 2).dtype).toBe("i32");
    expect(power(i32(4), 0.5).dtype).toBe("f64");
    expect(power(i32(4), 0.5).toArray()).toEqual([2]);
    expect(divide(i32(1), i32(2)).toArray()).toEqual([0.5]);
    expect(reciprocal(i32(4)).dtype).toBe("f64");
  });
});

it("sums of booleans are refused with a way out", () => {
  const truth = equal(1, 1);
  expect(() => add(truth, truth)).toThrow(/add: expected numbers, got bool\n {2}fix: cast/);
  expect(() => negative(truth)).toThrow(/negative/);
  expect(add(truth, 1).item()).toBe(2);
  expect(multiply(truth, truth).dtype).toBe("bool");
});
