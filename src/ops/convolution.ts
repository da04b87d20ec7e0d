import { bindTensor, numberNode } from "../core/bind.js";
import { DTypeError, ShapeError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import type { Axis, Inputs, Primitive } from "../core/primitive.js";
import { sizeOf } from "../core/shape.js";
import { formatType, type TensorType, tensorType } from "../core/type.js";
import { moveAxis } from "./axes.js";
import { dotGeneralOp } from "./contraction.js";
import { type ConvolutionParams, convolveArrays } from "./convolve-arrays.js";
import { zeros } from "./creation.js";
import { describe } from "./describe.js";
import { extentOf, windowCount } from "./padding.js";
import { broadcastTo, moveBatchAxis, permuteAxes, restoreShape } from "./shape.js";
import { padWith, reverseAxes } from "./slice.js";
import { windowsOp } from "./windows.js";

const plain = {
  strides: [1],
  padding: [[0, 0]],
  inputDilation: [1],
  windowDilation: [1],
  featureGroups: 1,
  batchGroups: 1,
} satisfies ConvolutionParams;

export const convGeneralDilatedOp: Primitive<ConvolutionParams> = {
  name: "convGeneralDilated",
  type: ([x, w], params) => {
    checkConvolution(x, w, params);
    const { strides, padding, inputDilation, windowDilation, batchGroups } = params;
    const [batch, , ...lengths] = x.shape as [number, number, ...number[]];
    const [outputs, , ...window] = w.shape as [number, number, ...number[]];
    const out = lengths.map((length, axis) => {
      const [before, after] = padding[axis] as readonly [number, number];
      return windowCount(
        extentOf(length, inputDilation[axis] as number) + before + after,
        extentOf(window[axis] as number, windowDilation[axis] as number),
        strides[axis] as number,
      );
    });
    return tensorType([batch / batchGroups, outputs, ...out], x.dtype);
  },
  evaluate: ([x, w], params, type) => convolveArrays(x, w, params, type),
  derivative: {
    kind: "linear",
    groups: () => [[0], [1]],
    transpose: ([ct], at, [x, w], params) =>
      at === 0 ? toImages(ct as Tensor, x, w, params) : toWindow(ct as Tensor, x, w, params),
  },
  batch: ([x, w], [xAxis, wAxis], params, { size }) => batched(x, w, xAxis, wAxis, params, size),
  lower: {
    kind: "decompose",
    integers: true,
    decompose: ([x, w], params) => asContraction(x, w, params),
  },
};

export const describedConvGeneralDilated: Primitive = /* @__PURE__ */ describe(
  convGeneralDilatedOp,
  {
    doc: "Windowed sum over products (cross-correlation, lax.conv_general_dilated): x [batch, channels, ...spatial], w [outputs, channels ÷ groups, ...window], result [batch, outputs, ...spatial]. Floats accumulate in f64; integers wrap.",
    latex: ([x, w]) => `${x} \\star ${w}`,
    domain: [{ low: -2, high: 2 }],
    cases: [
      { inputs: [{ shape: [2, 2, 5] }, { shape: [3, 2, 3] }], params: plain },
      {
        inputs: [{ shape: [1, 2, 4, 5] }, { shape: [2, 2, 3, 2] }],
        params: {
          strides: [1, 2],
          padding: [
            [1, 0],
            [2, -1],
          ],
          inputDilation: [2, 1],
          windowDilation: [1, 2],
          featureGroups: 1,
          batchGroups: 1,
        },
      },
      {
        inputs: [{ shape: [2, 4, 4] }, { shape: [6, 2, 2] }],
        params: { ...plain, padding: [[1, 1]], featureGroups: 2 },
      },
      {
        inputs: [{ shape: [4, 2, 4] }, { shape: [6, 2, 2] }],
        params: { ...plain, strides: [2], padding: [[0, 1]], batchGroups: 2 },
      },
      { inputs: [{ shape: [1, 1, 2] }, { shape: [1, 1, 3] }], params: plain },
      { inputs: [{ shape: [0, 2, 3] }, { shape: [2, 2, 2] }], params: plain },
      { inputs: [{ shape: [1, 0, 3] }, { shape: [2, 0, 2] }], params: plain },
      {
        inputs: [{ shape: [1, 1, 0] }, { shape: [1, 1, 2] }],
        params: { ...plain, padding: [[1, 1]] },
      },
      {
        inputs: [{ shape: [2, 3] }, { shape: [2, 3] }],
        params: { ...plain, strides: [], padding: [], inputDilation: [], windowDilation: [] },
      },
    ],
  },
);

function checkConvolution(x: TensorType, w: TensorType, params: ConvolutionParams): void {
  const { featureGroups, batchGroups } = params;
  const received = `${formatType(x)} and ${formatType(w)}`;
  const rank = params.strides.length;
  if (x.dtype !== w.dtype || x.dtype === "bool") {
    throw new DTypeError("convGeneralDilated", {
      expected: "two tensors of one numeric dtype",
      received,
    });
  }
  if (x.shape.length !== rank + 2 || w.shape.length !== rank + 2) {
    throw new ShapeError("convGeneralDilated", {
      expected: `x [batch, channels, ...] and w [outputs, channels, ...] with ${rank} spatial axes`,
      received,
    });
  }
  const [batch, channels] = x.shape as [number, number];
  const [outputs, inputs] = w.shape as [number, number];
  if (channels !== inputs * featureGroups) {
    throw new ShapeError("convGeneralDilated", {
      expected: `x with ${inputs * featureGroups} channels: ${inputs} of w in ${featureGroups} groups`,
      received,
    });
  }
  const groups = featureGroups * batchGroups;
  if (
    outputs % groups !== 0 ||
    batch % batchGroups !== 0 ||
    Math.min(featureGroups, batchGroups) !== 1
  ) {
    throw new ShapeError("convGeneralDilated", {
      expected: `outputs of w (and the batch, for batch groups) divisible into groups`,
      received: `${received} in ${featureGroups} feature and ${batchGroups} batch groups`,
    });
  }
}

/** An axis of `groups`·n elements as two axes. */
function splitAxis(x: Tensor, axis: number, groups: number): Tensor {
  const length = (x.shape[axis] as number) / groups;
  return restoreShape(x, [...x.shape.slice(0, axis), groups, length, ...x.shape.slice(axis + 1)]);
}

/** Axes `axis` and the next as one. */
function joinAxes(x: Tensor, axis: number): Tensor {
  const length = (x.shape[axis] as number) * (x.shape[axis + 1] as number);
  return restoreShape(x, [...x.shape.slice(0, axis), length, ...x.shape.slice(axis + 2)]);
}

/** The axis `from` merged into the axis that stands at `to` once it is taken out, as its slower part. */
function foldAxis(x: Tensor, from: number, to: number): Tensor {
  return joinAxes(moveAxis(x, from, to), to);
}

/**
 * The window with outputs and inputs exchanged (within each group) and reversed: what carries cotangents from the
 * outputs back to the inputs.
 */
export function adjointWindow(w: Tensor, groups: number): Tensor {
  const spatial = Array.from({ length: w.ndim - 2 }, (_, axis) => axis + 2);
  const reversed = reverseAxes(w, spatial);
  const swapped = [0, 2, 1, ...spatial.map((axis) => axis + 1)];
  return joinAxes(permuteAxes(splitAxis(reversed, 0, groups), swapped), 0);
}

const spans = (shape: readonly number[], dilation: readonly number[]): number[] =>
  shape.slice(2).map((length, axis) => extentOf(length, dilation[axis] as number));

/** Cotangent of x: the cotangent, spread by the stride, under the adjoint window. */
function toImages(ct: Tensor, x: Tensor, w: Tensor, params: ConvolutionParams): Tensor {
  const { strides, padding, inputDilation, windowDilation, featureGroups, batchGroups } = params;
  const groups = Math.max(featureGroups, batchGroups);
  const image = spans(x.shape, inputDilation);
  const window = spans(w.shape, windowDilation);
  const cotangent = spans(ct.shape, strides);
  const result = bindTensor(convGeneralDilatedOp, [ct, adjointWindow(w, groups)], {
    strides: inputDilation,
    padding: padding.map(([low], axis) => {
      const [extent, length] = [window[axis] as number, image[axis] as number];
      const before = extent - low - 1;
      return [before, length + extent - 1 - (cotangent[axis] as number) - before] as const;
    }),
    inputDilation: strides,
    windowDilation,
    featureGroups: groups,
    batchGroups: 1,
  });
  return batchGroups === 1 ? result : foldAxis(splitAxis(result, 1, batchGroups), 1, 0);
}

/** Cotangent of w: images under the cotangent as window, batch and channels exchanged. */
function toWindow(ct: Tensor, x: Tensor, w: Tensor, params: ConvolutionParams): Tensor {
  const { strides, padding, inputDilation, windowDilation, featureGroups, batchGroups } = params;
  const image = spans(x.shape, inputDilation);
  const window = spans(w.shape, windowDilation);
  const cotangent = spans(ct.shape, strides);
  const exchanged = [1, 0, ...w.shape.slice(2).map((_, axis) => axis + 2)];
  const result = bindTensor(
    convGeneralDilatedOp,
    [permuteAxes(x, exchanged), permuteAxes(ct, exchanged)],
    {
      strides: windowDilation,
      padding: padding.map(([low], axis) => {
        const covered = (cotangent[axis] as number) + (window[axis] as number) - 1;
        return [low, covered - (image[axis] as number) - low] as const;
      }),
      inputDilation,
      windowDilation: strides,
      featureGroups: batchGroups,
      batchGroups: featureGroups,
    },
  );
  return permuteAxes(result, exchanged);
}

/** The mapped axis goes into the batch, the outputs, or (both mapped) the groups. */
function batched(
  x: Tensor,
  w: Tensor,
  xAxis: Axis,
  wAxis: Axis,
  params: ConvolutionParams,
  size: number,
): { output: Tensor; axes: Axis[] } {
  if (size === 0) return { output: noResults(x, w, xAxis, wAxis, params), axes: [0] };
  const { featureGroups, batchGroups } = params;
  const convolve = (images: Tensor, window: Tensor, changed: object): Tensor =>
    bindTensor(convGeneralDilatedOp, [images, window], { ...params, ...changed });
  if (xAxis !== undefined && wAxis !== undefined) {
    const window = foldAxis(w, wAxis, 0);
    const inBatch = batchGroups > 1;
    const images = foldAxis(x, xAxis, inBatch ? 0 : 1);
    const changed = inBatch
      ? { batchGroups: batchGroups * size }
      : { featureGroups: featureGroups * size };
    return { output: splitAxis(convolve(images, window, changed), 1, size), axes: [1] };
  }
  if (xAxis !== undefined) {
    // Each group of images keeps together: [group, mapped, image].
    const grouped = moveAxis(splitAxis(moveBatchAxis(x, xAxis), 1, batchGroups), 0, 1);
    const output = convolve(joinAxes(joinAxes(grouped, 0), 0), w, {});
    return { output: splitAxis(output, 0, size), axes: [0] };
  }
  const groups = Math.max(featureGroups, batchGroups);
  const grouped = moveAxis(splitAxis(moveBatchAxis(w, wAxis as number), 1, groups), 0, 1);
  const output = convolve(x, joinAxes(joinAxes(grouped, 0), 0), {});
  const parts = splitAxis(splitAxis(output, 1, groups), 2, size);
  return { output: joinAxes(moveAxis(parts, 2, 1), 2), axes: [1] };
}

/** The result along a mapped axis of length 0. */
function noResults(
  x: Tensor,
  w: Tensor,
  xAxis: Axis,
  wAxis: Axis,
  params: ConvolutionParams,
): Tensor {
  const slice = ({ shape, dtype }: Tensor, mapped: Axis): TensorType =>
    tensorType(
      shape.filter((_, axis) => axis !== mapped),
      dtype,
    );
  const types = [slice(x, xAxis), slice(w, wAxis)] as unknown as Inputs<TensorType>;
  const { shape, dtype } = convGeneralDilatedOp.type(types, params) as TensorType;
  return zeros([0, ...shape], { dtype }) as Tensor;
}

/** Padding, a view of all windows, and one contraction. */
function asContraction(x: Tensor, w: Tensor, params: ConvolutionParams): Tensor {
  const { strides, padding, inputDilation, windowDilation, featureGroups, batchGroups } = params;
  const rank = strides.length;
  const zero = numberNode(0, x.dtype);
  const padded = padWith(x, zero, {
    low: [0, 0, ...padding.map(([low]) => low)],
    high: [0, 0, ...padding.map(([, high]) => high)],
    interior: [0, 0, ...inputDilation.map((n) => n - 1)],
  });
  const window = w.shape.slice(2);
  const views = bindTensor(windowsOp, [padded], { window, strides, dilation: windowDilation });
  const groups = Math.max(featureGroups, batchGroups);
  const inBatch = batchGroups > 1;
  // x: group, batch, channels, positions, window (batch groups) or batch, group, channels, …
  const images = splitAxis(views, inBatch ? 0 : 1, groups);
  const kernels = splitAxis(w, 0, groups);
  const spatial = Array.from({ length: rank }, (_, axis) => axis);
  const positions = sizeOf(views.shape.slice(2, 2 + rank));
  if (!inBatch && (8 - (positions % 8)) % 8 <= positions / 8) {
    // image by image: positions fill vectors, and results stand where they belong
    const each = [images.shape[0] as number, ...kernels.shape];
    const product = bindTensor(dotGeneralOp, [broadcastTo(kernels, each), images], {
      batch: [
        [0, 0],
        [1, 1],
      ],
      contract: [[3, 2], ...spatial.map((axis) => [4 + axis, 3 + rank + axis] as const)],
    });
    return joinAxes(product, 1);
  }
  const product = bindTensor(dotGeneralOp, [images, kernels], {
    batch: [[inBatch ? 0 : 1, 0]],
    contract: [[2, 2], ...spatial.map((axis) => [3 + rank + axis, 3 + axis] as const)],
  });
  // group, batch, positions, outputs → batch, group, outputs, positions
  return joinAxes(permuteAxes(product, [1, 0, 2 + rank, ...spatial.map((axis) => 2 + axis)]), 1);
}
