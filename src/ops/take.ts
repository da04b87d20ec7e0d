import { bindTensor, numberNode } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { isFloat } from "../core/dtype.js";
import { ShapeError, ValueError } from "../core/errors.js";
import { scalarConstant } from "../core/leaves.js";
import { Tensor } from "../core/node.js";
import { broadcastShapes, formatShape, normalizeAxis, type Shape } from "../core/shape.js";
import { tensor } from "../core/tensor.js";
import type { NestedNumbers, TensorLike } from "../core/typing.js";
import { moveAxis, ravel } from "./axes.js";
import { cast } from "./cast.js";
import { greater, less } from "./comparison.js";
import { gatherOp } from "./gather.js";
import { logicalOr } from "./logic.js";
import { type GatherParams, partsOf } from "./places.js";
import { anyOp } from "./predicates.js";
import { where } from "./select.js";
import { broadcastTo, permuteAxes, restoreShape } from "./shape.js";

/** Integer indices: a tensor of dtype i32 or u32, a whole number, or nested arrays of them. */
export type Indices = TensorLike | Exclude<NestedNumbers, boolean>;

/**
 * What an index outside means: an error that names it (the default), the nearest index inside ("clip"), or
 * `fillValue` where values are read and nothing where they are written ("fill").
 */
export type IndexMode = "error" | "clip" | "fill";

export interface TakeOptions {
  readonly mode?: IndexMode;
  /** What "fill" reads: NaN unless given, 0 for integers, false for bool. */
  readonly fillValue?: number;
}

/** Indices as a tensor; numbers as i32. */
export function indicesOf(operation: string, indices: Indices): Tensor {
  const given =
    typeof indices === "object" && !(indices instanceof Tensor)
      ? tensor(indices as NestedNumbers, { dtype: "i32" })
      : asTensor(indices as TensorLike, operation);
  const literal = given.type.weak ? scalarConstant(given) : undefined;
  return literal !== undefined && Number.isInteger(literal)
    ? cast(given, "i32")
    : (given as Tensor);
}

export function modeOf(operation: string, mode: IndexMode | undefined): IndexMode {
  if (mode === undefined) return "error";
  if (mode === "error" || mode === "clip" || mode === "fill") return mode;
  throw new ValueError(operation, {
    expected: 'mode "error", "clip" or "fill"',
    received: JSON.stringify(mode),
  });
}

/** The gather, and with mode "fill" the fill value where an index lies outside. */
function gatherFilled(
  x: Tensor,
  indices: Tensor,
  params: GatherParams,
  fillValue: number | undefined,
): Tensor {
  const gathered = bindTensor(gatherOp, [x, indices], params);
  const fill = fillValue ?? (isFloat(x.dtype) ? Number.NaN : 0);
  if (params.mode !== "fill" || Object.is(fill, 0)) return gathered;
  const { batch, outer, indexed, places, slice } = partsOf(x.type, indices.type, params);
  const limit = (of: (length: number) => number): TensorLike =>
    indexed.length === 1 ? of(indexed[0] as number) : tensor(indexed.map(of), { dtype: "i32" });
  const outside = logicalOr(
    less(
      indices,
      limit((length) => -length),
    ),
    greater(
      indices,
      limit((length) => length - 1),
    ),
  );
  const missing = bindTensor(anyOp, [outside], { axes: [indices.ndim - 1] });
  const column = [...batch, ...outer.map(() => 1), ...places, ...slice.map(() => 1)];
  const value = numberNode(fill, x.dtype);
  return where(restoreShape(missing, column), value, gathered) as Tensor;
}

/**
 * Elements of x at integer indices along `axis` (of all elements as one row unless given); the shape of the
 * indices stands in place of the axis. Negative indices count from the end. Repeated indices add up in the
 * derivative. Throws ValueError for an index outside unless `mode` says otherwise, DTypeError for indices that are no integers.
 */
export function take(
  x: TensorLike,
  indices: Indices,
  options: TakeOptions & { readonly axis?: number } = {},
): Tensor {
  const given = asTensor(x, "take");
  const from = options.axis === undefined ? ravel(given) : given;
  const axis = normalizeAxis("take", options.axis ?? 0, from.ndim);
  const at = indicesOf("take", indices);
  const mode = modeOf("take", options.mode);
  const params: GatherParams = { batch: 0, outer: axis, mode, operation: "take" };
  return gatherFilled(from, restoreShape(at, [...at.shape, 1]), params, options.fillValue);
}

export interface Lines {
  readonly lines: Tensor;
  /** The indices, with a last axis of length 1. */
  readonly at: Tensor;
  /** The shape of the elements at the indices, axes in their places. */
  readonly shape: Shape;
  readonly last: number;
}

/** x and indices with `axis` last and the other axes broadcast together: each line of x has its line of indices. */
export function alongLines(operation: string, x: Tensor, indices: Tensor, axis: number): Lines {
  if (indices.ndim !== x.ndim) {
    throw new ShapeError(operation, {
      expected: `indices of ${x.ndim} axes, as ${formatShape(x.shape)} has`,
      received: formatShape(indices.shape),
    });
  }
  const [length, count] = [x.shape[axis] as number, indices.shape[axis] as number];
  const others = (shape: Shape): number[] => shape.map((n, a) => (a === axis ? 1 : n));
  const common = broadcastShapes(operation, others(x.shape), others(indices.shape));
  const along = (n: number): number[] => common.map((m, a) => (a === axis ? n : m));
  const last = x.ndim - 1;
  const lines = moveAxis(broadcastTo(x, along(length)) as Tensor, axis, last);
  const at = moveAxis(broadcastTo(indices, along(count)) as Tensor, axis, last);
  return { lines, at: restoreShape(at, [...at.shape, 1]), shape: along(count), last };
}

/**
 * The elements of each line of x along `axis` (default the last) at the line's own indices, as argsort and argmax
 * give them; the other axes broadcast. Errors and modes as in `take`.
 */
export function takeAlongAxis(
  x: TensorLike,
  indices: Indices,
  options: TakeOptions & { readonly axis?: number } = {},
): Tensor {
  const from = asTensor(x, "takeAlongAxis");
  const axis = normalizeAxis("takeAlongAxis", options.axis ?? -1, from.ndim);
  const given = indicesOf("takeAlongAxis", indices);
  const { lines, at, last } = alongLines("takeAlongAxis", from, given, axis);
  const mode = modeOf("takeAlongAxis", options.mode);
  const params: GatherParams = { batch: last, outer: 0, mode, operation: "takeAlongAxis" };
  return moveAxis(gatherFilled(lines, at, params, options.fillValue), last, axis);
}

export interface GatherOptions extends TakeOptions {
  /** How many axes in front x and the indices share; default 0. */
  readonly batch?: number;
  /** The axes of x that a row of indices addresses; default the first ones after the batch axes. */
  readonly axes?: readonly number[];
}

export interface Addressed {
  readonly moved: Tensor;
  readonly order: readonly number[];
  readonly batch: number;
}

/** x with its batch axes, then the addressed axes, then the others; and the order that brings it there. */
export function addressed(
  operation: string,
  x: Tensor,
  indices: Tensor,
  options: GatherOptions,
): Addressed {
  const batch = options.batch ?? 0;
  const depth = indices.shape[indices.ndim - 1] ?? 0;
  const axes =
    options.axes?.map((axis) => normalizeAxis(operation, axis, x.ndim)) ??
    Array.from({ length: depth }, (_, k) => batch + k);
  if (axes.length !== depth || new Set(axes).size !== depth || axes.some((axis) => axis < batch)) {
    throw new ShapeError(operation, {
      expected: `indices whose last axis has one entry per addressed axis ${formatShape(axes)}, different and behind the ${batch} batch axes`,
      received: `indices of shape ${formatShape(indices.shape)}`,
    });
  }
  const rest = [...x.shape.keys()].filter((axis) => axis >= batch && !axes.includes(axis));
  const order = [...Array.from({ length: batch }, (_, axis) => axis), ...axes, ...rest];
  if (order.length !== x.ndim) throw tooDeep(operation, x, indices, batch);
  return { moved: permuteAxes(x, order), order, batch };
}

function tooDeep(operation: string, x: Tensor, indices: Tensor, batch: number): ShapeError {
  return new ShapeError(operation, {
    expected: `indices that address at most ${Math.max(0, x.ndim - batch)} axes of ${formatShape(x.shape)}`,
    received: formatShape(indices.shape),
  });
}

/**
 * Elements or slices of x: each row along the last axis of `indices` [batch…, places…, k] names one place of the k
 * axes `axes`; the result is [batch…, places…, remaining axes…]. Negative indices count from the end. Throws ValueError
 * for an index outside unless `mode` says otherwise.
 */
export function gather(x: TensorLike, indices: Indices, options: GatherOptions = {}): Tensor {
  const at = indicesOf("gather", indices);
  const { moved, batch } = addressed("gather", asTensor(x, "gather"), at, options);
  const mode = modeOf("gather", options.mode);
  const params: GatherParams = { batch, outer: 0, mode, operation: "gather" };
  return gatherFilled(moved, at, params, options.fillValue);
}
