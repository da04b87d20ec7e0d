import { describe, expect, it } from "vitest";
import { expectBatches, expectDerivatives, sample } from "../../test/support/derivatives.js";
import { dynamicSlice, dynamicUpdateSlice, multiply, type Tensor, tensor } from "../index.js";

const square = (x: Tensor): Tensor => multiply(x, x);
const starts = (data: number[]): Tensor => tensor(data, [data.length], { dtype: "i32" });

describe("dynamicSlice and dynamicUpdateSlice", () => {
  const x = tensor([0, 1, 2, 3, 4]);
  it("count negative starts from the end and move inside what sticks out", () => {
    expect(dynamicSlice(x, [1], [2]).toArray()).toEqual([1, 2]);
    expect(dynamicSlice(x, [-3], [2]).toArray()).toEqual([2, 3]);
    expect(dynamicSlice(x, [9], [2]).toArray()).toEqual([3, 4]);
    expect(dynamicSlice(x, [-9], [2]).toArray()).toEqual([0, 1]);
    expect(dynamicUpdateSlice(x, tensor([7, 8]), [4]).toArray()).toEqual([0, 1, 2, 7, 8]);
    expect(dynamicUpdateSlice(x, tensor([7, 8]), [-2]).toArray()).toEqual([0, 1, 2, 7, 8]);
    expect(dynamicSlice(3, [], []).item()).toBe(3);
    expect(dynamicSlice(x, [1], [0]).shape).toEqual([0]);
  });
  it("differentiate twice", () => {
    expectDerivatives((t) => square(dynamicSlice(t, [1, 9], [2, 3])), [sample([3, 4])]);
    expectDerivatives(
      (t, u) => square(dynamicUpdateSlice(t, u, [1, 0])),
      [sample([3, 4]), sample([2, 2], 3)],
    );
  });
  it("map over the tensor, the starts, the update and all of them", () => {
    expectBatches((t, s) => dynamicSlice(t, s, [2, 2]), [sample([3, 4]), starts([2, 1])]);
    expectBatches(
      (t, u, s) => dynamicUpdateSlice(t, u, s),
      [sample([3, 3]), sample([2, 1], 2), starts([1, 2])],
    );
  });
  it("refuse lengths beyond the tensor, missing starts and starts that are no integers", () => {
    expect(() => dynamicSlice(x, [0], [6])).toThrow(/^dynamicSlice: .*lengths of at most \[5\]/);
    expect(() => dynamicSlice(x, [0, 0], [2])).toThrow(
      /^dynamicSlice: expected a start per sliced axis/,
    );
    expect(() => dynamicSlice(x, [0.5], [2])).toThrow(/starts of dtype i32 or u32/);
    expect(() => dynamicUpdateSlice(x, tensor([[1]]), [0])).toThrow(/^dynamicUpdateSlice/);
  });
});
