import { describe, expect, it } from "vitest";
import {
  expectBatches,
  expectClose,
  expectDerivatives,
  sample,
} from "../../test/support/derivatives.js";
import { bindTensor } from "../core/bind.js";
import type { Case, Inputs, Primitive } from "../core/primitive.js";
import {
  avgPool,
  grad,
  jvp,
  maxPool,
  multiply,
  sqrt,
  sum,
  sumPool,
  type Tensor,
  tensor,
} from "../index.js";
import { type OverlapParams, overlapAddOp, type WindowParams, windowsOp } from "./windows.js";

describe("windows and overlapAdd", () => {
  it("views every window", () => {
    const views = bindTensor(windowsOp, [tensor([1, 2, 3, 4, 5])], {
      window: [2],
      strides: [2],
      dilation: [2],
    });
    expect(views.toArray()).toEqual([
      [1, 3],
      [3, 5],
    ]);
  });
  const each = <P>(
    primitive: Primitive<P>,
    run: (shape: readonly number[], params: P) => void,
  ): void => {
    for (const { inputs, params } of primitive.cases as readonly Case<P>[])
      run((inputs[0] as { shape: readonly number[] }).shape, params);
  };
  it("are transposes of each other, and map", () => {
    each(windowsOp, (shape, params: WindowParams) => {
      expectDerivatives((x) => bindTensor(windowsOp, [multiply(x, x)], params), [sample(shape)]);
      if (!shape.includes(0))
        expectBatches((x) => bindTensor(windowsOp, [x], params), [sample(shape)]);
    });
    each(overlapAddOp, (shape, params: OverlapParams) => {
      expectDerivatives((x) => bindTensor(overlapAddOp, [multiply(x, x)], params), [sample(shape)]);
      if (!shape.includes(0))
        expectBatches((x) => bindTensor(overlapAddOp, [x], params), [sample(shape)]);
    });
  });
  it("overlapAdd is what it decomposes into", () => {
    const { lower } = overlapAddOp;
    if (lower.kind !== "decompose") throw new Error(lower.kind);
    each(overlapAddOp, (shape, params) => {
      const x = sample(shape);
      const want = bindTensor(overlapAddOp, [x], params);
      const got = lower.decompose([x] as unknown as Inputs<Tensor>, params) as Tensor;
      expect(got.shape).toEqual(want.shape);
      expectClose(got.data, want.data);
    });
  });
});

const image = tensor([
  [1, 2, 3, 4],
  [5, 9, 7, 8],
  [9, 9, 0, -1],
  [2, 3, 4, 5],
]);

describe("maxPool", () => {
  it("takes the largest of each window", () => {
    expect(maxPool(image, { window: [2, 2] }).toArray()).toEqual([
      [9, 8],
      [9, 5],
    ]);
    expect(maxPool(image, { window: [3, 3], stride: 1 }).toArray()).toEqual([
      [9, 9],
      [9, 9],
    ]);
    expect(maxPool(image, { window: [2, 2], dilation: 3 }).toArray()).toEqual([[5]]);
  });
  it("never lets padding win", () => {
    const negative = tensor([[-5, -6, -7]]);
    expect(maxPool(negative, { window: [2], stride: 1, padding: 1 }).toArray()).toEqual([
      [-5, -5, -6, -7],
    ]);
    const integers = tensor(Int32Array.of(-5, -6), [2]);
    expect(maxPool(integers, { window: [2], stride: 1, padding: "SAME" }).toArray()).toEqual([
      -5, -6,
    ]);
  });
  it("gives all of a tie to the first in order, in both modes", () => {
    const x = tensor([3, 3, 3, 1]);
    const f = (z: Tensor): Tensor => maxPool(z, { window: [2], stride: 1 });
    expect(grad((z: Tensor) => sum(f(z)))(x).toArray()).toEqual([1, 1, 1, 0]);
    const [, tangent] = jvp(f, [x], [tensor([1, 10, 100, 1000])]);
    expect(tangent.toArray()).toEqual([1, 10, 100]);
  });
  it("gives elements that do not win exactly 0, also where what they came from has an infinite slope", () => {
    const f = (x: Tensor): Tensor => sum(maxPool(sqrt(x), { window: [2], stride: 1 }));
    expect(grad(f)(tensor([4, 0, 1, 0])).toArray()).toEqual([0.25, 0, 1, 0]);
  });
  it("passes NaN and −∞ on", () => {
    const x = tensor([Number.NaN, 1, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    expect(maxPool(x, { window: [2] }).toArray()).toEqual([Number.NaN, Number.NEGATIVE_INFINITY]);
  });
  it("differentiates in both modes, twice, and maps", () => {
    const f = (x: Tensor): Tensor =>
      maxPool(multiply(x, x), {
        window: [2, 3],
        stride: [1, 2],
        padding: [
          [1, 0],
          [1, 1],
        ],
      });
    expectDerivatives(f, [sample([2, 3, 4])]);
    expectBatches(f, [sample([2, 3, 4])]);
    expectDerivatives((x) => maxPool(x, { window: [2], dilation: 2, stride: 1 }), [sample([5])]);
  });
  it("gives no windows for tensors shorter than one", () => {
    expect(maxPool(sample([2, 1]), { window: [2] }).shape).toEqual([2, 0]);
    expect(maxPool(sample([0, 4]), { window: [2] }).shape).toEqual([0, 2]);
    expect(() => maxPool(sample([2]), { window: [2, 2] })).toThrow(
      /maxPool: expected at least 2 axes/,
    );
    expect(() => maxPool(sample([2]), { window: [0] })).toThrow(/window: a whole number ≥ 1/);
  });
});

describe("sumPool and avgPool", () => {
  it("add and average each window", () => {
    expect(sumPool(image, { window: [2, 2] }).toArray()).toEqual([
      [17, 22],
      [23, 8],
    ]);
    expect(avgPool(image, { window: [4, 4] }).toArray()).toEqual([[70 / 16]]);
    expect(avgPool(tensor(Int32Array.of(1, 2), [2]), { window: [2] }).toArray()).toEqual([1.5]);
  });
  it("count padding, or leave it out", () => {
    const x = tensor([2, 4, 6]);
    const options = { window: [3], stride: 1, padding: 1 } as const;
    expect(avgPool(x, options).toArray()).toEqual([2, 4, 10 / 3]);
    expect(avgPool(x, { ...options, countPadding: false }).toArray()).toEqual([3, 4, 5]);
  });
  it("differentiate in both modes, twice, and map", () => {
    for (const f of [sumPool, avgPool]) {
      const pooled = (x: Tensor): Tensor =>
        f(multiply(x, x), { window: [2, 2], stride: 1, padding: "SAME" });
      expectDerivatives(pooled, [sample([2, 3, 3])]);
      expectBatches(pooled, [sample([2, 3, 3])]);
    }
  });
});
