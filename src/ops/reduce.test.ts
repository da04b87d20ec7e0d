import { describe, expect, it } from "vitest";
import { expectBatches, expectDerivatives, sample } from "../../test/support/derivatives.js";
import {
  all,
  any,
  cast,
  countNonzero,
  grad,
  jit,
  matmul,
  max,
  mean,
  min,
  multiply,
  ones,
  reshape,
  sum,
  type Tensor,
  tensor,
  zeros,
} from "../index.js";

const square = (x: Tensor): Tensor => multiply(x, x);
const mask = tensor([
  [true, false, true],
  [false, true, true],
]);

describe("sum and mean", () => {
  it("differentiate in both modes and map over any axis, masked and not", () => {
    for (const options of [{}, { axis: 0 }, { axis: [0, 1], keepdims: true }, { where: mask }]) {
      expectDerivatives((x) => square(sum(x, options)), [sample([2, 3])]);
      expectDerivatives((x) => square(mean(x, options)), [sample([2, 3])]);
      expectBatches((x) => mean(x, options), [sample([2, 3])]);
    }
  });
  it("keep the sign of zeros, compiled too", () => {
    const zeros = tensor([-0, -0, -0]);
    for (const by of [sum, mean, max, min, (x: Tensor) => matmul(x, ones([3]))]) {
      expect(by(zeros).item()).toBe(-0);
      expect(jit(by)(zeros).item()).toBe(-0);
    }
    for (const list of [
      [0, -0],
      [-0, 0],
    ]) {
      expect(max(tensor(list)).item()).toBe(0);
      expect(min(tensor(list)).item()).toBe(-0);
      expect(sum(tensor(list)).item()).toBe(0);
    }
  });

  it("of nothing are 0 and NaN, with gradients of the input's shape", () => {
    const empty = tensor(new Float64Array(0), [0, 2]);
    expect(sum(empty).item()).toBe(0);
    expect(mean(empty).item()).toBeNaN();
    expect(grad((x: Tensor) => sum(x))(empty).shape).toEqual([0, 2]);
  });
  it("leave masked elements out, also infinite ones", () => {
    const x = tensor([
      [1, Infinity, 3],
      [Number.NaN, 5, 6],
    ]);
    expect(sum(x, { axis: 1, where: mask }).toArray()).toEqual([4, 11]);
    expect(grad((t: Tensor) => mean(t, { where: mask }))(x).toArray()).toEqual([
      [0.25, 0, 0.25],
      [0, 0.25, 0.25],
    ]);
  });
  it("keep f32, wrap integers and count booleans", () => {
    const f = tensor([1, 2, 4], { dtype: "f32" });
    expect([mean(f).dtype, sum(f).dtype]).toEqual(["f32", "f32"]);
    expect(sum(tensor([2 ** 31 - 1, 1], { dtype: "i32" })).item()).toBe(-(2 ** 31));
    expect(sum(mask).dtype).toBe("i32");
    expect(sum(mask).item()).toBe(4);
    expect(mean(mask, { axis: 0 }).toArray()).toEqual([0.5, 0.5, 1]);
  });
  it("add a million tenths to within an ulp or two", () => {
    const total = sum(tensor(new Float64Array(1e6).fill(0.1), [1e6])).item() as number;
    expect(Math.abs(total - 1e5)).toBeLessThan(1e-9);
  });
});

describe("any, all and countNonzero", () => {
  it("take NaN for true and nothing for false and true", () => {
    const x = tensor([
      [0, Number.NaN],
      [1, 2],
    ]);
    expect(any(x, { axis: 1 }).toArray()).toEqual([true, true]);
    expect(all(x, { axis: 1 }).toArray()).toEqual([false, true]);
    const empty = tensor(new Float64Array(0), [0]);
    expect([any(empty).item(), all(empty).item()]).toEqual([false, true]);
    expect(countNonzero(x, { axis: 0, keepdims: true }).toArray()).toEqual([[1, 2]]);
  });
  it("map over any axis", () => {
    expectBatches((x) => any(x, { axis: 0 }), [cast(sample([2, 3]), "i32")]);
    expectBatches((x) => all(x), [cast(sample([2, 3]), "i32")]);
  });
  it("have derivative 0 as comparisons do", () => {
    const f = (x: Tensor): Tensor => multiply(sum(x), cast(any(x), "f64"));
    expect(grad(f)(tensor([1, 2])).toArray()).toEqual([1, 1]);
  });
});

it("what is no option, axis or shape is refused, not taken for all axes", () => {
  const loose = sum as (x: Tensor, options: unknown) => Tensor;
  const x = tensor([1, 2]);
  expect(() => loose(x, 0)).toThrow(
    /expected options in an object, got 0\n.*sum\(x, \{ axis: 0 \}\)/,
  );
  expect(() => loose(x, x)).toThrow("expected options in an object, got an instance of Tensor");
  expect(() => loose(x, { axis: "0" })).toThrow("expected an axis or a list of axes, got 0");
  expect(() => max(1, 2 as never)).toThrow("max: expected options in an object");
  expect(() => reshape(x, 2 as never)).toThrow(/^reshape: expected a shape.*got 2\n.*write \[2\]/);
  expect(() => zeros(3 as never)).toThrow(/^zeros: expected a shape/);
  expect(() => ones([-1])).toThrow(/^ones: expected a shape/);
});
