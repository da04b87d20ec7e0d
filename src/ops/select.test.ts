import { describe, expect, it } from "vitest";
import { itHasEdges } from "../../test/support/edges.js";
import {
  bitwiseAnd,
  bitwiseNot,
  bitwiseOr,
  bitwiseXor,
  equal,
  grad,
  greater,
  greaterEqual,
  heaviside,
  isclose,
  isfinite,
  isinf,
  isnan,
  jvp,
  leftShift,
  less,
  lessEqual,
  log,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  multiply,
  nanToNum,
  notEqual,
  rightShift,
  select,
  sqrt,
  stopGradient,
  type Tensor,
  tensor,
  where,
} from "../index.js";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describe("where", () => {
  const positive = (f: (x: Tensor) => Tensor) => (x: Tensor) =>
    where(greater(x, 0), f(x), 0) as Tensor;
  itHasEdges(
    "where(x > 0, x·log x, 0)",
    positive((x) => multiply(x, log(x)) as Tensor),
    [
      [0, 0, 0, 0],
      [-1, 0, 0, 0],
      [1, 0, 1, 1],
    ],
  );
  itHasEdges("where(x > 0, √x, 0)", positive(sqrt), [
    [0, 0, 0, 0],
    [-4, 0, 0, 0],
    [4, 2, 0.25, -0.03125],
  ]);
  itHasEdges(
    "a where within a where",
    (x) => where(greater(x, -1), where(greater(x, 0), sqrt(sqrt(x)), 0), log(x)) as Tensor,
    [
      [0, 0, 0, 0],
      [-0.5, 0, 0, 0],
    ],
  );
  it("promotes its branches and broadcasts all three", () => {
    const result = where(tensor([[true], [false]]), tensor([1, 2], { dtype: "f32" }), 0);
    expect([result.shape, result.dtype]).toEqual([[2, 2], "f32"]);
    expect(result.toArray()).toEqual([
      [1, 2],
      [0, 0],
    ]);
  });
});

describe("select", () => {
  const grade = (x: Tensor): Tensor =>
    select([less(x, 0), less(x, 1)], [multiply(x, -1), multiply(x, x)], 7);
  itHasEdges("select by ranges", grade, [
    [-2, 2, -1, 0],
    [0.5, 0.25, 1, 2],
    [3, 7, 0, 0],
  ]);
  it("takes the first condition that holds, else the default", () => {
    const x = tensor([-2, 0.5, 3]);
    expect(grade(x).toArray()).toEqual([2, 0.25, 7]);
    expect(select([tensor([true, false])], [1]).toArray()).toEqual([1, 0]);
    expect(() => select([], [])).toThrow(/select: expected as many choices as conditions/);
    expect(() => select([true], [1, 2])).toThrow(/1 conditions and 2 choices/);
  });
});

describe("comparison and logic", () => {
  it("beside NaN only ≠ holds", () => {
    for (const f of [less, lessEqual, greater, greaterEqual, equal])
      expect(f(nan, nan).item()).toBe(false);
    expect(notEqual(nan, nan).item()).toBe(true);
    expect([lessEqual(1, 1).item(), greaterEqual(1, 1).item()]).toEqual([true, true]);
    expect(equal(-0, 0).item()).toBe(true);
  });
  it("truth tables, any number ≠ 0 counting as true", () => {
    const [x, y] = [tensor([0, 0, 2, nan]), tensor([0, 3, 0, 1])];
    expect(logicalAnd(x, y).toArray()).toEqual([false, false, false, true]);
    expect(logicalOr(x, y).toArray()).toEqual([false, true, true, true]);
    expect(logicalXor(x, y).toArray()).toEqual([false, true, true, false]);
    expect(logicalNot(x).toArray()).toEqual([true, true, false, false]);
  });
  it("comparing integers with fractions is exact", () => {
    expect(less(tensor([1, 2], { dtype: "i32" }), 1.5).toArray()).toEqual([true, false]);
    expect(equal(tensor([4294967295], { dtype: "u32" }), -1).toArray()).toEqual([false]);
  });
  it("kinds of floats", () => {
    const x = tensor([nan, inf, -inf, 1]);
    expect(isnan(x).toArray()).toEqual([true, false, false, false]);
    expect(isinf(x).toArray()).toEqual([false, true, true, false]);
    expect(isfinite(x).toArray()).toEqual([false, false, false, true]);
    expect(isfinite(tensor([3], { dtype: "i32" })).toArray()).toEqual([true]);
    expect(nanToNum(x).toArray()).toEqual([0, Number.MAX_VALUE, -Number.MAX_VALUE, 1]);
    expect(nanToNum(x, { nan: 5, posinf: 6, neginf: 7 }).toArray()).toEqual([5, 6, 7, 1]);
    const largest = nanToNum(tensor([inf], { dtype: "f32" }));
    expect([largest.dtype, largest.data[0]]).toEqual(["f32", (2 - 2 ** -23) * 2 ** 127]);
  });
  it("isclose takes tolerances, equal infinities and, if asked, NaN", () => {
    const [x, y] = [tensor([1, inf, inf, nan, 1e10]), tensor([1 + 1e-6, inf, -inf, nan, inf])];
    expect(isclose(x, y).toArray()).toEqual([true, true, false, false, false]);
    expect(isclose(x, y, { equalNan: true }).toArray()).toEqual([true, true, false, true, false]);
    expect(isclose(1, 1.1, { rtol: 0.2 }).item()).toBe(true);
  });
  itHasEdges("heaviside(x, ½)", (x) => heaviside(x, 0.5), [
    [0, 0.5, 0, 0],
    [-1, 0, 0, 0],
    [1, 1, 0, 0],
    [nan, nan, 0, 0],
  ]);
  itHasEdges("heaviside(0, x)", (x) => heaviside(tensor(0, { dtype: x.dtype }), x), [
    [0.5, 0.5, 1, 0],
  ]);
});

describe("bits", () => {
  const i32 = (...values: number[]): Tensor => tensor(values, { dtype: "i32" }) as Tensor;
  const u32 = (...values: number[]): Tensor => tensor(values, { dtype: "u32" }) as Tensor;
  it("of i32, u32 and bool", () => {
    expect(bitwiseAnd(i32(12, -1), i32(10, 7)).toArray()).toEqual([8, 7]);
    expect(bitwiseOr(u32(2147483648), u32(1)).toArray()).toEqual([2147483649]);
    expect(bitwiseXor(i32(12), 10).toArray()).toEqual([6]);
    expect(bitwiseNot(u32(0)).toArray()).toEqual([4294967295]);
    expect(bitwiseNot(tensor([true, false])).toArray()).toEqual([false, true]);
  });
  it("shifted beyond the word are gone", () => {
    expect(leftShift(i32(1, 1, 1), i32(31, 32, -1)).toArray()).toEqual([-2147483648, 0, 0]);
    expect(rightShift(i32(-8, -8, 8), i32(1, 40, 40)).toArray()).toEqual([-4, -1, 0]);
    expect(rightShift(u32(4294967295, 1), u32(28, 32)).toArray()).toEqual([15, 0]);
  });
  it("floats have none", () => {
    expect(() => bitwiseAnd(tensor([1.5]), tensor([1]))).toThrow(
      /expected i32, u32 or bool, got f64/,
    );
    expect(() => leftShift(tensor([true]), tensor([true]))).toThrow(/expected i32 or u32/);
  });
});

it("stopGradient makes constants of tensors, numbers and trees", () => {
  expect(grad((x: Tensor) => multiply(x, stopGradient(x)))(3)).toBe(3);
  const [, tangent] = jvp((x: Tensor) => multiply(stopGradient(x), x), [3], [1]);
  expect(tangent).toBe(3);
  const held = stopGradient({ a: tensor([1, 2]), b: [tensor(3)] });
  expect(held.a.toArray()).toEqual([1, 2]);
  expect(held.b[0]?.item()).toBe(3);
});
