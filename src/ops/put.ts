import { bindTensor, numberNode } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { ValueError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { normalizeAxis } from "../core/shape.js";
import type { TensorLike } from "../core/typing.js";
import { moveAxis, ravel } from "./axes.js";
import { promote } from "./cast.js";
import { zeros } from "./creation.js";
import { scatterAddOp } from "./gather.js";
import { type GatherParams, partsOf } from "./places.js";
import { scatterMaxOp, scatterMinOp, scatterOp } from "./scatter.js";
import { scatterMulOp } from "./scatter-product.js";
import { broadcastTo, permuteAxes, restoreShape } from "./shape.js";
import {
  addressed,
  alongLines,
  type GatherOptions,
  type IndexMode,
  type Indices,
  indicesOf,
  modeOf,
} from "./take.js";

export interface PutOptions {
  /** Default the last. */
  readonly axis?: number;
  readonly mode?: IndexMode;
  /** How a value meets the element there: replaces it ("set", the default; of several the last), or as named. */
  readonly combine?: Combination;
}

export type Combination = "set" | "add" | "multiply" | "min" | "max";

/** x with values put into each line along `axis` at the line's own indices: the counterpart of takeAlongAxis. */
export function putAlongAxis(
  x: TensorLike,
  indices: Indices,
  values: TensorLike,
  options: PutOptions = {},
): Tensor {
  const name = "putAlongAxis";
  const [into, given] = promote([asTensor(x, name), asTensor(values, name)], false) as [
    Tensor,
    Tensor,
  ];
  const axis = normalizeAxis(name, options.axis ?? -1, into.ndim);
  const { lines, at, shape, last } = alongLines(name, into, indicesOf(name, indices), axis);
  const updates = moveAxis(broadcastTo(given, shape) as Tensor, axis, last);
  const params: GatherParams = {
    batch: last,
    outer: 0,
    mode: modeOf(name, options.mode),
    operation: name,
  };
  const primitive = scatterOf(options.combine ?? "set");
  return moveAxis(bindTensor(primitive, [lines, at, updates], params), last, axis);
}

/** The scatter that combines so. */
export function scatterOf(combine: Combination): Primitive<GatherParams> {
  switch (combine) {
    case "set":
      return scatterOp;
    case "add":
      return scatterAddOp;
    case "multiply":
      return scatterMulOp;
    case "min":
      return scatterMinOp;
    case "max":
      return scatterMaxOp;
    default:
      throw new ValueError("putAlongAxis", {
        expected: 'combine "set", "add", "multiply", "min" or "max"',
        received: JSON.stringify(combine),
      });
  }
}

export type ScatterOptions = Omit<GatherOptions, "fillValue">;

/** Applies a scatter: x with `updates` (shaped as `gather` would give, broadcast to it) at `indices`. */
function scatterWith(
  primitive: Primitive<GatherParams>,
  x: TensorLike,
  indices: Indices,
  updates: TensorLike,
  options: ScatterOptions,
): Tensor {
  const { name } = primitive;
  const at = indicesOf(name, indices);
  const [into, given] = promote([asTensor(x, name), asTensor(updates, name)], false) as [
    Tensor,
    Tensor,
  ];
  const { moved, order, batch } = addressed(name, into, at, options);
  const params: GatherParams = {
    batch,
    outer: 0,
    mode: modeOf(name, options.mode),
    operation: name,
  };
  const parts = partsOf(moved.type, at.type, params);
  const full = broadcastTo(given, [...parts.batch, ...parts.places, ...parts.slice]) as Tensor;
  const inverse = order.map((_, axis) => order.indexOf(axis));
  return permuteAxes(bindTensor(primitive, [moved, at, full], params), inverse);
}

/**
 * x with `updates` put in at `indices` (as in `gather`; updates broadcast to its result). Where indices repeat the
 * last update stands, and only it has a derivative. Throws ValueError for an index outside unless `mode` says otherwise.
 */
export function scatter(
  x: TensorLike,
  indices: Indices,
  updates: TensorLike,
  options: ScatterOptions = {},
): Tensor {
  return scatterWith(scatterOp, x, indices, updates, options);
}

/** x with `updates` added at `indices` (as in `scatter`); repeated indices add up. */
export function scatterAdd(
  x: TensorLike,
  indices: Indices,
  updates: TensorLike,
  options: ScatterOptions = {},
): Tensor {
  return scatterWith(scatterAddOp, x, indices, updates, options);
}

/** x multiplied by `updates` at `indices` (as in `scatter`); exact derivatives at any number of zeros. */
export function scatterMul(
  x: TensorLike,
  indices: Indices,
  updates: TensorLike,
  options: ScatterOptions = {},
): Tensor {
  return scatterWith(scatterMulOp, x, indices, updates, options);
}

/** The smaller of element and `updates` at `indices` (as in `scatter`); ties share the derivative equally. */
export function scatterMin(
  x: TensorLike,
  indices: Indices,
  updates: TensorLike,
  options: ScatterOptions = {},
): Tensor {
  return scatterWith(scatterMinOp, x, indices, updates, options);
}

/** The larger of element and `updates` at `indices` (as in `scatter`); ties share the derivative equally. */
export function scatterMax(
  x: TensorLike,
  indices: Indices,
  updates: TensorLike,
  options: ScatterOptions = {},
): Tensor {
  return scatterWith(scatterMaxOp, x, indices, updates, options);
}

export interface SegmentOptions {
  readonly numSegments: number;
  readonly mode?: IndexMode;
}

/** Sums of the slices of `data` (along axis 0) that carry the same segment number: [numSegments, …]. */
export function segmentSum(data: TensorLike, segments: Indices, options: SegmentOptions): Tensor {
  return sumBy("segmentSum", asTensor(data, "segmentSum"), segments, options);
}

function sumBy(name: string, data: Tensor, segments: Indices, options: SegmentOptions): Tensor {
  const ids = indicesOf(name, segments);
  const mode = modeOf(name, options.mode);
  const shape = [options.numSegments, ...data.shape.slice(ids.ndim)];
  const into = zeros(shape, { dtype: data.dtype }) as Tensor;
  const params: GatherParams = { batch: 0, outer: 0, mode, operation: name };
  return bindTensor(scatterAddOp, [into, restoreShape(ids, [...ids.shape, 1]), data], params);
}

export interface BincountOptions {
  /** One more than the largest number counted. */
  readonly length: number;
  readonly weights?: TensorLike;
  readonly mode?: IndexMode;
}

/**
 * How often each of 0 … length − 1 occurs in x, i32; with `weights` their sums. Negative numbers count from the end,
 * as indices do everywhere here; others are an error unless `mode` says otherwise.
 */
export function bincount(x: Indices, options: BincountOptions): Tensor {
  const ids = ravel(indicesOf("bincount", x));
  const one = numberNode(1, "i32");
  const weights = options.weights ?? (broadcastTo(one, ids.shape) as Tensor);
  return sumBy("bincount", ravel(weights), ids, {
    numSegments: options.length,
    mode: modeOf("bincount", options.mode),
  });
}
