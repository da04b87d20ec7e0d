import { describe, expect, it } from "vitest";
import { expectBatches, expectDerivatives, sample } from "../../test/support/derivatives.js";
import {
  argmax,
  bincount,
  gather,
  grad,
  jvp,
  multiply,
  putAlongAxis,
  scatter,
  scatterAdd,
  scatterMax,
  scatterMin,
  scatterMul,
  segmentSum,
  sum,
  type Tensor,
  take,
  takeAlongAxis,
  tensor,
  where,
} from "../index.js";

const square = (x: Tensor): Tensor => multiply(x, x);
const ints = (data: number[], shape: number[]): Tensor => tensor(data, shape, { dtype: "i32" });
const scatters = { scatter, scatterAdd, scatterMul, scatterMin, scatterMax };
const twice = ints([1, 0, 1, -2], [4, 1]);

describe("take, takeAlongAxis and gather", () => {
  it("differentiate twice, repeated indices adding up", () => {
    expectDerivatives((x) => square(take(x, [2, 0, 2, -1], { axis: 1 })), [sample([2, 3])]);
    expectDerivatives((x) => square(take(x, [5, 5])), [sample([2, 3])]);
    const order = ints([1, 0, 1, 2, 2, 2], [2, 3]);
    expectDerivatives((x) => square(takeAlongAxis(x, order, { axis: 0 })), [sample([3, 3])]);
    expectDerivatives(
      (x) =>
        square(
          gather(
            x,
            [
              [0, 1],
              [0, 1],
              [1, -1],
            ],
            { axes: [2, 0] },
          ),
        ),
      [sample([2, 2, 2])],
    );
    expect(grad((x: Tensor) => sum(take(x, [1, 1, 0])))(tensor([5, 6, 7])).toArray()).toEqual([
      1, 2, 0,
    ]);
  });
  it("map over the tensor, the indices and both", () => {
    expectBatches((x, i) => take(x, i, { axis: 1 }), [sample([2, 3]), ints([2, 0, -1, 1], [2, 2])]);
    expectBatches(
      (x, i) => takeAlongAxis(x, i, { axis: 0 }),
      [sample([3, 2]), ints([2, 0], [1, 2])],
    );
    expectBatches((x, i) => gather(x, i), [sample([2, 2, 2]), ints([1, 0, 0, 1, 1, 1], [3, 2])]);
    expectBatches(
      (x, i) => gather(x, i, { batch: 1, axes: [2] }),
      [sample([2, 3, 2]), ints([1, 0, 0, 1], [2, 2, 1])],
    );
  });
  it("name operation and index when one lies outside, and not when the mode allows it", () => {
    const x = tensor([1, 2, 3]);
    expect(() => take(x, [0, 3])).toThrow(
      /^take: expected indices from -3 to 2 into an axis of length 3, got index 3\n {2}fix: where indices may lie outside/,
    );
    expect(() => takeAlongAxis(x, [-4])).toThrow(/^takeAlongAxis: .*got index -4/);
    expect(() => scatterAdd(x, [[7]], 1)).toThrow(/^scatterAdd: .*got index 7/);
    expect(() => grad((y: Tensor) => sum(take(y, [4])))(x)).toThrow(/^take: .*index 4/);
    expect(take(x, [0, 3, -4], { mode: "clip" }).toArray()).toEqual([1, 3, 1]);
    expect(take(x, [0, 3, -4], { mode: "fill" }).toArray()).toEqual([1, Number.NaN, Number.NaN]);
    expect(take(x, [3, -1], { mode: "fill", fillValue: 9 }).toArray()).toEqual([9, 3]);
    expect(scatterAdd(x, [[7], [0]], 1, { mode: "fill" }).toArray()).toEqual([2, 2, 3]);
    expect(scatter(x, [[7], [0]], 0, { mode: "clip" }).toArray()).toEqual([0, 2, 0]);
    const filled = (y: Tensor): Tensor => sum(take(y, [0, 5], { mode: "fill", fillValue: 1 }));
    expect(grad(filled)(x).toArray()).toEqual([1, 0, 0]);
    expect(
      gather(
        sample([2, 2]),
        [
          [1, 2],
          [1, 1],
        ],
        { mode: "fill", fillValue: 3 },
      ).data[0],
    ).toBe(3);
  });
  it("refuse indices that are no integers, and modes there are not", () => {
    expect(() => take(tensor([1]), tensor([0]))).toThrow(
      /indices of dtype i32 or u32, got f64\[1, 1\]/,
    );
    expect(() => take(tensor([1]), 0.5)).toThrow(/indices of dtype/);
    expect(() => take(tensor([1]), 0, { mode: "wrap" as never })).toThrow(
      /mode "error", "clip" or "fill"/,
    );
    expect(() => gather(sample([2, 2]), [[0, 0, 0]])).toThrow(/^gather: expected indices/);
  });
  it("read nothing from nothing", () => {
    const empty = tensor(new Float64Array(0), [0, 2]);
    const none = ints([], [0]);
    expect(take(empty, none, { axis: 0 }).shape).toEqual([0, 2]);
    expect(() => take(empty, 0, { axis: 0, mode: "clip" })).toThrow(/axis of length 0/);
    expect(grad((x: Tensor) => sum(take(x, none, { axis: 0 })))(empty).shape).toEqual([0, 2]);
  });
  it("keep a branch not taken at exactly 0", () => {
    const f = (x: Tensor): Tensor =>
      sum(where(tensor([true, false]), take(tensor(1).div(x), [0, 1]), 0));
    expect(grad(f)(tensor([2, 0])).toArray()).toEqual([-1 / 4, 0]);
  });
  it("use what argmax finds without differentiating it", () => {
    const f = (x: Tensor): Tensor => square(take(x, argmax(x)));
    expect(grad(f)(tensor([1, 4, 2])).toArray()).toEqual([0, 8, 0]);
  });
});

describe("scatters", () => {
  for (const [name, f] of Object.entries(scatters)) {
    it(`${name} differentiates by both, twice, at repeated indices`, () => {
      expectDerivatives((x, u) => f(square(x), twice, square(u)), [sample([3]), sample([4], 2)]);
      expectDerivatives(
        (x, u) =>
          f(
            x,
            [
              [1, 0],
              [1, 0],
            ],
            u,
            { axes: [0, 2] },
          ),
        [sample([2, 2, 2]), sample([2, 2], 5)],
      );
    });
    it(`${name} maps over every choice of inputs`, () => {
      expectBatches(
        (x, i, u) => f(x, i, u),
        [sample([3, 2]), ints([1, 0, 1], [3, 1]), sample([3, 2], 4)],
      );
      const g = (x: Tensor, u: Tensor): Tensor =>
        grad((y: Tensor) => sum(square(f(y, twice, u))))(x) as Tensor;
      expectBatches(g, [sample([3]), sample([4], 3)]);
    });
    it(`${name} into and of nothing leaves x as it is`, () => {
      const x = sample([2, 2]);
      expect(f(x, ints([], [0, 1]), 1).toArray()).toEqual(x.toArray());
    });
  }
  it("scatter gives the derivative to the last update only", () => {
    const g = grad((u: Tensor) => sum(scatter(tensor([1, 2, 3]), twice, u)))(tensor([1, 2, 3, 4]));
    expect((g as Tensor).toArray()).toEqual([0, 1, 0, 1]);
    expect(
      (grad((x: Tensor) => sum(scatter(x, twice, 0)))(tensor([1, 2, 3])) as Tensor).toArray(),
    ).toEqual([0, 0, 1]);
  });
  it("scatterMul has exact derivatives at any number of zeros", () => {
    for (const u of [
      [0, 1, 2, 3],
      [0, 1, 0, 3],
      [0, 0, 0, 0],
    ])
      expectDerivatives((x, v) => scatterMul(x, twice, v), [tensor([1, 0, 2]), tensor(u)]);
  });
  it("scatterMax and scatterMin share ties between element and updates", () => {
    const u = tensor([2, 5, 2, 1]);
    const [gx, gu] = grad((x: Tensor, v: Tensor) => sum(scatterMax(x, twice, v)), {
      argnums: [0, 1],
    } as never)(tensor([0, 2, 3]), u) as unknown as [Tensor, Tensor];
    expect(gx.toArray()).toEqual([0, 1 / 3, 1]);
    expect(gu.toArray()).toEqual([1 / 3, 1, 1 / 3, 0]);
  });
  it("putAlongAxis combines as asked and differentiates", () => {
    for (const combine of ["set", "add", "multiply", "min", "max"] as const) {
      expectDerivatives(
        (x, v) =>
          putAlongAxis(
            x,
            [
              [1, 1],
              [0, 2],
            ],
            v,
            { axis: 1, combine },
          ),
        [sample([2, 3]), sample([2, 2], 3)],
      );
    }
    expect(() => putAlongAxis(tensor([1]), [0], 1, { combine: "sub" as never })).toThrow(
      /"set", "add"/,
    );
  });
  it("segmentSum and bincount add up by number", () => {
    expectDerivatives(
      (x) => square(segmentSum(x, [1, 0, 1], { numSegments: 3 })),
      [sample([3, 2])],
    );
    expect(bincount([1, 1, 3], { length: 4 }).toArray()).toEqual([0, 2, 0, 1]);
    expect(() => bincount([1, 4], { length: 4 })).toThrow(/^bincount: .*index 4/);
    expect(bincount([1, 4], { length: 4, mode: "fill" }).toArray()).toEqual([0, 1, 0, 0]);
  });
  it("accumulate f32 in f64, wrap integers, or booleans", () => {
    const many = ints(new Array(1000).fill(0), [1000, 1]);
    const tenth = tensor(new Float32Array(1000).fill(0.1), [1000]);
    const total = scatterAdd(tensor([0], { dtype: "f32" }), many, tenth);
    expect(total.item()).toBe(Math.fround(1000 * Math.fround(0.1)));
    expect(scatterMul(ints([65537], [1]), ints([0, 0], [2, 1]), ints([65537, 3], [2])).item()).toBe(
      Math.imul(Math.imul(65537, 65537), 3),
    );
    const flags = scatterAdd(tensor([true, false]), [[0], [0]], tensor([true, true]));
    expect(flags.toArray()).toEqual([true, false]);
  });
  it("push tangents forward as they pull cotangents back", () => {
    const [, t] = jvp((x: Tensor) => scatter(x, [[0], [0]], x), [tensor([1, 2])], [tensor([3, 5])]);
    expect((t as Tensor).toArray()).toEqual([5, 5]);
  });
});
