import { describe, expect, it } from "vitest";
import { expectBatches, expectDerivatives, sample } from "../../test/support/derivatives.js";
import {
  argmax,
  argmin,
  cast,
  grad,
  jvp,
  max,
  min,
  multiply,
  ptp,
  sum,
  type Tensor,
  tensor,
} from "../index.js";

const square = (x: Tensor): Tensor => multiply(x, x);

describe("max and min", () => {
  it("differentiate in both modes, twice, and map over any axis", () => {
    for (const f of [max, min, ptp]) {
      for (const options of [{}, { axis: 0 }, { axis: [-1], keepdims: true }]) {
        expectDerivatives((x) => square(f(x, options)), [sample([2, 3])]);
        expectBatches((x) => f(x, options), [sample([2, 3])]);
      }
    }
  });
  it("share the derivative equally among ties, forwards and backwards", () => {
    const x = tensor([3, 1, 3, 3]);
    expect(grad((t: Tensor) => max(t))(x).toArray()).toEqual([1 / 3, 0, 1 / 3, 1 / 3]);
    const [, t] = jvp((y: Tensor) => max(y), [x], [tensor([3, 100, 6, 9])]);
    expect((t as Tensor).item()).toBe(6);
    expect(grad((y: Tensor) => min(y))(tensor([0, 0])).toArray()).toEqual([0.5, 0.5]);
    expect(grad((y: Tensor) => sum(grad((z: Tensor) => square(max(z)))(y)))(x).toArray()).toEqual([
      2 / 3,
      0,
      2 / 3,
      2 / 3,
    ]);
  });
  it("hand on NaN, and its derivative to the NaN", () => {
    const x = tensor([1, Number.NaN, 3]);
    expect(max(x).item()).toBeNaN();
    expect(grad((t: Tensor) => min(t))(x).toArray()).toEqual([0, 1, 0]);
  });
  it("of nothing are an error that names the operation, unless there is an initial value", () => {
    const empty = tensor(new Float64Array(0), [0, 2]);
    expect(() => max(empty)).toThrow(/^max: expected at least one element/);
    expect(() => min(empty, { axis: 0 })).toThrow(/^min/);
    expect(max(empty, { axis: 1 }).shape).toEqual([0]);
    expect(max(empty, { axis: 0, initial: -1, keepdims: true }).toArray()).toEqual([[-1, -1]]);
  });
  it("weigh an initial value and leave masked elements out", () => {
    const x = tensor([1, 5, 2]);
    const where = tensor([true, false, true]);
    expect(max(x, { where }).item()).toBe(2);
    expect(min(x, { where, initial: 0 }).item()).toBe(0);
    expect(grad((t: Tensor) => max(t, { initial: 5 }))(x).toArray()).toEqual([0, 0.5, 0]);
    expect(min(tensor([4, 7], { dtype: "i32" }), { where: tensor([false, true]) }).item()).toBe(7);
  });
});

describe("argmax and argmin", () => {
  it("find the first of several, and the first NaN", () => {
    expect(argmax(tensor([1, 3, 3])).item()).toBe(1);
    expect(
      argmin(
        tensor([
          [1, 0],
          [0, 1],
        ]),
      ).item(),
    ).toBe(1);
    expect(argmax(tensor([1, Number.NaN, 9, Number.NaN])).item()).toBe(1);
    expect(
      argmin(
        tensor([
          [5, 4],
          [3, 9],
        ]),
        { axis: 0, keepdims: true },
      ).toArray(),
    ).toEqual([[1, 0]]);
  });
  it("map over any axis", () => {
    expectBatches((x) => argmax(x), [sample([2, 3])]);
    expectBatches((x) => argmin(x, { axis: 1 }), [sample([2, 3])]);
  });
  it("are not differentiable: a float made of one is an error that names it", () => {
    const f = (x: Tensor): Tensor => multiply(sum(x), cast(argmax(x), "f64"));
    expect(() => grad(f)(tensor([1, 2]))).toThrow(/argmax.*no derivative/);
  });
  it("of nothing are an error", () => {
    expect(() => argmax(tensor([]))).toThrow(/^argmax: expected at least one/);
  });
});
