import { bindTensor } from "../core/bind.js";
import { ShapeError, ValueError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import { formatType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { promoteFactors } from "./contraction.js";
import { adjointWindow, convGeneralDilatedOp } from "./convolution.js";
import { extentOf, type Padding, perAxis, resolvePadding } from "./padding.js";
import { restoreShape } from "./shape.js";
import { reverseAxes } from "./slice.js";

export interface ConvOptions {
  /** Distance of neighbouring windows: one number, or one per spatial axis; 1 unless given. */
  readonly stride?: number | readonly number[];
  /** 0 ("VALID") unless given. */
  readonly padding?: Padding;
  /** Distance of the elements of a window; 1 unless given. */
  readonly dilation?: number | readonly number[];
  /** Distance of the elements of x, with zeros between; 1 unless given. */
  readonly inputDilation?: number | readonly number[];
  /** Groups of channels, each with its own share of the outputs; 1 unless given. */
  readonly groups?: number;
}

/** Two tensors of one numeric dtype and as many axes, and the options per spatial axis. */
function prepare(operation: string, x: TensorLike, w: TensorLike, options: ConvOptions) {
  const [images, window] = promoteFactors(operation, [x, w]) as [Tensor, Tensor];
  const rank = window.ndim - 2;
  if (rank < 0 || images.ndim !== window.ndim) {
    throw new ShapeError(operation, {
      expected: "x [batch, channels, ...spatial] and w [outputs, channels, ...window]",
      received: `${formatType(images.type)} and ${formatType(window.type)}`,
    });
  }
  const strides = perAxis(operation, "stride", options.stride, rank);
  const windowDilation = perAxis(operation, "dilation", options.dilation, rank);
  const [featureGroups] = perAxis(operation, "groups", options.groups, 1) as [number];
  const extents = window.shape
    .slice(2)
    .map((length, axis) => extentOf(length, windowDilation[axis] as number));
  return { images, window, rank, strides, windowDilation, featureGroups, extents };
}

/**
 * Convolution as in neural networks (cross-correlation): `x` [batch, channels, ...spatial], `w` [outputs, channels ÷
 * groups, ...window], result [batch, outputs, ...spatial]; any number of spatial axes. Floats accumulate in f64.
 * Throws ShapeError where the shapes do not fit, ValueError for strides and dilations below 1.
 */
export function conv(x: TensorLike, w: TensorLike, options: ConvOptions = {}): Tensor {
  const { images, window, rank, strides, windowDilation, featureGroups, extents } = prepare(
    "conv",
    x,
    w,
    options,
  );
  const [outputs, inputs] = window.shape as [number, number];
  if (images.shape[1] !== inputs * featureGroups || outputs % featureGroups !== 0) {
    throw new ShapeError("conv", {
      expected: `x with ${inputs * featureGroups} channels (${inputs} of w in ${featureGroups} groups) and outputs divisible into groups`,
      received: `${formatType(images.type)} and ${formatType(window.type)}`,
    });
  }
  const inputDilation = perAxis("conv", "inputDilation", options.inputDilation, rank);
  const lengths = images.shape
    .slice(2)
    .map((length, axis) => extentOf(length, inputDilation[axis] as number));
  return bindTensor(convGeneralDilatedOp, [images, window], {
    strides,
    padding: resolvePadding("conv", options.padding ?? 0, lengths, extents, strides),
    inputDilation,
    windowDilation,
    featureGroups,
    batchGroups: 1,
  });
}

export interface ConvTransposeOptions extends Omit<ConvOptions, "inputDilation"> {
  /** Elements more at the end of each spatial axis: which of the lengths that `conv` maps to that of x; 0 unless given. */
  readonly outputPadding?: number | readonly number[];
}

/**
 * The transpose of `conv` with the same `w` and options: what carries cotangents from its outputs back to its input.
 * `x` [batch, outputs of w, ...spatial], result [batch, channels, ...spatial] of length (n − 1)·stride + extent −
 * padding + outputPadding; n·stride with "SAME". Throws as `conv` does.
 */
export function convTranspose(
  x: TensorLike,
  w: TensorLike,
  options: ConvTransposeOptions = {},
): Tensor {
  const { images, window, rank, strides, windowDilation, featureGroups, extents } = prepare(
    "convTranspose",
    x,
    w,
    options,
  );
  const { padding = 0, outputPadding = 0 } = options;
  const [outputs] = window.shape as [number];
  if (images.shape[1] !== outputs || outputs % featureGroups !== 0) {
    throw new ShapeError("convTranspose", {
      expected: `x with as many channels as w has outputs, divisible by ${featureGroups} groups`,
      received: `${formatType(images.type)} and ${formatType(window.type)}`,
    });
  }
  const same = padding === "SAME" || padding === "SAME_LOWER";
  const lengths = images.shape.slice(2).map((length, axis) => length * (strides[axis] as number));
  const pairs = resolvePadding("convTranspose", padding, lengths, extents, strides);
  const extra =
    typeof outputPadding === "number" ? lengths.map(() => outputPadding) : outputPadding;
  if (extra.length !== rank || !extra.every((n) => Number.isSafeInteger(n) && n >= 0)) {
    throw new ValueError("convTranspose", {
      expected: `outputPadding: a whole number ≥ 0, or ${rank} of them`,
      received: JSON.stringify(outputPadding),
    });
  }
  return bindTensor(convGeneralDilatedOp, [images, adjointWindow(window, featureGroups)], {
    strides: lengths.map(() => 1),
    padding: pairs.map(([low, high], axis) => {
      const [extent, stride] = [extents[axis] as number, strides[axis] as number];
      const short = same ? Math.max(0, stride - extent) : 0;
      return [extent - 1 - low, extent - 1 - high + short + (extra[axis] as number)] as const;
    }),
    inputDilation: strides,
    windowDilation,
    featureGroups,
    batchGroups: 1,
  });
}

/** "full": wherever the vectors overlap; "same": as long as the longer; "valid": where the shorter lies inside. */
export type ConvolveMode = "full" | "same" | "valid";

/** Discrete convolution of two vectors, as NumPy's. Throws ShapeError for others than vectors of at least one element. */
export function convolve(a: TensorLike, v: TensorLike, mode: ConvolveMode = "full"): Tensor {
  const [x, y] = vectors("convolve", a, v);
  const [long, short] = x.size >= y.size ? [x, y] : [y, x];
  return slide(long, reverseAxes(short, [0]), mode);
}

/**
 * Cross-correlation of two vectors, as NumPy's: element k is Σ a[n + k]·v[n]. Throws ShapeError for others than
 * vectors of at least one element.
 */
export function correlate(a: TensorLike, v: TensorLike, mode: ConvolveMode = "valid"): Tensor {
  const [x, y] = vectors("correlate", a, v);
  return x.size >= y.size ? slide(x, y, mode) : reverseAxes(slide(y, x, mode), [0]);
}

function vectors(operation: string, a: TensorLike, v: TensorLike): [Tensor, Tensor] {
  const [x, y] = promoteFactors(operation, [a, v]) as [Tensor, Tensor];
  if (x.ndim === 1 && y.ndim === 1 && x.size > 0 && y.size > 0) return [x, y];
  throw new ShapeError(operation, {
    expected: "two vectors of at least one element",
    received: `${formatType(x.type)} and ${formatType(y.type)}`,
  });
}

/** Sums over products at every place of the shorter vector along the longer. */
function slide(long: Tensor, short: Tensor, mode: ConvolveMode): Tensor {
  const reach = short.size - 1;
  const half = Math.floor(short.size / 2);
  const padding = { full: [reach, reach], same: [half, reach - half], valid: [0, 0] } as const;
  if (!(mode in padding)) {
    throw new ValueError("convolve", {
      expected: '"full", "same" or "valid"',
      received: String(mode),
    });
  }
  const result = bindTensor(
    convGeneralDilatedOp,
    [restoreShape(long, [1, 1, long.size]), restoreShape(short, [1, 1, short.size])],
    {
      strides: [1],
      padding: [padding[mode]],
      inputDilation: [1],
      windowDilation: [1],
      featureGroups: 1,
      batchGroups: 1,
    },
  );
  return restoreShape(result, [result.size]);
}
