import { describe, expect, it } from "vitest";
import { expectBatches, expectDerivatives, sample } from "../../test/support/derivatives.js";
import * as cotangent from "../index.js";
import {
  average,
  grad,
  jvp,
  median,
  multiply,
  nanmean,
  nansum,
  norm,
  oneHot,
  quantile,
  standardize,
  std,
  sum,
  type Tensor,
  tensor,
  variance,
} from "../index.js";

const square = (x: Tensor): Tensor => multiply(x, x);
const gradient = (f: (x: Tensor) => Tensor, x: Tensor): Tensor =>
  grad((y: Tensor) => sum(f(y)))(x) as Tensor;

describe("variance, std, average and standardize", () => {
  it("differentiate in both modes, twice, and map", () => {
    const where = tensor([
      [true, true, false],
      [true, false, true],
    ]);
    for (const options of [{}, { axis: 1, ddof: 1 }, { axis: [0, 1], keepdims: true }, { where }]) {
      expectDerivatives((x) => square(variance(x, options)), [sample([2, 3])]);
      expectDerivatives((x) => square(std(x, options)), [sample([2, 3])]);
      expectBatches((x) => std(x, options), [sample([2, 3])]);
    }
    expectDerivatives(
      (x, w) => average(x, { weights: square(w), axis: 1 }),
      [sample([2, 3]), sample([3], 3)],
    );
    expectDerivatives((x) => square(standardize(x, { axis: [0, 1] })), [sample([2, 3])]);
  });
  it("std has derivative 0 where all elements are equal, of both orders and in both modes", () => {
    const x = tensor([2, 2, 2]);
    expect(gradient(std, x).toArray()).toEqual([0, 0, 0]);
    expect(gradient((t) => gradient(std, t), x).toArray()).toEqual([0, 0, 0]);
    const [, t] = jvp((y: Tensor) => std(y), [x], [tensor([1, 2, 3])]);
    expect((t as Tensor).item()).toBe(0);
  });
  it("variance goes by the name of var, too", () => {
    expect(cotangent.var).toBe(variance);
  });
});

describe("norm", () => {
  it("differentiates for every order, twice, and maps", () => {
    for (const ord of [2, 1, 3, 4.5, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      expectDerivatives((x) => square(norm(x, { ord, axis: 1 })), [sample([2, 3])]);
    expectDerivatives((x) => norm(x, { ord: "fro" }), [sample([2, 2])]);
    expectBatches((x) => norm(x, { axis: 0, keepdims: true }), [sample([2, 3])]);
  });
  it("has derivative 0 at the origin for every order, also the second", () => {
    const x = tensor([0, 0]);
    for (const ord of [2, 1, 3, Number.POSITIVE_INFINITY]) {
      const f = (t: Tensor): Tensor => norm(t, { ord });
      expect(f(x).item()).toBe(0);
      expect(gradient(f, x).toArray()).toEqual([0, 0]);
      expect(gradient((t) => gradient(f, t), x).toArray()).toEqual([0, 0]);
      const [, t] = jvp(f, [x], [tensor([1, 2])]);
      expect((t as Tensor).item()).toBe(0);
    }
  });
  it("neither overflows nor underflows", () => {
    expect(norm(tensor([3e300, 4e300])).item()).toBeCloseTo(5e300, -286);
    expect(norm(tensor([3e-320, 4e-320])).item()).toBe(5e-320);
    const g = gradient(norm, tensor([3e300, 4e300])).data;
    expect([g[0], g[1]]).toEqual([expect.closeTo(0.6, 14), expect.closeTo(0.8, 14)]);
    expect(norm(tensor([1, Infinity])).item()).toBe(Infinity);
    expect(norm(tensor([Infinity, Number.NaN])).item()).toBeNaN();
  });
  it("refuses an order there is not", () => {
    expect(() => norm(tensor([1]), { ord: "nuc" as never })).toThrow(
      /^norm: expected ord a number/,
    );
  });
});

describe("median, quantile and sums without NaN", () => {
  it("differentiate through the order, twice, and map", () => {
    expectDerivatives((x) => square(median(x, { axis: 1 })), [sample([2, 4])]);
    expectDerivatives((x) => square(quantile(x, [0.1, 0.5, 0.9])), [sample([5])]);
    expectBatches((x) => quantile(x, 0.3, { axis: 0 }), [sample([4, 2])]);
  });
  it("refuse q outside [0, 1] and no elements", () => {
    expect(() => quantile(tensor([1]), 2)).toThrow(/^quantile: expected q from 0 to 1, got 2/);
    expect(() => median(tensor([]))).toThrow(/^median: expected at least one element/);
  });
  it("hand on NaN, and leave it out where asked, also in the derivative", () => {
    const x = tensor([1, Number.NaN, 3]);
    expect(median(x).item()).toBeNaN();
    expect([nansum(x).item(), nanmean(x).item()]).toEqual([4, 2]);
    expect(gradient(nanmean, x).toArray()).toEqual([0.5, 0, 0.5]);
  });
});

describe("oneHot", () => {
  it("marks the place of each label, nothing outside", () => {
    expect(oneHot([2, 0, 5], 3).toArray()).toEqual([
      [0, 0, 1],
      [1, 0, 0],
      [0, 0, 0],
    ]);
    expect(oneHot(1, 2, { dtype: "bool" }).toArray()).toEqual([false, true]);
    expect(() => oneHot(tensor([0.5]), 2)).toThrow(/^oneHot: expected labels of dtype i32/);
  });
});
