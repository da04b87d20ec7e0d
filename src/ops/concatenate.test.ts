import { describe, expect, it } from "vitest";
import { expectBatches, expectDerivatives, sample } from "../../test/support/derivatives.js";
import {
  concatenate,
  expandDims,
  grad,
  moveaxis,
  multiply,
  reshape,
  squeeze,
  stack,
  sum,
  swapaxes,
  type Tensor,
  tensor,
  where,
} from "../index.js";

const square = (x: Tensor): Tensor => multiply(x, x);

describe("concatenate and stack", () => {
  it("differentiate by every part, also when one appears twice", () => {
    expectDerivatives(
      (x, y) => square(concatenate([x, y, x], { axis: 1 })),
      [sample([2, 3]), sample([2, 1])],
    );
    expectDerivatives((x, y) => square(stack([x, y], { axis: -1 })), [sample([2]), sample([2], 2)]);
  });
  it("map over any choice of parts", () => {
    expectBatches((x, y) => concatenate([x, y]), [sample([2, 2]), sample([1, 2])]);
    expectBatches((x, y) => stack([x, y], { axis: 1 }), [sample([2]), sample([2], 2)]);
  });
  it("promote, take numbers in stack, and keep f32", () => {
    expect(stack([1, tensor([2], { dtype: "f32" }).mul(1).reshape([])]).dtype).toBe("f32");
    expect(concatenate([tensor([1], { dtype: "i32" }), tensor([0.5])]).toArray()).toEqual([1, 0.5]);
  });
  it("keep a branch not taken at exactly 0", () => {
    const f = (x: Tensor): Tensor => {
      const parts = concatenate([where(x.gt(0), tensor(1).div(x), 0), x]);
      return sum(where(tensor([false, true, true, true]), parts, 0));
    };
    expect(grad(f)(tensor([0, 2])).toArray()).toEqual([1, 1 - 1 / 4]);
  });
  it("refuse nothing, scalars and shapes that do not fit", () => {
    expect(() => stack(tensor([1, 2]) as never)).toThrow("got an instance of Tensor");
    expect(() => concatenate([])).toThrow(
      /^concatenate: expected a list of at least one tensor, got an empty/,
    );
    expect(() => concatenate([1, 2])).toThrow(/stack joins scalars/);
    expect(() => concatenate([sample([2, 3]), sample([3, 3])], { axis: 1 })).toThrow(
      /agree in every axis but 1, got f64\[2, 3\] and f64\[3, 3\]/,
    );
    expect(() => stack([sample([2]), sample([3])])).toThrow(
      /^stack: expected tensors of one shape/,
    );
  });
});

describe("operations on axes", () => {
  it("differentiate and map over any axis", () => {
    const fs = [
      (x: Tensor) => expandDims(x, [0, 2]),
      (x: Tensor) => moveaxis(x, 0, -1),
      (x: Tensor) => swapaxes(x, 0, 2),
      (x: Tensor) => squeeze(reshape(x, [2, 1, 3, 2, 1])),
    ];
    for (const f of fs) {
      expectDerivatives((x) => square(f(x)), [sample([2, 3, 2])]);
      expectBatches(f, [sample([2, 3, 2])]);
    }
  });
  it("refuse axes that are not there", () => {
    expect(() => squeeze(sample([2, 1]), 0)).toThrow(/^squeeze: expected axes of length 1/);
    expect(() => moveaxis(sample([2, 1]), [0, 0], [0, 1])).toThrow(/different sources/);
    expect(() => swapaxes(sample([2, 1]), 0, 2)).toThrow(
      /^swapaxes: expected an axis from -2 to 1/,
    );
  });
});
