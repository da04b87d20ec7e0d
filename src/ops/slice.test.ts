import { describe, expect, it } from "vitest";
import { expectBatches, expectDerivatives, sample } from "../../test/support/derivatives.js";
import { bindTensor } from "../core/bind.js";
import { grad, multiply, type Tensor, tensor } from "../index.js";
import type { PadParams } from "./placement.js";
import { sum } from "./reduce.js";
import { flip, padOp, slice } from "./slice.js";

const m = tensor([
  [1, 2, 3, 4],
  [5, 6, 7, 8],
  [9, 10, 11, 12],
]);

describe("slice", () => {
  it("counts negative indices from the end and cuts what lies outside, as Array.slice", () => {
    expect(slice(m, [1], [null]).toArray()).toEqual([
      [5, 6, 7, 8],
      [9, 10, 11, 12],
    ]);
    expect(slice(m, [-1, -3], [99, -1]).toArray()).toEqual([[10, 11]]);
    expect(slice(m, [2, 0], [1, 4]).shape).toEqual([0, 4]);
  });
  it("steps forwards and backwards", () => {
    expect(slice(m, [null, null], [null, null], [2, 3]).toArray()).toEqual([
      [1, 4],
      [9, 12],
    ]);
    expect(slice(m, [null, null], [null, 0], [-2, -1]).toArray()).toEqual([
      [12, 11, 10],
      [4, 3, 2],
    ]);
  });
  it("differentiates in both modes, twice, forwards, backwards and empty", () => {
    const square = (y: Tensor): Tensor => multiply(y, y);
    expectDerivatives((x) => square(slice(x, [0, 1], [3, 4], [2, 2])), [sample([3, 5])]);
    expectDerivatives((x) => square(slice(x, [null, 3], [null, null], [-1, -2])), [sample([3, 5])]);
    const g = grad((x: Tensor) => sum(slice(x, [1], [1])))(sample([3]));
    expect(g.toArray()).toEqual([0, 0, 0]);
  });
  it("maps over any axis", () => {
    expectBatches((x) => slice(x, [null, 3], [null, null], [1, -2]), [sample([2, 4])]);
  });
  it("refuses a step of 0 and more entries than axes", () => {
    expect(() => slice(m, [0], [1], [0])).toThrow(/slice.*step other than 0/);
    expect(() => slice(m, [0, 0, 0])).toThrow(/slice.*at most 2/);
  });
});

describe("flip", () => {
  it("reverses the given axes, all of them by default", () => {
    expect(flip(tensor([1, 2, 3])).toArray()).toEqual([3, 2, 1]);
    expect([...flip(m, 0).data]).toEqual([9, 10, 11, 12, 5, 6, 7, 8, 1, 2, 3, 4]);
    expect([...flip(m).data]).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(flip(tensor(new Float64Array(0), [0, 2])).shape).toEqual([0, 2]);
  });
});

describe("pad", () => {
  const pad = (low: number[], high: number[], interior: number[]) => (x: Tensor, value: Tensor) => {
    const params: PadParams = { low, high, interior };
    return bindTensor(padOp, [x, value], params);
  };
  it("adds before, after and between, and cuts off where negative", () => {
    const x = tensor([1, 2, 3]);
    const nine = tensor(9);
    expect(pad([1], [2], [0])(x, nine).toArray()).toEqual([9, 1, 2, 3, 9, 9]);
    expect(pad([0], [0], [2])(x, nine).toArray()).toEqual([1, 9, 9, 2, 9, 9, 3]);
    expect(pad([-1], [1], [1])(x, nine).toArray()).toEqual([9, 2, 9, 3, 9]);
    expect(pad([-2], [0], [2])(x, nine).toArray()).toEqual([9, 2, 9, 9, 3]);
    expect(pad([-3], [0], [0])(x, nine).toArray()).toEqual([]);
    expect(pad([2], [-5], [0])(x, nine).toArray()).toEqual([]);
    expect(pad([4], [-4], [0])(x, nine).toArray()).toEqual([9, 9, 9]);
    expect(pad([2], [1], [1])(tensor(new Float64Array(0), [0]), nine).toArray()).toEqual([9, 9, 9]);
  });
  it("differentiates by the tensor and by the value", () => {
    for (const [low, high, interior] of [
      [
        [1, 0],
        [2, 1],
        [0, 2],
      ],
      [
        [-1, 2],
        [0, -4],
        [1, 0],
      ],
      [
        [-9, 12],
        [12, -9],
        [0, 0],
      ],
    ] as const) {
      const f = pad([...low], [...high], [...interior]);
      expectDerivatives((x, v) => multiply(f(x, v), f(x, v)), [sample([3, 3]), sample([])]);
      expectBatches(f, [sample([3, 3]), sample([])]);
    }
  });
});
