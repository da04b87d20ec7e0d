import { bindTensor } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { allocate } from "../core/dtype.js";
import type { Tensor } from "../core/node.js";
import type { Case, Interval, Primitive } from "../core/primitive.js";
import { atAxes, normalizeAxes, normalizeAxis, otherAxes, type Shape } from "../core/shape.js";
import { tensorType } from "../core/type.js";
import type { DTypeOf, FloatOf, RealOf, TensorLike } from "../core/typing.js";
import { add, divide, multiply, subtract } from "./arithmetic.js";
import { cast, promote, requireFloat } from "./cast.js";
import { equal, notEqual } from "./comparison.js";
import { full } from "./creation.js";
import { describe } from "./describe.js";
import { exp, log, log1p } from "./exponential.js";
import { maxOp } from "./extrema.js";
import { anyOp } from "./predicates.js";
import { forEachLine } from "./recurrence.js";
import {
  countOf,
  floating,
  inLines,
  type MaskedReduceOptions,
  only,
  reduceWith,
  sum,
  withReduced,
} from "./reduce.js";
import {
  overAxes,
  pairwiseSum,
  type ReduceParams,
  reduction,
  reductionCases,
} from "./reduction.js";
import { mask, where } from "./select.js";
import { broadcastTogether, pastBatch, permuteAxes, restoreShape, spread, sumOp } from "./shape.js";
import { alongAxis, reduced } from "./spoken.js";

const infinity = Number.POSITIVE_INFINITY;
const exponents: Interval = { low: -3, high: 3, edges: [-infinity, -1000, 0, 1000] };

/**
 * The largest element, and the sum of exp(x − largest) less 1: over the others, with ties counted, so that
 * what is added to 1 keeps its digits.
 */
function shifted(rows: ArrayLike<number>, start: number, step: number, length: number) {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0, at = start; i < length; i++, at += step) {
    const next = rows[at] as number;
    if (next > largest || Number.isNaN(next)) largest = next;
  }
  const terms = new Float64Array(length);
  let ties = 0;
  for (let i = 0, at = start; i < length; i++, at += step) {
    if (rows[at] === largest) ties++;
    else terms[i] = Math.exp((rows[at] as number) - largest);
  }
  return { largest, rest: pairwiseSum(terms, 0, length) + (ties - 1) };
}

const logsumexpOp: Primitive<ReduceParams> = /* @__PURE__ */ reduction({
  name: "logsumexp",
  fold: () => (rows, start, length) => {
    const { largest, rest } = shifted(rows, start, 1, length);
    return length === 0 ? Number.NEGATIVE_INFINITY : largest + Math.log1p(rest);
  },
  derivative: {
    kind: "general",
    jvp: ([x], [dx], _outputs, { axes }) => {
      const lines = inLines(x, axes);
      const axis = lines.ndim - 1;
      const weights = bindTensor(softmaxOp, [lines], { axis });
      const terms = multiply(weights, inLines(dx as Tensor, axes));
      return [bindTensor(sumOp, [terms], { axes: [axis] })];
    },
  },
  lower: {
    kind: "decompose",
    decompose: ([x], { axes }) => {
      const kept = x.shape.filter((_, axis) => !axes.includes(axis));
      if (axes.some((axis) => x.shape[axis] === 0))
        return full(kept, -infinity, { dtype: x.dtype });
      const largest = bindTensor(maxOp, [x], { axes });
      return add(largest, log1p(restOf(x, largest, axes)));
    },
  },
});

export const describedLogsumexp: Primitive = /* @__PURE__ */ describe(logsumexpOp, {
  spoken: (params, shapes) => reduced("logsumexp", params, shapes),
  doc: "ln Σ eˣ over axes, the largest element taken out: finite wherever the result is. Of nothing, or of −∞ alone, −∞ with derivative 0.",
  latex: ([x], { axes }) => overAxes("\\operatorname{logsumexp}", axes, x),
  domain: exponents,
  cases: () => [
    ...reductionCases,
    { inputs: [{ shape: [3], values: [1000, 1000, -1000] }], params: { axes: [0] } },
    { inputs: [{ shape: [2, 2], values: [0, -infinity, 1, 2] }], params: { axes: [1] } },
    { inputs: [{ shape: [2], values: [-infinity, -infinity] }], params: { axes: [0] } },
    { inputs: [{ shape: [2, 0], values: [] }], params: { axes: [1] } },
  ],
});

/** The sum of exp(x − largest) less 1, as a graph. */
function restOf(x: Tensor, largest: Tensor, axes: readonly number[]): Tensor {
  const from = spread(largest, x.shape, axes);
  const isLargest = equal(x, from) as Tensor;
  const others = where(isLargest, 0, exp(subtract(x, from))) as Tensor;
  const ties = cast(bindTensor(sumOp, [isLargest], { axes }), x.dtype);
  return add(bindTensor(sumOp, [others], { axes }), subtract(ties, 1)) as Tensor;
}

interface LineParams {
  readonly axis: number;
}

interface LineSpec {
  readonly name: string;
  /** The value at x, given the largest element of its line and the sum of exp(x − largest) less 1. */
  value(x: number, largest: number, rest: number): number;
  readonly derivative: Primitive<LineParams>["derivative"];
  decompose(x: Tensor, params: LineParams): Tensor;
}

/** The cases every function of lines runs. */
const lineCases = (): Case<LineParams>[] => [
  { inputs: [{ shape: [4] }], params: { axis: 0 } },
  { inputs: [{ shape: [2, 3, 2] }], params: { axis: 1 } },
  { inputs: [{ shape: [3], values: [1000, 999, -1000] }], params: { axis: 0 } },
  { inputs: [{ shape: [2, 2], values: [0, -infinity, 1, 2] }], params: { axis: 1 } },
  { inputs: [{ shape: [2], values: [-infinity, -infinity] }], params: { axis: 0 } },
  { inputs: [{ shape: [2, 0] }], params: { axis: 1 } },
];

/** The primitive of a function of lines along an axis that keeps the shape. */
function lineFunction(spec: LineSpec): Primitive<LineParams> {
  const { name, derivative } = spec;
  const primitive: Primitive<LineParams> = {
    name,
    type: ([x], { axis }) => {
      normalizeAxis(name, axis, x.shape.length);
      requireFloat(name, x);
      return tensorType(x.shape, x.dtype);
    },
    evaluate: ([{ shape, dtype, data }], { axis }) => {
      const result = allocate(dtype, data.length);
      forEachLine(shape, axis, false, (first, step, length) => {
        const { largest, rest } = shifted(data, first, step, length);
        for (let i = 0, at = first; i < length; i++, at += step)
          result[at] = spec.value(data[at] as number, largest, rest);
      });
      return { shape, dtype, data: result };
    },
    derivative,
    batch: { inFront: pastBatch },
    lower: {
      kind: "decompose",
      decompose: ([x], params) => (x.shape[params.axis] === 0 ? x : spec.decompose(x, params)),
    },
  };
  return primitive;
}

/** Σ along the axis, repeated along it. */
function total(x: Tensor, axis: number): Tensor {
  return spread(bindTensor(sumOp, [x], { axes: [axis] }), x.shape, [axis]);
}

const softmaxOp: Primitive<LineParams> = /* @__PURE__ */ lineFunction({
  name: "softmax",
  value: (x, largest, rest) => {
    if (largest === Number.NEGATIVE_INFINITY) return 0;
    return (x === largest ? 1 : Math.exp(x - largest)) / (1 + rest);
  },
  derivative: {
    kind: "general",
    jvp: (_inputs, [dx], [y], { axis }) => {
      const weighted = multiply(y, dx as Tensor);
      return [subtract(weighted, multiply(y, total(weighted, axis))) as Tensor];
    },
  },
  decompose: (x, { axis }) => {
    const largest = spread(bindTensor(maxOp, [x], { axes: [axis] }), x.shape, [axis]);
    const powers = where(equal(x, largest), 1, exp(subtract(x, largest))) as Tensor;
    return where(equal(largest, -infinity), 0, divide(powers, total(powers, axis))) as Tensor;
  },
});

export const describedSoftmax: Primitive = /* @__PURE__ */ describe(softmaxOp, {
  spoken: (params, shapes) => alongAxis("softmax", params, shapes),
  doc: "eˣ / Σ eˣ along an axis, the largest element taken out. 0 at −∞, also where all are −∞ (derivative 0); of several +∞ each the same share.",
  domain: exponents,
  cases: lineCases,
});

const logSoftmaxOp: Primitive<LineParams> = /* @__PURE__ */ lineFunction({
  name: "logSoftmax",
  value: (x, largest, rest) => {
    if (largest === Number.NEGATIVE_INFINITY) return largest;
    return (x === largest ? 0 : x - largest) - Math.log1p(rest);
  },
  derivative: {
    kind: "general",
    jvp: ([x], [dx], _outputs, params) => {
      const { axis } = params;
      const weights = bindTensor(softmaxOp, [x], params);
      const tangent = subtract(dx as Tensor, total(multiply(weights, dx as Tensor), axis));
      const some = bindTensor(anyOp, [notEqual(x, -infinity)], { axes: [axis] });
      return [mask(spread(some, x.shape, [axis]), tangent as Tensor)];
    },
  },
  decompose: (x, { axis }) => {
    const reduced = bindTensor(maxOp, [x], { axes: [axis] });
    const largest = spread(reduced, x.shape, [axis]);
    const rest = spread(restOf(x, reduced, [axis]), x.shape, [axis]);
    const value = subtract(where(equal(x, largest), 0, subtract(x, largest)), log1p(rest));
    return where(equal(largest, -infinity), -infinity, value) as Tensor;
  },
});

export const describedLogSoftmax: Primitive = /* @__PURE__ */ describe(logSoftmaxOp, {
  spoken: (params, shapes) => alongAxis("logSoftmax", params, shapes),
  doc: "x − ln Σ eˣ along an axis, the largest element taken out. −∞ at −∞; where all are −∞ the derivative is 0.",
  domain: exponents,
  cases: lineCases,
});

export interface SoftmaxOptions {
  /** Axis or axes along which the results add up to 1; default the last. */
  readonly axis?: number | readonly number[];
  /** Which elements count, the others as −∞; broadcasts to x. */
  readonly where?: TensorLike;
}

function alongLines(
  primitive: Primitive<LineParams>,
  x: TensorLike,
  options: SoftmaxOptions,
): Tensor {
  const { name } = primitive;
  const tensor = only(floating(asTensor(x, name)), options.where, -infinity);
  const axes = normalizeAxes(name, options.axis ?? -1, tensor.ndim);
  if (axes.length === 1) return bindTensor(primitive, [tensor], { axis: axes[0] as number });
  const lines = inLines(tensor, axes);
  const result = bindTensor(primitive, [lines], { axis: lines.ndim - 1 });
  const kept = otherAxes(tensor.shape, axes);
  const order = [...kept, ...axes];
  const shape = atAxes(tensor.shape, order);
  return permuteAxes(
    restoreShape(result, shape),
    order.map((_, axis) => order.indexOf(axis)),
  );
}

/**
 * eˣ / Σ eˣ along `axis` (default the last), in floating point, with no overflow. 0 at −∞, also where all are −∞
 * (derivative 0).
 */
export function softmax<T extends TensorLike>(x: T, options: SoftmaxOptions = {}): RealOf<T> {
  return alongLines(softmaxOp, x, options) as RealOf<T>;
}

/** ln softmax(x) along `axis` (default the last), accurate also near 0. −∞ at −∞; where all are −∞ the derivative is 0. */
export function logSoftmax<T extends TensorLike>(x: T, options: SoftmaxOptions = {}): RealOf<T> {
  return alongLines(logSoftmaxOp, x, options) as RealOf<T>;
}

export interface LogsumexpOptions extends MaskedReduceOptions {
  /** Factors of the exponentials: ln Σ b·eˣ; broadcasts with x. NaN where the sum is negative. */
  readonly b?: TensorLike;
}

/**
 * ln Σ eˣ over `axis` (all axes unless given), in floating point, with no overflow. −∞ takes no part; of −∞ alone,
 * and of nothing, the value is −∞ and the derivative 0.
 */
export function logsumexp<T extends TensorLike>(x: T): Tensor<readonly [], FloatOf<DTypeOf<T>>>;
export function logsumexp<T extends TensorLike>(
  x: T,
  options: LogsumexpOptions,
): Tensor<Shape, FloatOf<DTypeOf<T>>>;
export function logsumexp(x: TensorLike, options: LogsumexpOptions = {}): Tensor {
  const given = floating(asTensor(x, "logsumexp"));
  if (options.b === undefined)
    return reduceWith(logsumexpOp, only(given, options.where, -infinity), options);
  const [tensor, b] = broadcastTogether(
    "logsumexp",
    promote([given, asTensor(options.b)], true),
  ) as [Tensor, Tensor];
  const counted = only(where(equal(b, 0), -infinity, tensor) as Tensor, options.where, -infinity);
  const axes = normalizeAxes("logsumexp", options.axis, counted.ndim);
  const plain = bindTensor(logsumexpOp, [counted], { axes });
  // Σ b·eˣ = Σ eˣ · Σ b·softmax(x)
  const share = sum(multiply(b, softmax(counted, { axis: axes })), { axis: axes });
  const result = add(plain, where(equal(plain, -infinity), 0, log(share))) as Tensor;
  return withReduced(result, counted, axes, options);
}

/** ln of the mean of eˣ over `axis` (all axes unless given), with no overflow. */
export function logmeanexp<T extends TensorLike>(x: T): Tensor<readonly [], FloatOf<DTypeOf<T>>>;
export function logmeanexp<T extends TensorLike>(
  x: T,
  options: MaskedReduceOptions,
): Tensor<Shape, FloatOf<DTypeOf<T>>>;
export function logmeanexp(x: TensorLike, options: MaskedReduceOptions = {}): Tensor {
  const tensor = floating(asTensor(x, "logmeanexp"));
  return subtract(logsumexp(tensor, options), log(countOf(tensor, options))) as Tensor;
}
