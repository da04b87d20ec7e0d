import { describe, expect, it } from "vitest";
import { expectBatches, expectDerivatives, sample } from "../../test/support/derivatives.js";
import {
  cumprod,
  cumsum,
  diff,
  grad,
  linearRecurrence,
  multiply,
  prod,
  sum,
  type Tensor,
  tensor,
} from "../index.js";

const square = (x: Tensor): Tensor => multiply(x, x);
const zeros = [
  [1, 2, 3, -1],
  [1, 0, 3, -1],
  [0, 2, 0, -1],
  [0, 0, 0, 2],
  [0, 0, 0, 0],
];

describe("cumsum, cumprod and linearRecurrence", () => {
  it("differentiate in both modes, twice, in either direction", () => {
    for (const reverse of [false, true]) {
      expectDerivatives((x) => square(cumsum(x, { axis: 1, reverse })), [sample([2, 3])]);
      expectDerivatives((x) => cumprod(x, { axis: 0, reverse }), [sample([3, 2])]);
      expectDerivatives(
        (a, b) => linearRecurrence(a, b, { reverse }),
        [sample([4]), sample([4], 3)],
      );
    }
  });
  it("map over any axis", () => {
    expectBatches((x) => cumsum(x, { axis: 1, reverse: true }), [sample([2, 3])]);
    expectBatches((x) => cumprod(x), [sample([2, 3])]);
    expectBatches(
      (a, b) => linearRecurrence(a, b, { axis: 1 }),
      [sample([2, 3]), sample([2, 3], 2)],
    );
  });
  it("have exact derivatives at any number of zeros", () => {
    for (const row of zeros) {
      expectDerivatives((x) => cumprod(x), [tensor(row)]);
      expectDerivatives((x) => cumprod(x, { reverse: true }), [tensor(row)]);
    }
    const third = (x: Tensor): Tensor =>
      grad((y: Tensor) =>
        sum(multiply(grad((z: Tensor) => sum(cumprod(z)))(y), tensor([1, 2, 3]))),
      )(x);
    expectDerivatives(third, [tensor([0, 0, 0])], 1);
  });
  it("wrap integers, count booleans and follow the recurrence", () => {
    expect(cumprod(tensor([65536, 65537, 3], { dtype: "i32" })).toArray()).toEqual([
      65536, 65536, 196608,
    ]);
    expect(cumsum(tensor([true, false, true])).toArray()).toEqual([1, 1, 2]);
    expect(linearRecurrence(tensor([9, 2, 3]), 1).toArray()).toEqual([1, 3, 10]);
    expect(linearRecurrence(2, tensor([1, 0, 5]), { reverse: true }).toArray()).toEqual([
      21, 10, 5,
    ]);
  });
});

describe("prod", () => {
  it("has exact derivatives at any number of zeros, over any axes", () => {
    for (const row of zeros) {
      expectDerivatives((x) => prod(x), [tensor(row)]);
      expectDerivatives((x) => prod(x, { axis: 0 }), [tensor([row, [1, 2, 0, 1], [3, 1, 2, 0]])]);
    }
    expectDerivatives((x) => prod(x, { axis: [0, 2], keepdims: true }), [sample([2, 3, 2])]);
  });
  it("is the product of the others by each element", () => {
    expect(grad((x: Tensor) => prod(x))(tensor([0, 2, 3])).toArray()).toEqual([6, 0, 0]);
    expect(grad((x: Tensor) => prod(x))(tensor([0, 0, 3])).toArray()).toEqual([0, 0, 0]);
    const mixed = grad((x: Tensor) =>
      sum(multiply(grad((y: Tensor) => prod(y))(x), tensor([1, 0, 0]))),
    );
    expect(mixed(tensor([0, 0, 3])).toArray()).toEqual([0, 3, 0]);
  });
  it("of nothing is 1, with a gradient of the input's shape", () => {
    const empty = tensor(new Float64Array(0), [2, 0]);
    expect(prod(empty, { axis: 1 }).toArray()).toEqual([1, 1]);
    expect(grad((x: Tensor) => sum(prod(x, { axis: 1 })))(empty).shape).toEqual([2, 0]);
    expect(prod(tensor(5)).item()).toBe(5);
  });
  it("maps over any axis", () => {
    expectBatches((x) => prod(x, { axis: 1 }), [sample([2, 3])]);
    expectBatches((x) => grad((y: Tensor) => prod(y))(x), [tensor([0, 1, 2])]);
  });
});

describe("diff", () => {
  it("differentiates, with what is put before and after", () => {
    expectDerivatives((x) => square(diff(x, { n: 2 })), [sample([2, 4])]);
    expectDerivatives(
      (x, y) => square(diff(x, { axis: 0, append: y })),
      [sample([2, 2]), sample([])],
    );
  });
  it("refuses a negative number of times", () => {
    expect(() => diff(tensor([1, 2]), { n: -1 })).toThrow(/^diff: expected n a whole number/);
  });
});
