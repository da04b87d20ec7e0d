import { describe, expect, it } from "vitest";
import { expectBatches, expectDerivatives, sample } from "../../test/support/derivatives.js";
import {
  argsort,
  cast,
  grad,
  multiply,
  searchsorted,
  sort,
  sum,
  type Tensor,
  tensor,
  topK,
} from "../index.js";
import { placeIn, stableOrder } from "./order.js";

const square = (x: Tensor): Tensor => multiply(x, x);
const weights = tensor([1, 2, 3, 4]);

describe("sort and argsort", () => {
  it("differentiate through the permutation, twice, in either direction", () => {
    for (const descending of [false, true]) {
      expectDerivatives((x) => square(sort(x, { descending })), [sample([2, 4])]);
      expectDerivatives((x) => square(sort(x, { axis: 0, descending })), [sample([3, 2])]);
    }
    expectDerivatives((x) => square(sort(x, { axis: null })), [sample([2, 2])]);
  });
  it("keep ties in order: the first takes the first place, forwards and backwards", () => {
    const x = tensor([1, 0, 1, 0]);
    expect(argsort(x).toArray()).toEqual([1, 3, 0, 2]);
    expect(argsort(x, { descending: true }).toArray()).toEqual([0, 2, 1, 3]);
    expect((grad((y: Tensor) => sum(multiply(sort(y), weights)))(x) as Tensor).toArray()).toEqual([
      3, 1, 4, 2,
    ]);
  });
  it("put NaN last in either direction", () => {
    const x = tensor([Number.NaN, 2, -Infinity, Number.NaN]);
    expect(sort(x).toArray()).toEqual([-Infinity, 2, Number.NaN, Number.NaN]);
    expect(argsort(x, { descending: true }).toArray()).toEqual([1, 2, 0, 3]);
  });
  it("map over any axis", () => {
    expectBatches((x) => sort(x, { axis: 0 }), [sample([3, 2])]);
    expectBatches((x) => argsort(x, { descending: true }), [sample([2, 3])]);
  });
  it("agree with Array.sort on long lines", () => {
    const keys = sample([1001], 5).data.map((value) => Math.round(value * 50));
    const expected = [...keys.keys()].sort(
      (a, b) => (keys[a] as number) - (keys[b] as number) || a - b,
    );
    expect([...stableOrder(keys, false)]).toEqual(expected);
    const down = [...keys.keys()].sort(
      (a, b) => (keys[b] as number) - (keys[a] as number) || a - b,
    );
    expect([...stableOrder(keys, true)]).toEqual(down);
  });
  it("are errors of a scalar, and indices are not differentiable", () => {
    expect(() => sort(3)).toThrow(/^sort: expected no axis: the tensor is a scalar/);
    const f = (x: Tensor): Tensor => sum(cast(argsort(x), "f64"));
    expect(() => grad(f)(tensor([2, 1]))).toThrow(/argsort.*no derivative/);
  });
});

describe("topK", () => {
  it("differentiates through the choice, along any axis, twice", () => {
    expectDerivatives((x) => square(topK(x, 2)[0]), [sample([2, 4])]);
    expectDerivatives((x) => square(topK(x, 2, { axis: 0 })[0]), [sample([3, 2])]);
  });
  it("takes the first of equal elements and NaN last", () => {
    const [values, indices] = topK(tensor([2, Number.NaN, 5, 5, 2]), 3);
    expect([values.toArray(), indices.toArray()]).toEqual([
      [5, 5, 2],
      [2, 3, 0],
    ]);
    expect((grad((x: Tensor) => sum(topK(x, 1)[0]))(tensor([5, 5])) as Tensor).toArray()).toEqual([
      1, 0,
    ]);
  });
  it("maps over any axis, both results", () => {
    expectBatches((x) => topK(x, 2)[0], [sample([2, 3])]);
    expectBatches((x) => topK(x, 2)[1], [sample([2, 3])]);
  });
  it("refuses k beyond the length, and scalars", () => {
    expect(() => topK(tensor([1, 2]), 3)).toThrow(/^topK: expected k from 0 to 2, got k = 3/);
    expect(() => topK(1, 1)).toThrow(/^topK: expected/);
    expect(topK(tensor([1, 2]), 0)[0].shape).toEqual([0]);
  });
});

describe("searchsorted", () => {
  it("finds the place before or after equals, NaN at the end", () => {
    const line = [0, 1, 1, 3, Number.NaN];
    expect([1, 2, Number.NaN, -5].map((v) => placeIn(line, v, false))).toEqual([1, 3, 4, 0]);
    expect([1, 2, Number.NaN, -5].map((v) => placeIn(line, v, true))).toEqual([3, 3, 5, 0]);
  });
  it("maps over line, values and both", () => {
    const line = tensor([-1, -0.5, 0.5, 1.5]);
    expectBatches((v) => searchsorted(line, v), [sample([2, 2])]);
    expectBatches(
      (a, v) => searchsorted(sort(a), v, { side: "right" }),
      [sample([4]), sample([3], 2)],
    );
  });
});
