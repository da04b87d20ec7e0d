import { asTensor } from "../core/convert.js";
import { ShapeError, ValueError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import {
  atAxes,
  formatShape,
  normalizeAxes,
  normalizeAxis,
  type Shape,
  sizeOf,
} from "../core/shape.js";
import type { DTypeOf, FloatOf, TensorLike } from "../core/typing.js";
import { add, divide, multiply, subtract } from "./arithmetic.js";
import { cast } from "./cast.js";
import { equal, greater } from "./comparison.js";
import { stack } from "./concatenate.js";
import { logicalNot } from "./logic.js";
import { normOp } from "./norm.js";
import {
  type Counted,
  floating,
  inLines,
  type MaskedReduceOptions,
  mean,
  only,
  type ReduceOptions,
  reduceWith,
  sum,
  withReduced,
} from "./reduce.js";
import { sqrt } from "./roots.js";
import { where } from "./select.js";
import { broadcastTo, restoreShape } from "./shape.js";
import { sliceAxis } from "./slice.js";
import { sort } from "./sort.js";

export interface SpreadOptions extends MaskedReduceOptions {
  /** Divides by the number of elements less this; default 0. */
  readonly ddof?: number;
}

/** Deviations from the mean (0 where masked out), and what their squares are divided by. */
function deviations(
  x: TensorLike,
  operation: string,
  options: SpreadOptions,
): { readonly away: Tensor; readonly freedom: Tensor | number } {
  const tensor = floating(asTensor(x, operation));
  const middle = mean(tensor, { ...options, keepdims: true });
  const away = only(subtract(tensor, middle) as Tensor, options.where, 0);
  const ddof = options.ddof ?? 0;
  if (options.where === undefined) {
    const axes = normalizeAxes(operation, options.axis, tensor.ndim);
    const count = sizeOf(atAxes(tensor.shape, axes));
    return { away, freedom: Math.max(0, count - ddof) };
  }
  const counted = cast(broadcastTo(cast(options.where, "bool"), tensor.shape), tensor.dtype);
  const freedom = subtract(sum(counted, options), ddof);
  return { away, freedom: where(greater(freedom, 0), freedom, 0) as Tensor };
}

/** Variance over `axis`, in floating point: the mean square deviation from the mean (numpy.var). */
export function variance<T extends TensorLike>(x: T): Tensor<readonly [], FloatOf<DTypeOf<T>>>;
export function variance<T extends TensorLike>(
  x: T,
  options: SpreadOptions,
): Tensor<Shape, FloatOf<DTypeOf<T>>>;
export function variance(x: TensorLike, options: SpreadOptions = {}): Tensor {
  const { away, freedom } = deviations(x, "variance", options);
  return divide(sum(multiply(away, away), options), freedom) as Tensor;
}

export { variance as var };

/** Standard deviation over `axis`, in floating point; the derivative where all elements are equal is 0. */
export function std<T extends TensorLike>(x: T): Tensor<readonly [], FloatOf<DTypeOf<T>>>;
export function std<T extends TensorLike>(
  x: T,
  options: SpreadOptions,
): Tensor<Shape, FloatOf<DTypeOf<T>>>;
export function std(x: TensorLike, options: SpreadOptions = {}): Tensor {
  const { away, freedom } = deviations(x, "std", options);
  const root = typeof freedom === "number" ? Math.sqrt(freedom) : sqrt(freedom);
  return divide(reduceWith(normOp, away, options), root) as Tensor;
}

export interface StandardizeOptions {
  /** Axis or axes to normalise over; default the last. */
  readonly axis?: number | readonly number[];
  /** In place of the mean and variance of x; broadcast to it. */
  readonly mean?: TensorLike;
  readonly variance?: TensorLike;
  /** Added to the variance; default 1e-5. */
  readonly epsilon?: number;
  /** Which elements count for mean and variance; broadcasts to x. */
  readonly where?: TensorLike;
}

/** (x − mean) / √(variance + epsilon) over `axis` (default the last), in floating point (jax.nn.standardize). */
export function standardize(x: TensorLike, options: StandardizeOptions = {}): Tensor {
  const tensor = floating(asTensor(x, "standardize"));
  const counted = {
    axis: options.axis ?? -1,
    keepdims: true,
    ...(options.where === undefined ? {} : { where: options.where }),
  };
  const middle = options.mean ?? mean(tensor, counted);
  const spread = options.variance ?? variance(tensor, counted);
  const away = subtract(tensor, middle) as Tensor;
  return divide(away, sqrt(add(spread, options.epsilon ?? 1e-5))) as Tensor;
}

export interface AverageOptions extends ReduceOptions {
  /** Of the shape of x, or a vector along `axis`; equal unless given. */
  readonly weights?: TensorLike;
}

/** Weighted mean over `axis`: Σ w·x / Σ w. Throws ShapeError for weights that do not fit. */
export function average<T extends TensorLike>(x: T): Tensor<readonly [], FloatOf<DTypeOf<T>>>;
export function average<T extends TensorLike>(
  x: T,
  options: AverageOptions,
): Tensor<Shape, FloatOf<DTypeOf<T>>>;
export function average(x: TensorLike, options: AverageOptions = {}): Tensor {
  const tensor = floating(asTensor(x, "average"));
  if (options.weights === undefined) return mean(tensor, options);
  let weights = asTensor(options.weights, "average");
  if (weights.ndim === 1 && tensor.ndim !== 1 && typeof options.axis === "number") {
    const axis = normalizeAxis("average", options.axis, tensor.ndim);
    const column = tensor.shape.map((_, a) => (a === axis ? weights.size : 1));
    weights = restoreShape(weights, column);
  }
  const full = broadcastTo(weights, tensor.shape) as Tensor;
  return divide(sum(multiply(full, tensor), options), sum(full, options)) as Tensor;
}

/** Sum over `axis` with NaN counted as 0, also in the derivative. */
export function nansum<T extends TensorLike>(x: T): Tensor<readonly [], Counted<DTypeOf<T>>>;
export function nansum<T extends TensorLike>(
  x: T,
  options: ReduceOptions,
): Tensor<Shape, Counted<DTypeOf<T>>>;
export function nansum(x: TensorLike, options: ReduceOptions = {}): Tensor {
  const tensor = asTensor(x, "nansum");
  return sum(tensor, { ...options, where: equal(tensor, tensor) });
}

/** Mean over `axis` of the elements that are not NaN, also in the derivative. */
export function nanmean<T extends TensorLike>(x: T): Tensor<readonly [], FloatOf<DTypeOf<T>>>;
export function nanmean<T extends TensorLike>(
  x: T,
  options: ReduceOptions,
): Tensor<Shape, FloatOf<DTypeOf<T>>>;
export function nanmean(x: TensorLike, options: ReduceOptions = {}): Tensor {
  const tensor = floating(asTensor(x, "nanmean"));
  return mean(tensor, { ...options, where: equal(tensor, tensor) });
}

export interface QuantileOptions extends ReduceOptions {
  /** What lies between two elements; default "linear". */
  readonly method?: "linear" | "lower" | "higher" | "nearest" | "midpoint";
}

/**
 * Quantiles of x over `axis`, in floating point: `q` in [0, 1], or several (their axis comes first). NaN if there is
 * one. The derivative goes to the elements used, of equal ones to the first. Throws ValueError for other q or no elements.
 */
export function quantile(
  x: TensorLike,
  q: number | readonly number[],
  options: QuantileOptions = {},
): Tensor {
  const sorted = sortedLines("quantile", x, options);
  const one = (fraction: number): Tensor => {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new ValueError("quantile", {
        expected: "q from 0 to 1",
        received: String(fraction),
      });
    }
    return sorted.finish(between(sorted.lines, fraction, options.method ?? "linear"));
  };
  return typeof q === "number" ? one(q) : stack(q.map(one));
}

/** The middle element over `axis`, or the mean of the two middle ones, in floating point; as `quantile` at ½. */
export function median<T extends TensorLike>(x: T): Tensor<readonly [], FloatOf<DTypeOf<T>>>;
export function median<T extends TensorLike>(
  x: T,
  options: ReduceOptions,
): Tensor<Shape, FloatOf<DTypeOf<T>>>;
export function median(x: TensorLike, options: ReduceOptions = {}): Tensor {
  const sorted = sortedLines("median", x, options);
  return sorted.finish(between(sorted.lines, 0.5, "midpoint"));
}

function sortedLines(operation: string, x: TensorLike, options: ReduceOptions) {
  const tensor = floating(asTensor(x, operation));
  const axes = normalizeAxes(operation, options.axis, tensor.ndim);
  const lines = sort(inLines(tensor, axes));
  const length = lines.shape[lines.ndim - 1] as number;
  if (length === 0) {
    throw new ShapeError(operation, {
      expected: "at least one element",
      received: `shape ${formatShape(tensor.shape)} over axes ${formatShape(axes)}`,
    });
  }
  // NaN is sorted to the end.
  const last = at(lines, length - 1);
  const finish = (result: Tensor): Tensor => {
    const value = where(logicalNot(equal(last, last)), last, result) as Tensor;
    return withReduced(value, tensor, axes, options);
  };
  return { lines, finish };
}

/** Element `i` of each line. */
function at(lines: Tensor, i: number): Tensor {
  const axis = lines.ndim - 1;
  return restoreShape(sliceAxis(lines, axis, i, 1), lines.shape.slice(0, axis));
}

function between(lines: Tensor, q: number, method: NonNullable<QuantileOptions["method"]>): Tensor {
  const place = q * ((lines.shape[lines.ndim - 1] as number) - 1);
  const [low, high] = [Math.floor(place), Math.ceil(place)];
  const part = place - low;
  if (low === high) return at(lines, low);
  const [a, b] = [at(lines, low), at(lines, high)];
  switch (method) {
    case "lower":
      return a;
    case "higher":
      return b;
    case "nearest":
      return part < 0.5 || (part === 0.5 && low % 2 === 0) ? a : b;
    case "midpoint":
      return multiply(add(a, b), 0.5) as Tensor;
    case "linear":
      return add(multiply(a, 1 - part), multiply(b, part)) as Tensor;
    default:
      throw new ValueError("quantile", {
        expected: 'method "linear", "lower", "higher", "nearest" or "midpoint"',
        received: JSON.stringify(method),
      });
  }
}
