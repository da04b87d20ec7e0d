import { describe, expect, it } from "vitest";
import {
  expectBatches,
  expectClose,
  expectDerivatives,
  sample,
} from "../../test/support/derivatives.js";
import {
  cummax,
  cummin,
  grad,
  jvp,
  log,
  logcumsumexp,
  logmeanexp,
  logSoftmax,
  logsumexp,
  multiply,
  softmax,
  sum,
  type Tensor,
  tensor,
} from "../index.js";

const none = Number.NEGATIVE_INFINITY;
const square = (x: Tensor): Tensor => multiply(x, x);
const gradient = (f: (x: Tensor) => Tensor, x: Tensor): Tensor =>
  grad((y: Tensor) => sum(f(y)))(x) as Tensor;

describe("logsumexp, softmax and logSoftmax", () => {
  it("differentiate in both modes, twice, over any axes", () => {
    for (const axis of [1, [0, 2]]) {
      const x = sample([2, 2, 3]);
      expectDerivatives((t) => square(logsumexp(t, { axis })), [x]);
      expectDerivatives((t) => square(softmax(t, { axis })), [x]);
      expectDerivatives((t) => square(logSoftmax(t, { axis })), [x]);
      expectDerivatives((t) => logmeanexp(t, { axis, keepdims: true }), [x]);
    }
    expectDerivatives(
      (t, b) => logsumexp(t, { b: square(b), axis: 0 }),
      [sample([3, 2]), sample([3, 1], 4)],
    );
  });
  it("map over any axis", () => {
    expectBatches((t) => logsumexp(t, { axis: 0 }), [sample([2, 3])]);
    expectBatches((t) => softmax(t, { axis: 0 }), [sample([2, 3])]);
    expectBatches((t) => logSoftmax(t), [sample([2, 3])]);
    expectBatches((t) => gradient((y) => square(softmax(y)), t), [sample([3])]);
  });
  it("neither overflow nor lose what is small", () => {
    const x = tensor([1000, 0, -1000]);
    expect(logsumexp(x).item()).toBe(1000);
    expect(softmax(x).toArray()).toEqual([1, 0, 0]);
    expect(logSoftmax(x).toArray()).toEqual([0, -1000, -2000]);
    expect(gradient(logsumexp, x).toArray()).toEqual([1, 0, 0]);
    expect(
      gradient((t) => gradient((y) => square(logsumexp(y)), t), x).data.every(Number.isFinite),
    ).toBe(true);
    expectClose(logSoftmax(tensor([0, -40])).data, [-Math.log1p(Math.exp(-40)), -40], 0);
    expect(logsumexp(tensor([0, -40])).item()).toBe(Math.exp(-40));
  });
  it("let −∞ take no part, and of −∞ alone are −∞ with derivative 0", () => {
    const x = tensor([none, 1, none]);
    expect(logsumexp(x).item()).toBe(1);
    expect(softmax(x).toArray()).toEqual([0, 1, 0]);
    expect(gradient(logsumexp, x).toArray()).toEqual([0, 1, 0]);
    expect(gradient((t) => gradient(logsumexp, t), x).toArray()).toEqual([0, 0, 0]);
    const dead = tensor([none, none]);
    expect(logsumexp(dead).item()).toBe(none);
    expect(softmax(dead).toArray()).toEqual([0, 0]);
    expect(logSoftmax(dead).toArray()).toEqual([none, none]);
    for (const f of [
      logsumexp,
      softmax,
      logSoftmax,
      (t: Tensor) => logsumexp(t, { b: 2 }),
      logcumsumexp,
    ]) {
      expect(gradient(f, dead).toArray()).toEqual([0, 0]);
      expect(gradient((t) => gradient(f, t), dead).toArray()).toEqual([0, 0]);
      const [, t] = jvp(f as (x: Tensor) => Tensor, [dead], [tensor([1, 2])]);
      expect([...(t as Tensor).data].every((value) => value === 0)).toBe(true);
    }
  });
  it("have their limits at ∞ and NaN where an element is NaN", () => {
    const x = tensor([Infinity, 1]);
    expect(logsumexp(x).item()).toBe(Infinity);
    expect(softmax(x).toArray()).toEqual([1, 0]);
    expect(gradient(logsumexp, x).toArray()).toEqual([1, 0]);
    expect(softmax(tensor([1, Number.NaN])).toArray()).toEqual([Number.NaN, Number.NaN]);
  });
  it("leave out masked elements and take nothing for −∞", () => {
    const where = tensor([true, false, true]);
    expect(softmax(tensor([0, 99, 0]), { where }).toArray()).toEqual([0.5, 0, 0.5]);
    expect(gradient((t) => logsumexp(t, { where }), tensor([0, Infinity, 0])).toArray()).toEqual([
      0.5, 0, 0.5,
    ]);
    expect(logmeanexp(tensor([5, 99, 5]), { where }).item()).toBe(5);
    expect(logsumexp(tensor(new Float64Array(0), [2, 0]), { axis: 1 }).toArray()).toEqual([
      none,
      none,
    ]);
    expect(softmax(tensor(new Float64Array(0), [2, 0])).shape).toEqual([2, 0]);
  });
  it("weigh exponentials by b, 0 taking no part", () => {
    const x = tensor([Infinity, 1, 1]);
    expect(logsumexp(x, { b: tensor([0, 1, 3]) }).item()).toBeCloseTo(1 + Math.log(4), 14);
    expect(logsumexp(tensor([0, 0]), { b: tensor([1, -2]) }).item()).toBeNaN();
  });
  it("keep f32 and compute integers in f64", () => {
    expect(softmax(tensor([1, 2], { dtype: "f32" })).dtype).toBe("f32");
    expect(logsumexp(tensor([1, 2], { dtype: "i32" })).dtype).toBe("f64");
  });
});

describe("logcumsumexp", () => {
  it("differentiates twice in either direction, and maps", () => {
    for (const reverse of [false, true]) {
      expectDerivatives((t) => square(logcumsumexp(t, { axis: 1, reverse })), [sample([2, 3])]);
      expectBatches((t) => logcumsumexp(t, { axis: 0, reverse }), [sample([2, 3])]);
    }
  });
  it("stays exact at large and infinite elements", () => {
    const x = tensor([none, -1000, 1000, none]);
    expect(logcumsumexp(x).toArray()).toEqual([none, -1000, 1000, 1000]);
    expect(gradient(logcumsumexp, x).toArray()).toEqual([0, 1, 2, 0]);
    const y = log(tensor([1, 2, 3]));
    expectClose(logcumsumexp(y).data, [0, Math.log(3), Math.log(6)]);
  });
});

describe("cummax and cummin", () => {
  it("differentiate in both modes, twice, in either direction, and map", () => {
    for (const f of [cummax, cummin]) {
      for (const reverse of [false, true]) {
        expectDerivatives((t) => square(f(t, { axis: 1, reverse })), [sample([2, 5])]);
        expectBatches((t) => f(t, { axis: 0, reverse }), [sample([3, 2])]);
      }
    }
  });
  it("give the derivative to the first of equal elements", () => {
    const x = tensor([1, 3, 3, 2, 3]);
    expect(gradient(cummax, x).toArray()).toEqual([1, 4, 0, 0, 0]);
    expect(gradient((t) => cummax(t, { reverse: true }), x).toArray()).toEqual([0, 0, 0, 0, 5]);
    expect(gradient(cummin, tensor([none, none])).toArray()).toEqual([2, 0]);
    expect(gradient(cummax, tensor([none, 1])).toArray()).toEqual([1, 1]);
  });
  it("hand on NaN, and its derivative to the first NaN", () => {
    const x = tensor([1, Number.NaN, 5, Number.NaN]);
    expect(cummax(x).toArray()).toEqual([1, Number.NaN, Number.NaN, Number.NaN]);
    expect(gradient(cummin, x).toArray()).toEqual([1, 3, 0, 0]);
  });
});
