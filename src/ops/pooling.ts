import { bindTensor, numberNode } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { type DType, isFloat } from "../core/dtype.js";
import { ShapeError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import { sizeOf } from "../core/shape.js";
import { formatType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { divide } from "./arithmetic.js";
import { expandDims } from "./axes.js";
import { cast } from "./cast.js";
import { equal } from "./comparison.js";
import { onesLike } from "./creation.js";
import { argmaxOp } from "./extrema.js";
import { iota } from "./iota.js";
import { extentOf, type Padding, perAxis, resolvePadding } from "./padding.js";
import { mask } from "./select.js";
import { broadcastTo, restoreShape, sumOp } from "./shape.js";
import { padWith } from "./slice.js";
import { windowsOp } from "./windows.js";

export interface PoolOptions {
  /** Lengths of the window along the last axes: one entry per spatial axis. */
  readonly window: readonly number[];
  /** Distance of neighbouring windows; the window itself unless given. */
  readonly stride?: number | readonly number[];
  /** 0 ("VALID") unless given. */
  readonly padding?: Padding;
  /** Distance of the elements of a window; 1 unless given. */
  readonly dilation?: number | readonly number[];
}

/** The windows of the padded tensor as rows: [..., positions, elements of the window]. */
function rowsOf(operation: string, x: Tensor, fill: number, options: PoolOptions): Tensor {
  const rank = options.window.length;
  const window = perAxis(operation, "window", options.window, rank);
  const strides = perAxis(operation, "stride", options.stride ?? window, rank);
  const dilation = perAxis(operation, "dilation", options.dilation, rank);
  const outer = x.ndim - rank;
  if (outer < 0) {
    throw new ShapeError(operation, {
      expected: `at least ${rank} axes, as the window has`,
      received: formatType(x.type),
    });
  }
  const extents = window.map((length, axis) => extentOf(length, dilation[axis] as number));
  const pairs = resolvePadding(
    operation,
    options.padding ?? 0,
    x.shape.slice(outer),
    extents,
    strides,
  );
  const none = new Array<number>(outer).fill(0);
  const padded = padWith(x, numberNode(fill, x.dtype), {
    low: [...none, ...pairs.map(([low]) => low)],
    high: [...none, ...pairs.map(([, high]) => high)],
    interior: x.shape.map(() => 0),
  });
  const views = bindTensor(windowsOp, [padded], { window, strides, dilation });
  return restoreShape(views, [...views.shape.slice(0, x.ndim), sizeOf(window)]);
}

function sumRows(rows: Tensor): Tensor {
  return bindTensor(sumOp, [rows], { axes: [rows.ndim - 1] });
}

/** The least number of a dtype: what padding may hold without ever winning. */
function lowest(dtype: DType): number {
  return isFloat(dtype) ? Number.NEGATIVE_INFINITY : dtype === "i32" ? -(2 ** 31) : 0;
}

/**
 * The largest element of each window over the last axes. In derivatives the first of equal elements takes it; a
 * window with NaN gives NaN. Throws ShapeError for fewer axes than the window has.
 */
export function maxPool(x: TensorLike, options: PoolOptions): Tensor {
  const tensor = asTensor(x, "maxPool");
  const rows = rowsOf("maxPool", tensor, lowest(tensor.dtype), options);
  const last = rows.ndim - 1;
  const winner = bindTensor(argmaxOp, [rows], { axis: last });
  const index = iota(rows.shape, { axis: last, dtype: winner.dtype });
  const chosen = equal(index, broadcastTo(expandDims(winner, last), rows.shape)) as Tensor;
  return cast(sumRows(mask(chosen, rows)), tensor.dtype) as Tensor;
}

/** The sum of each window over the last axes. Throws ShapeError for fewer axes than the window has. */
export function sumPool(x: TensorLike, options: PoolOptions): Tensor {
  return sumRows(rowsOf("sumPool", asTensor(x, "sumPool"), 0, options));
}

export interface AvgPoolOptions extends PoolOptions {
  /** Whether padding counts as elements; true unless given. */
  readonly countPadding?: boolean;
}

/** The mean of each window over the last axes, in floating point. Throws ShapeError for fewer axes than the window has. */
export function avgPool(x: TensorLike, options: AvgPoolOptions): Tensor {
  const given = asTensor(x, "avgPool");
  const tensor = isFloat(given.dtype) ? given : (cast(given, "f64") as Tensor);
  const sums = sumRows(rowsOf("avgPool", tensor, 0, options));
  if (options.countPadding !== false) return divide(sums, sizeOf(options.window)) as Tensor;
  return divide(sums, sumRows(rowsOf("avgPool", onesLike(tensor) as Tensor, 0, options))) as Tensor;
}
