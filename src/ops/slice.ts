import { bindTensor, numberNode } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { allocate } from "../core/dtype.js";
import { ShapeError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import type { Primitive, Spoken } from "../core/primitive.js";
import {
  formatShape,
  normalizeAxes,
  offsetOf,
  type Shape,
  sizeOf,
  stridesOf,
} from "../core/shape.js";
import { tensorType } from "../core/type.js";
import type { SameAs, TensorLike } from "../core/typing.js";
import { describe } from "./describe.js";
import { padKernel } from "./kernels/copy.js";
import { bare, base } from "./latex.js";
import { linear } from "./linear.js";
import { copied, type PadParams, placement } from "./placement.js";
import { mask, whereOp } from "./select.js";
import {
  broadcastTo,
  endOf,
  filled,
  placeBatchAxis,
  restoreShape,
  sumOp,
  withBatch,
} from "./shape.js";
import { copyStrided, gatherStrided } from "./strided.js";

/** Per axis: the first index, how many, and the step between them (negative: backwards). */
export interface SliceParams {
  readonly start: readonly number[];
  readonly lengths: Shape;
  readonly strides: readonly number[];
}

const sliceOp: Primitive<SliceParams> = {
  name: "slice",
  type: ([x], params) => {
    const { shape, dtype, weak } = x;
    const { start, lengths, strides } = params;
    const inside = (index: number, axis: number): boolean =>
      index >= 0 && index < (shape[axis] as number);
    const fits = shape.every((_, axis) => {
      const first = start[axis] as number;
      const last = first + ((lengths[axis] as number) - 1) * (strides[axis] as number);
      return lengths[axis] === 0 || (inside(first, axis) && inside(last, axis));
    });
    if (!fits || lengths.length !== shape.length || strides.includes(0)) {
      throw new ShapeError("slice", {
        expected: `indices inside ${formatShape(shape)} and strides other than 0`,
        received: `start ${formatShape(start)}, lengths ${formatShape(lengths)}, strides ${formatShape(strides)}`,
      });
    }
    return tensorType(lengths, dtype, weak);
  },
  evaluate: ([x], params) => {
    const { offset, strides } = affine(x.shape, params);
    const data = gatherStrided(x.data, x.dtype, params.lengths, strides, offset);
    return { shape: params.lengths, dtype: x.dtype, data };
  },
  derivative: /* @__PURE__ */ linear({
    transpose: (ct, _at, [x], params) => unslice(ct, x.shape, params),
  }),
  batch: {
    inFront: (params, size) => withWhole(params, size),
    behind: (params, size) => withWhole(params, size, true),
  },
  lower: { kind: "view", map: ([x], params) => affine(x.shape, params) },
};

/** As `slice` takes it, or `flip` where all of it is reversed. */
function spokenSlice({ start, lengths, strides }: SliceParams, [x]: readonly Shape[]): Spoken {
  const whole = x?.every((length, axis) => lengths[axis] === length) === true;
  if (whole && strides.every((step) => step === -1)) return { call: "flip", of: [0] };
  const stop = lengths.map((length, axis) => {
    const [first, step] = [start[axis] as number, strides[axis] as number];
    const end = length === 0 ? first : first + (length - 1) * step + Math.sign(step);
    return end < 0 ? null : end;
  });
  const steps = strides.some((step) => step !== 1) ? [{ data: strides }] : [];
  return { call: "slice", of: [0, { data: start }, { data: stop }, ...steps] };
}

export const describedSlice: Primitive = /* @__PURE__ */ describe(sliceOp, {
  spoken: spokenSlice,
  doc: "Every strides[i]-th element along axis i, lengths[i] of them from start[i]; negative strides run backwards.",
  latex: ([x], params) =>
    `${base(x)}_{${params.start.map((_, axis) => sliceText(params, axis)).join()}}`,
  domain: [{ low: -2, high: 2 }],
  cases: [
    { inputs: [{ shape: [5] }], params: { start: [1], lengths: [3], strides: [1] } },
    { inputs: [{ shape: [7] }], params: { start: [1], lengths: [3], strides: [2] } },
    { inputs: [{ shape: [6] }], params: { start: [5], lengths: [3], strides: [-2] } },
    { inputs: [{ shape: [3, 4] }], params: { start: [2, 1], lengths: [3, 2], strides: [-1, 2] } },
    { inputs: [{ shape: [3, 4] }], params: { start: [0, 0], lengths: [0, 2], strides: [1, 1] } },
    { inputs: [{ shape: [0] }], params: { start: [0], lengths: [0], strides: [1] } },
    { inputs: [{ shape: [] }], params: { start: [], lengths: [], strides: [] } },
  ],
});

function sliceText({ start, lengths, strides }: SliceParams, axis: number): string {
  const first = start[axis] as number;
  const step = strides[axis] as number;
  const end = first + (lengths[axis] as number) * step;
  return `${first}:${end}${step === 1 ? "" : `:${step}`}`;
}

/** With one more axis, in front or `last`, of which all is taken. */
function withWhole(
  { start, lengths, strides }: SliceParams,
  size: number,
  last?: boolean,
): SliceParams {
  return {
    start: withBatch(start, 0, last),
    lengths: withBatch(lengths, size, last),
    strides: withBatch(strides, 1, last),
  };
}

function affine(shape: Shape, { start, lengths, strides }: SliceParams) {
  const own = stridesOf(shape);
  return {
    offset: sizeOf(lengths) === 0 ? 0 : offsetOf(start, own),
    strides: strides.map((step, axis) => step * (own[axis] as number)),
  };
}

/** The elements of a slice back in their places in a tensor of `shape`; zero elsewhere. */
function unslice(ct: Tensor, shape: Shape, { start, lengths, strides }: SliceParams): Tensor {
  if (sizeOf(lengths) === 0) return filled(shape, 0, ct.dtype);
  const backwards = strides.flatMap((step, axis) => (step < 0 ? [axis] : []));
  const ends = start.map(
    (first, axis) => first + ((lengths[axis] as number) - 1) * (strides[axis] as number),
  );
  const low = start.map((first, axis) => Math.min(first, ends[axis] as number));
  const high = start.map(
    (first, axis) => (shape[axis] as number) - 1 - Math.max(first, ends[axis] as number),
  );
  const interior = strides.map((step) => Math.abs(step) - 1);
  return padWith(reverseAxes(ct, backwards), numberNode(0, ct.dtype), { low, high, interior });
}

export const padOp: Primitive<PadParams> = {
  name: "pad",
  type: ([x, value], { low, high, interior }) => {
    const { shape, dtype, weak } = x;
    const padded = shape.map(
      (length, axis) =>
        dilated(length, interior[axis] as number) + (low[axis] as number) + (high[axis] as number),
    );
    if (value.shape.length !== 0 || value.dtype !== dtype) {
      throw new ShapeError("pad", {
        expected: `a scalar ${dtype} as padding value`,
        received: `${value.dtype}${formatShape(value.shape)}`,
      });
    }
    if (low.length !== shape.length || padded.some((n) => !(n >= 0)) || interior.some((n) => n < 0))
      throw new ShapeError("pad", {
        expected: `padding that leaves lengths ≥ 0 of ${formatShape(shape)}, interior ≥ 0`,
        received: `low ${formatShape(low)}, high ${formatShape(high)}, interior ${formatShape(interior)}`,
      });
    return tensorType(padded, dtype, weak && value.weak);
  },
  evaluate: ([x, value], params, type) => {
    const { shape, dtype } = type;
    const data = allocate(dtype, sizeOf(shape)).fill(value.data[0] as number);
    const { count, from, to } = copied(x.shape, shape, params);
    copyStrided(count, { data: x.data, ...from }, { data, ...to });
    return { shape, dtype, data };
  },
  derivative: {
    kind: "linear",
    groups: () => [[0, 1]],
    transpose: ([ct], at, [x], params) =>
      at === 0
        ? unpad(ct as Tensor, x.shape, params)
        : sumAll(mask(padding(x.shape, params), ct as Tensor)),
    support: (condition, at, [x], params) =>
      at === 0 ? unpad(condition, x.shape, params) : numberNode(1, "bool"),
  },
  batch: ([x, value], [axis, valueAxis], { low, high, interior }, { size, last }) => {
    const own = (amounts: readonly number[]): number[] => withBatch(amounts, 0, last);
    const params = { low: own(low), high: own(high), interior: own(interior) };
    const placed = placeBatchAxis(x, axis, size, last);
    const axes = endOf(low, last);
    if (valueAxis === undefined) return { output: padWith(placed, value, params), axes };
    const padded = padWith(placed, numberNode(0, x.dtype), params);
    const ones = low.map(() => 1);
    const column = restoreShape(value, withBatch(ones, size, last));
    const around = broadcastTo(column, padded.shape) as Tensor;
    const inputs = [padding(placed.shape, params), around, padded];
    return { output: bindTensor(whereOp, inputs, undefined), axes };
  },
  lower: {
    kind: "kernel",
    kernel: padKernel,
    inline: {
      kind: "pad",
      low: ({ low }) => low,
      applies: ({ interior }) => interior.every((count) => count === 0),
    },
  },
};

export const describedPad: Primitive = /* @__PURE__ */ describe(padOp, {
  spoken: ({ low, high, interior }) => ({
    call: "pad",
    of: [0, { data: low.map((before, axis) => [before, high[axis]]) }, 1],
    ...(interior.some((count) => count > 0) ? { options: { interior } } : {}),
    informal: true,
  }),
  doc: "x with low, high and interior elements of a scalar value added along each axis (lax.pad); negative low and high cut off.",
  latex: ([x, value], { low, high }) =>
    `\\operatorname{pad}_{${low.map((before, axis) => `${before}:${high[axis]}`).join()}}\\left(${bare(x)}, ${bare(value)}\\right)`,
  domain: [{ low: -2, high: 2 }],
  cases: () => [
    padCase([3], [1], [2], [0]),
    padCase([3], [0], [1], [2]),
    padCase([4], [-1], [1], [0]),
    padCase([5], [-3], [-2], [1]),
    padCase([2, 3], [1, 0], [0, -1], [1, 0]),
    padCase([0, 2], [1, 0], [1, 1], [0, 1]),
    padCase([], [], [], []),
  ],
});

function padCase(shape: Shape, low: number[], high: number[], interior: number[]) {
  return { inputs: [{ shape }, { shape: [] }], params: { low, high, interior } };
}

function dilated(length: number, interior: number): number {
  return length === 0 ? 0 : length + (length - 1) * interior;
}

/** True where padding stands. */
function padding(shape: Shape, params: PadParams): Tensor {
  const inside = filled(shape, 0, "bool");
  return padWith(inside, numberNode(1, "bool"), params);
}

/** The elements of x out of a padded tensor; zero for those that were cut off. */
function unpad(ct: Tensor, shape: Shape, params: PadParams): Tensor {
  const { first, count, position } = placement(shape, ct.shape, params);
  if (sizeOf(count) === 0) return filled(shape, 0, ct.dtype);
  const strides = params.interior.map((n) => n + 1);
  const kept = sliceWith(ct, { start: position, lengths: count, strides });
  return padWith(kept, numberNode(0, ct.dtype), {
    low: first,
    high: shape.map((n, axis) => n - (first[axis] as number) - (count[axis] as number)),
    interior: first.map(() => 0),
  });
}

function sumAll(x: Tensor): Tensor {
  return bindTensor(sumOp, [x], { axes: [...x.shape.keys()] });
}

/** `slice` unless it takes everything in order. */
export function sliceWith(x: Tensor, params: SliceParams): Tensor {
  const { start, lengths, strides } = params;
  const whole = x.shape.every(
    (length, axis) =>
      lengths[axis] === length &&
      (length === 0 || start[axis] === 0) &&
      (length < 2 || strides[axis] === 1),
  );
  return whole ? x : bindTensor(sliceOp, [x], params);
}

/** `count` elements along one axis from `start`. */
export function sliceAxis(x: Tensor, axis: number, start: number, count: number): Tensor {
  return sliceRanges(
    x,
    x.shape.map((length, a) => (a === axis ? range(start, count) : range(0, length))),
  );
}

/** The axes backwards. */
export function reverseAxes(x: Tensor, axes: readonly number[]): Tensor {
  return sliceRanges(
    x,
    x.shape.map((length, axis) =>
      axes.includes(axis) ? range(Math.max(0, length - 1), length, -1) : range(0, length),
    ),
  );
}

/** `pad` unless there is nothing to add. */
export function padWith(x: Tensor, value: Tensor, params: PadParams): Tensor {
  const { low, high, interior } = params;
  const nothing = x.shape.every(
    (length, axis) => low[axis] === 0 && high[axis] === 0 && (length < 2 || interior[axis] === 0),
  );
  return nothing ? x : bindTensor(padOp, [x, value], params);
}

/** Moved along one axis by `by` places (towards the end if positive), `fill` coming in. */
export function shiftAxis(x: Tensor, axis: number, by: number, fill: number): Tensor {
  const along = (amount: number): number[] => x.shape.map((_, a) => (a === axis ? amount : 0));
  const value = numberNode(fill, x.dtype);
  if (x.shape[axis] === 0) return x;
  return padWith(x, value, { low: along(by), high: along(-by), interior: along(0) });
}

/**
 * From `start` up to, not including, `stop` along each axis, as `Array.slice`: negative indices count from the
 * end, what lies outside is cut, `null` means as far as it goes; `step` may be negative. Axes not named stay whole.
 * For single axes, integers, new axes and index tensors see `index`. Throws ShapeError for too many axes or a step of 0.
 */
export function slice(
  x: TensorLike,
  start: readonly (number | null)[],
  stop: readonly (number | null)[] = [],
  step: readonly number[] = [],
): Tensor {
  const tensor = asTensor(x, "slice");
  if (Math.max(start.length, stop.length, step.length) > tensor.ndim) {
    throw new ShapeError("slice", {
      expected: `at most ${tensor.ndim} entries for shape ${formatShape(tensor.shape)}`,
      received: `${Math.max(start.length, stop.length, step.length)}`,
    });
  }
  const ranges = tensor.shape.map((length, axis) =>
    rangeOf("slice", length, start[axis] ?? null, stop[axis] ?? null, step[axis] ?? 1),
  );
  return sliceRanges(tensor, ranges);
}

/** A range of indices along an axis. */
export interface Range {
  readonly start: number;
  readonly length: number;
  readonly step: number;
}

export function range(start: number, length: number, step = 1): Range {
  return { start, length, step };
}

export function sliceRanges(x: Tensor, ranges: readonly Range[]): Tensor {
  return sliceWith(x, {
    start: ranges.map((range) => range.start),
    lengths: ranges.map((range) => range.length),
    strides: ranges.map((range) => range.step),
  });
}

/** Python's slice.indices: start, stop and step made definite for an axis of `length`. */
export function rangeOf(
  operation: string,
  length: number,
  start: number | null,
  stop: number | null,
  step: number,
): Range {
  if (![start ?? 0, stop ?? 0, step].every(Number.isInteger) || step === 0) {
    throw new ShapeError(operation, {
      expected: "whole numbers for start and stop and a whole step other than 0",
      received: `${start ?? ""}:${stop ?? ""}:${step}`,
    });
  }
  const [lowest, highest] = step > 0 ? [0, length] : [-1, length - 1];
  const clamp = (index: number): number =>
    Math.min(highest, Math.max(lowest, index < 0 ? index + length : index));
  const first = start === null ? (step > 0 ? lowest : highest) : clamp(start);
  const end = stop === null ? (step > 0 ? highest : lowest) : clamp(stop);
  const count = Math.max(0, Math.ceil((end - first) / step));
  return range(count === 0 ? 0 : first, count, step);
}

/** The elements in reverse order along `axis` (all axes unless given). */
export function flip<T extends TensorLike>(x: T, axis?: number | readonly number[]): SameAs<T> {
  const tensor = asTensor(x, "flip");
  return reverseAxes(tensor, normalizeAxes("flip", axis, tensor.ndim)) as Tensor as SameAs<T>;
}
