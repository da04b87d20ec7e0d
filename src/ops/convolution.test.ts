import { describe, expect, it } from "vitest";
import {
  expectBatches,
  expectClose,
  expectDerivatives,
  sample,
} from "../../test/support/derivatives.js";
import { bindTensor } from "../core/bind.js";
import type { Case, Inputs } from "../core/primitive.js";
import {
  conv,
  convolve,
  convTranspose,
  correlate,
  grad,
  multiply,
  sum,
  type Tensor,
  tensor,
  vjp,
} from "../index.js";
import { convGeneralDilatedOp } from "./convolution.js";
import type { ConvolutionParams } from "./convolve-arrays.js";
import type { Padding } from "./padding.js";

const cases = convGeneralDilatedOp.cases as readonly Case<ConvolutionParams>[];

const apply =
  (params: ConvolutionParams) =>
  (x: Tensor, w: Tensor): Tensor =>
    bindTensor(convGeneralDilatedOp, [x, w], params);

/** The sum written out, one output element at a time, for two spatial axes. */
function byHand(
  x: Tensor,
  w: Tensor,
  {
    stride = [1, 1],
    padding = [
      [0, 0],
      [0, 0],
    ],
    dilation = [1, 1],
    spread = [1, 1],
    groups = 1,
  },
): Tensor {
  const [n, c, h, v] = x.shape as [number, number, number, number];
  const [o, i, kh, kv] = w.shape as [number, number, number, number];
  const [[t, b], [l, r]] = padding as [[number, number], [number, number]];
  const [sy, sx] = stride as [number, number];
  const [dy, dx] = dilation as [number, number];
  const [py, px] = spread as [number, number];
  const rows = Math.floor(((h - 1) * py + 1 + t + b - (kh - 1) * dy - 1) / sy) + 1;
  const columns = Math.floor(((v - 1) * px + 1 + l + r - (kv - 1) * dx - 1) / sx) + 1;
  const out = new Float64Array(n * o * rows * columns);
  let to = 0;
  for (let image = 0; image < n; image++)
    for (let output = 0; output < o; output++)
      for (let y = 0; y < rows; y++)
        for (let z = 0; z < columns; z++, to++)
          for (let input = 0; input < i; input++)
            for (let e = 0; e < kh; e++)
              for (let f = 0; f < kv; f++) {
                const row = (y * sy + e * dy - t) / py;
                const column = (z * sx + f * dx - l) / px;
                const channel = Math.floor(output / (o / groups)) * i + input;
                if (row < 0 || row >= h || column < 0 || column >= v) continue;
                if (!Number.isInteger(row) || !Number.isInteger(column)) continue;
                const at = ((image * c + channel) * h + row) * v + column;
                const weight = ((output * i + input) * kh + e) * kv + f;
                out[to] = (out[to] as number) + (x.data[at] as number) * (w.data[weight] as number);
              }
  return tensor(out, [n, o, rows, columns]);
}

describe("conv", () => {
  it("is the windowed sum over products, for strides, padding, dilations and groups", () => {
    const options = [
      {},
      { stride: [2, 1] },
      {
        padding: [
          [1, 2],
          [0, 3],
        ],
      },
      {
        padding: [
          [-1, 1],
          [2, -2],
        ],
      },
      { dilation: [2, 1] },
      { spread: [1, 3] },
      {
        stride: [3, 2],
        padding: [
          [2, 2],
          [1, 0],
        ],
        dilation: [2, 2],
        spread: [2, 2],
        groups: 2,
      },
    ] as const;
    for (const given of options) {
      const groups = "groups" in given ? given.groups : 1;
      const x = sample([2, 4, 5, 6], 1);
      const w = sample([6, 4 / groups, 3, 2], 2);
      const { spread, ...rest } = { spread: [1, 1], ...given };
      const got = conv(x, w, { ...rest, inputDilation: spread });
      const want = byHand(x, w, given as never);
      expect(got.shape, JSON.stringify(given)).toEqual(want.shape);
      expectClose(got.data, want.data, 1e-13, JSON.stringify(given));
    }
  });
  it("pads SAME and SAME_LOWER so that length ÷ stride windows fit", () => {
    const x = tensor([[[1, 2, 3, 4, 5]]]);
    const w = tensor([[[1, 10]]]);
    expect(conv(x, w, { padding: "SAME" }).toArray()).toEqual([[[21, 32, 43, 54, 5]]]);
    expect(conv(x, w, { padding: "SAME_LOWER" }).toArray()).toEqual([[[10, 21, 32, 43, 54]]]);
    expect(conv(x, w, { padding: "SAME", stride: 2 }).toArray()).toEqual([[[21, 43, 5]]]);
    expect(conv(x, w, { padding: "VALID" }).shape).toEqual([1, 1, 4]);
  });
  it("splits long images into blocks without changing the result", () => {
    const x = sample([1, 40, 90, 90]);
    const w = sample([1, 40, 3, 3], 2);
    const got = conv(x, w);
    expectClose(got.data.subarray(-5), byHand(x, w, {}).data.subarray(-5), 1e-12);
  });
  it("wraps integers, and rounds f32 once", () => {
    const x = tensor(Int32Array.of(65536, 1, 65536), [1, 1, 3]);
    expect(conv(x, x).item()).toBe(1);
    const big = tensor(Float32Array.of(1e8, 1, -1e8), [1, 1, 3]);
    expect(conv(big, tensor(new Float32Array(3).fill(1), [1, 1, 3])).item()).toBe(1);
  });
  it("refuses shapes and options that do not fit", () => {
    const x = sample([1, 4, 5]);
    expect(() => conv(x, sample([2, 3, 2]))).toThrow(
      /conv: expected x with 3 channels .*got f64\[1, 4, 5\]/,
    );
    expect(() => conv(x, sample([2, 4]))).toThrow(/conv: expected x \[batch, channels/);
    expect(() => conv(x, sample([3, 2, 2]), { groups: 2 })).toThrow(/divisible into groups/);
    expect(() => conv(x, sample([2, 4, 2]), { stride: 0 })).toThrow(/stride: a whole number ≥ 1/);
    expect(() => conv(x, sample([2, 4, 2]), { padding: [1, 1] })).toThrow(/padding: .*1 numbers/);
    expect(() => conv(x, sample([2, 4, 2]), { padding: "same" as Padding })).toThrow(/"SAME"/);
  });
});

describe("convGeneralDilated", () => {
  cases.forEach(({ inputs, params }, i) => {
    const xs = inputs.map(({ shape }, at) => sample(shape, at + 1));
    const f = apply(params) as (...xs: Tensor[]) => Tensor;
    it(`differentiates in both modes, twice, and maps in case ${i}`, () => {
      expectDerivatives((x, w) => f(multiply(x, x), w as Tensor), xs);
      if (xs.every((x) => x.size > 0)) expectBatches(f, xs);
    });
    it(`is what it decomposes into, in case ${i}`, () => {
      const { lower } = convGeneralDilatedOp;
      if (lower.kind !== "decompose") throw new Error(lower.kind);
      const decomposed = lower.decompose(xs as unknown as Inputs<Tensor>, params) as Tensor;
      const direct = f(...xs);
      expect(decomposed.shape).toEqual(direct.shape);
      expectClose(decomposed.data, direct.data, 1e-13);
    });
  });
  it("maps with feature and batch groups over both factors at once", () => {
    for (const at of [2, 3]) {
      const { inputs, params } = cases[at] as Case<ConvolutionParams>;
      expectBatches(
        apply(params) as (...xs: Tensor[]) => Tensor,
        inputs.map(({ shape }, i) => sample(shape, i + 3)),
        2,
      );
    }
  });
});

describe("convTranspose", () => {
  it("is the transpose of conv with the same options", () => {
    const options = [
      { lengths: [5, 6] },
      {
        lengths: [6, 7],
        stride: [2, 3],
        padding: [
          [1, 0],
          [1, 1],
        ] as const,
      },
      { lengths: [7, 6], dilation: 2, groups: 2, padding: 1 },
      { lengths: [6, 9], stride: [2, 3], padding: "SAME" as const },
      { lengths: [6, 9], stride: [2, 3], padding: "SAME_LOWER" as const },
    ];
    for (const { lengths, ...given } of options) {
      const groups = "groups" in given ? (given.groups as number) : 1;
      const w = sample([4, 4 / groups, 3, 2], 2);
      const x = sample([2, 4, ...lengths], 1);
      const [y, pull] = vjp((input: Tensor) => conv(input, w, given), x);
      const ct = sample(y.shape, 3);
      const [want] = pull(ct) as [Tensor];
      const bare = convTranspose(ct, w, given).shape.slice(2);
      const outputPadding = lengths.map((length, axis) => length - (bare[axis] as number));
      const got = convTranspose(ct, w, { ...given, outputPadding });
      expect(got.shape).toEqual(want.shape);
      expectClose(got.data, want.data);
    }
  });
  it("gives length · stride with SAME, also for windows shorter than the stride", () => {
    const x = sample([1, 2, 5]);
    for (const k of [1, 2, 3, 4]) {
      expect(convTranspose(x, sample([2, 3, k]), { stride: 3, padding: "SAME" }).shape).toEqual([
        1, 3, 15,
      ]);
    }
  });
  it("differentiates and maps", () => {
    const f = (x: Tensor, w?: Tensor): Tensor =>
      convTranspose(x, w as Tensor, { stride: 2, padding: 1, outputPadding: 1, groups: 2 });
    const xs = [sample([1, 4, 3]), sample([4, 1, 3], 2)];
    expectDerivatives(f, xs);
    expectBatches(f, xs);
  });
  it("refuses channels that w has no outputs for", () => {
    expect(() => convTranspose(sample([1, 3, 4]), sample([2, 3, 2]))).toThrow(
      /as many channels as w has outputs/,
    );
    expect(() =>
      convTranspose(sample([1, 2, 4]), sample([2, 3, 2]), { outputPadding: -1 }),
    ).toThrow(/outputPadding/);
  });
});

describe("convolve and correlate", () => {
  it("differentiate in both modes and map", () => {
    for (const mode of ["full", "same", "valid"] as const) {
      for (const f of [convolve, correlate]) {
        const xs = [sample([3]), sample([4], 2)];
        expectDerivatives((x, w) => f(x, w as Tensor, mode), xs);
        expectBatches((x, w) => f(x, w as Tensor, mode), xs);
      }
    }
  });
  it("refuse what is no vector, and unknown modes", () => {
    expect(() => convolve(sample([2, 2]), sample([2]))).toThrow(/convolve: expected two vectors/);
    expect(() => correlate(sample([0]), sample([2]))).toThrow(/at least one element/);
    expect(() => convolve(sample([2]), sample([2]), "half" as "full")).toThrow(/"full"/);
  });
  it("give the derivative of a filter by its taps", () => {
    const signal = tensor([1, 2, 3, 4]);
    const g = grad((taps: Tensor) => sum(convolve(signal, taps, "valid")))(tensor([1, 1]));
    expect(g.toArray()).toEqual([9, 6]);
  });
});
