import { describe, expect, it } from "vitest";
import { expectBatches, expectDerivatives, sample } from "../../test/support/derivatives.js";
import { bindTensor } from "../core/bind.js";
import type { Case } from "../core/primitive.js";
import { dotGeneral, multiply, type Tensor, tensor } from "../index.js";
import { type ContractionParams, dotGeneralOp } from "./contraction.js";

const cases = (dotGeneralOp.cases ?? []) as readonly Case<ContractionParams>[];

const ofCase =
  (params: ContractionParams) =>
  (x: Tensor, y: Tensor): Tensor =>
    bindTensor(dotGeneralOp, [x, y], params);

describe("dotGeneral", () => {
  it("orders axes as batch, free axes of x, free axes of y", () => {
    const result = dotGeneral(sample([5, 2, 4]), sample([4, 3, 6, 2]), {
      contract: [[-1, 0]],
      batch: [[1, -1]],
    });
    expect(result.shape).toEqual([2, 5, 3, 6]);
  });
  it("differentiates in both modes, twice, for any pairing of axes", () => {
    const square = (z: Tensor): Tensor => multiply(z, z);
    for (const { inputs, params } of cases) {
      if (inputs.some(({ dtype }) => dtype !== undefined)) continue;
      const xs = inputs.map(({ shape }, i) => sample(shape, i + 1));
      expectDerivatives((x, y) => square(ofCase(params)(x, y as Tensor)), xs);
    }
    expectDerivatives((x) => dotGeneral(x, x, { contract: [[0, 1]] }), [sample([3, 3])]);
  });
  it("maps over any axis of either factor", () => {
    for (const { inputs, params } of cases) {
      const xs = inputs.map(({ shape, dtype, values }, i) =>
        values === undefined
          ? sample(shape, i + 1)
          : tensor([...values], shape, { dtype: dtype ?? "f64" }),
      );
      expectBatches((x, y) => ofCase(params)(x, y as Tensor), xs);
    }
  });
  it("wraps integers as two's complement", () => {
    const x = tensor(Int32Array.of(65536, 3), [2]);
    const y = tensor(Int32Array.of(65537, -5), [2]);
    expect(dotGeneral(x, y, { contract: [[0, 0]] }).item()).toBe(65536 - 15);
    const u = tensor(Uint32Array.of(4294967295, 2), [2]);
    expect(dotGeneral(u, u, { contract: [[0, 0]] }).item()).toBe(5);
  });
  it("counts booleans", () => {
    const x = tensor([true, false, true]);
    const count = dotGeneral(x, x, { contract: [[0, 0]] });
    expect([count.dtype, count.item()]).toEqual(["i32", 2]);
  });
  it("rounds f32 once, from a sum in f64", () => {
    const x = tensor(Float32Array.of(1e8, 1, -1e8, 0.5), [4]);
    const y = tensor(new Float32Array(4).fill(1), [4]);
    expect(dotGeneral(x, y, { contract: [[0, 0]] }).item()).toBe(1.5);
  });
  it("keeps errors of long sums small", () => {
    const n = 1_000_000;
    const x = tensor(new Float64Array(n).fill(0.1), [n]);
    const y = tensor(new Float64Array(n).fill(1), [n]);
    expect(
      Math.abs(Number(dotGeneral(x, y, { contract: [[0, 0]] }).item()) - n * 0.1),
    ).toBeLessThan(1e-9);
  });
  it("lets infinities and NaN through as IEEE", () => {
    const x = tensor([[0, 1]]);
    const y = tensor([[Number.POSITIVE_INFINITY], [2]]);
    expect(dotGeneral(x, y, { contract: [[1, 0]] }).item()).toBeNaN();
  });
  it("refuses pairs of different lengths, repeated axes and axes that are not there", () => {
    const x = sample([2, 3]);
    expect(() => dotGeneral(x, x, { contract: [[0, 1]] })).toThrow(
      /dotGeneral: expected paired axes of equal length, got axis 0 of f64\[2, 3\] with axis 1/,
    );
    expect(() => dotGeneral(x, x, { contract: [[0, 0]], batch: [[0, 0]] })).toThrow(/one pair/);
    expect(() => dotGeneral(x, x, { contract: [[2, 0]] })).toThrow(/axis from -2 to 1/);
  });
});
