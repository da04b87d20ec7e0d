import { describe, expect, it } from "vitest";
import { expectBatches, expectDerivatives, sample } from "../../test/support/derivatives.js";
import {
  arraySplit,
  concatenate,
  index,
  indexUpdate,
  multiply,
  type PadMode,
  pad,
  repeat,
  roll,
  rot90,
  split,
  type Tensor,
  tensor,
  tile,
} from "../index.js";

const square = (x: Tensor): Tensor => multiply(x, x);

/** Derivatives of the square and mapping, for a function of a [2, 3] tensor. */
function expectLinear(f: (x: Tensor) => Tensor): void {
  expectDerivatives((x) => square(f(x)), [sample([2, 3])]);
  expectBatches(f, [sample([2, 3])]);
}

describe("roll, rot90, tile, repeat and split", () => {
  it("differentiate and map", () => {
    expectLinear((x) => roll(x, 2));
    expectLinear((x) => roll(x, [1, -1], { axis: [0, 1] }));
    expectLinear((x) => rot90(x, 3));
    expectLinear((x) => tile(x, [2, 1, 2]));
    expectLinear((x) => repeat(x, 2, { axis: 1 }));
    expectLinear((x) => repeat(x, [0, 2, 1], { axis: 1 }));
    expectLinear((x) => concatenate(arraySplit(x, 2, { axis: 1 }).reverse(), { axis: 1 }));
  });
  it("take empty tensors", () => {
    const empty = tensor(new Float64Array(0), [0, 2]);
    expect(roll(empty, 3).shape).toEqual([0, 2]);
    expect(tile(empty, 2).shape).toEqual([0, 4]);
    expect(repeat(tensor([1, 2]), 0).shape).toEqual([0]);
    expect(arraySplit(empty, 2).map(({ shape }) => shape)).toEqual([
      [0, 2],
      [0, 2],
    ]);
  });
  it("refuse what does not fit", () => {
    expect(() => split(tensor([1, 2, 3]), 2)).toThrow(
      /^split: expected a number of parts that divides 3/,
    );
    expect(() => arraySplit(tensor([1]), 0)).toThrow(
      /^arraySplit: expected a whole number of parts/,
    );
    expect(() => roll(tensor([1]), 0.5)).toThrow(/^roll: expected whole numbers of places/);
    expect(() => repeat(tensor([1, 2]), [1])).toThrow(/^repeat: expected 2 numbers/);
    expect(() => tile(1, -1)).toThrow(/^tile: expected whole numbers of repetitions/);
    expect(() => rot90(sample([2, 2]), 1, { axes: [0, -2] })).toThrow(
      /^rot90: expected two different axes/,
    );
  });
});

describe("pad", () => {
  const modes: PadMode[] = [
    "constant",
    "edge",
    "reflect",
    "symmetric",
    "wrap",
    "linearRamp",
    "maximum",
    "mean",
    "minimum",
    "median",
    "empty",
  ];
  for (const mode of modes) {
    it(`in mode ${mode} differentiates and maps`, () => {
      expectLinear((x) =>
        pad(
          x,
          [
            [1, 2],
            [4, 0],
          ],
          { mode },
        ),
      );
    });
  }
  it("mirrors about the ends when odd, past a whole period", () => {
    for (const mode of ["reflect", "symmetric"] as const)
      expectLinear((x) => pad(x, [5, 7], { mode, reflectType: "odd" }));
  });
  it("differentiates by the constants", () => {
    expectDerivatives(
      (x, v) =>
        square(
          pad(x, 1, {
            constantValues: [
              [v, 2],
              [3, v],
            ],
          }),
        ),
      [sample([2, 2]), sample([])],
    );
  });
  it("cuts off with negative widths and spreads with interior", () => {
    const x = tensor([1, 2, 3]);
    expect(pad(x, [-1, 1]).toArray()).toEqual([2, 3, 0]);
    expect(pad(x, 0, { interior: 1, constantValues: 9 }).toArray()).toEqual([1, 9, 2, 9, 3]);
  });
  it("refuses unknown modes, empty axes and integers to average", () => {
    const x = tensor([1, 2]);
    expect(() => pad(x, 1, { mode: "mirror" as never })).toThrow(
      /^pad: expected a mode of numpy.pad/,
    );
    expect(() => pad(x, [-1, 0], { mode: "edge" })).toThrow(/≥ 0 \(mode "edge"\)/);
    expect(() => pad(tensor([]), 1, { mode: "wrap" })).toThrow(
      /at least one element to make mode "wrap"/,
    );
    expect(() => pad(tensor([1], { dtype: "i32" }), 1, { mode: "mean" })).toThrow(
      /f32 or f64 for mode/,
    );
    expect(() =>
      pad(x, [
        [1, 1],
        [1, 1],
      ]),
    ).toThrow(/^pad: expected one value, a pair, or 1 pairs/);
  });
});

describe("index", () => {
  const x = tensor([
    [0, 1, 2],
    [3, 4, 5],
  ]);
  const at = tensor([1, 0, 1], { dtype: "i32" });
  it("differentiates and maps through every kind of specification", () => {
    expectLinear((t) => index(t, -1, "::-1"));
    expectLinear((t) => index(t, "...", null, [0, 2]));
    expectLinear((t) => index(t, at));
    expectLinear((t) => index(t, at, at));
    expectLinear((t) => index(t, at, null, at));
    expectBatches((t, i) => index(t, ":", i), [sample([2, 3]), at]);
  });
  it("removes axes for integers, cuts ranges to the axis and adds axes", () => {
    expect(index(x, 1, -1).item()).toBe(5);
    expect(index(x, "0:99", 0).toArray()).toEqual([0, 3]);
    expect(index(x, null, 0).shape).toEqual([1, 3]);
    expect(index(x, 0, at).toArray()).toEqual([1, 0, 1]);
    expect(index(x, [null, null, -1], [1, null]).toArray()).toEqual([
      [4, 5],
      [1, 2],
    ]);
  });
  it("names what is wrong", () => {
    expect(() => index(x, 2)).toThrow(/^index: expected an index from -2 to 1 along axis 0, got 2/);
    expect(() => index(x, 0, 0, 0)).toThrow(
      /^index: expected at most 2 entries for shape \[2, 3\]/,
    );
    expect(() => index(x, "...", "...")).toThrow(/"..." once/);
    expect(() => index(x, "1-2")).toThrow(/^index: expected a range as "start:stop"/);
    expect(() => index(x, "::0")).toThrow(/^index: .*step other than 0/);
    expect(() => index(x, tensor([true, false]))).toThrow(/shape would depend on values/);
    expect(() => index(x, tensor([0, 7], { dtype: "i32" }))).toThrow(/^index: .*got index 7/);
  });
  it("indexUpdate writes where index reads, and differentiates", () => {
    expect(indexUpdate(x, [":", "::2"], 9).toArray()).toEqual([
      [9, 1, 9],
      [9, 4, 9],
    ]);
    for (const combine of ["set", "add", "multiply"] as const)
      expectDerivatives(
        (t, v) => indexUpdate(t, [at, "1:"], v, { combine }),
        [sample([2, 3]), sample([2], 3)],
      );
  });
});
