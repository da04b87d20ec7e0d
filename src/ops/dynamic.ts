import { bindTensor, numberNode } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { allocate, isInteger } from "../core/dtype.js";
import { DTypeError, ShapeError } from "../core/errors.js";
import { Tensor } from "../core/node.js";
import type { Axis, Primitive } from "../core/primitive.js";
import { formatShape, type Shape, sameShape, sizeOf, stridesOf } from "../core/shape.js";
import { type ArrayValue, formatType, type TensorType, tensorType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { add } from "./arithmetic.js";
import { moveAxis } from "./axes.js";
import { promote } from "./cast.js";
import { stack } from "./concatenate.js";
import { zeros, zerosLike } from "./creation.js";
import { describe } from "./describe.js";
import { dynamicSliceKernel, dynamicUpdateSliceKernel } from "./kernels/dynamic.js";
import { bare, base } from "./latex.js";
import { placeBatchAxis, soleNumber } from "./shape.js";
import { padWith } from "./slice.js";
import { copyStrided } from "./strided.js";
import { indicesOf } from "./take.js";

/** x is [batch…, sliced…], the starts [batch…, number of sliced axes]. */
export interface DynamicParams {
  /** How many axes in front x and the starts share. */
  readonly batch: number;
}

export interface DynamicSliceParams extends DynamicParams {
  /** Lengths of the slice along the sliced axes. */
  readonly lengths: Shape;
}

const values = { low: -2, high: 2 };
const whole = { low: 0, high: 0 };

const dynamicSliceOp: Primitive<DynamicSliceParams> = {
  name: "dynamicSlice",
  type: ([x, starts], { batch, lengths }) => {
    checkStarts("dynamicSlice", x, starts, lengths, batch);
    return tensorType([...x.shape.slice(0, batch), ...lengths], x.dtype, x.weak);
  },
  evaluate: ([x, starts], { batch, lengths }, type) => {
    const data = allocate(x.dtype, sizeOf(type.shape));
    const inner = stridesOf(lengths);
    forEachBlock(x, starts, lengths, batch, (offset, block, strides) => {
      copyStrided(
        lengths,
        { data: x.data, offset, strides },
        { data, offset: block * sizeOf(lengths), strides: inner },
      );
    });
    return { shape: type.shape, dtype: x.dtype, data };
  },
  derivative: {
    kind: "linear",
    groups: () => [[0]],
    transpose: ([ct], _at, [x, starts], { batch }) =>
      bindTensor(dynamicUpdateSliceOp, [zerosLike(x), ct as Tensor, starts], { batch }),
    support: (condition, _at, [x, starts], { batch }) => {
      const none = zeros(x.shape, { dtype: "bool" }) as Tensor;
      return bindTensor(dynamicUpdateSliceOp, [none, condition, starts], { batch });
    },
  },
  batch: ([x, starts], [axis, startAxis], { batch, lengths }, { size }) => {
    if (startAxis === undefined) {
      const inputs = [moveAxis(x, axis as number, batch), fromZero(starts)];
      const params = { batch, lengths: [size, ...lengths] };
      return { output: bindTensor(dynamicSliceOp, inputs, params), axes: [batch] };
    }
    const inputs = [placeBatchAxis(x, axis, size), placeBatchAxis(starts, startAxis, size)];
    const params = { batch: batch + 1, lengths };
    return { output: bindTensor(dynamicSliceOp, inputs, params), axes: [0] };
  },
  lower: { kind: "kernel", kernel: dynamicSliceKernel },
};

export const describedDynamicSlice: Primitive = /* @__PURE__ */ describe(dynamicSliceOp, {
  doc: "A slice of fixed lengths from starts known only when it runs. Negative starts count from the end; the slice is moved inside where it would stick out.",
  latex: ([x, starts], { lengths }) =>
    `${base(x)}_{${bare(starts)} : ${bare(starts)} + (${lengths.join()})}`,
  domain: [values, whole],
  cases: () => [
    { inputs: [{ shape: [5] }, at([1], [2])], params: { batch: 0, lengths: [2] } },
    { inputs: [{ shape: [3, 4] }, at([2], [-2, 9])], params: { batch: 0, lengths: [2, 3] } },
    { inputs: [{ shape: [2, 4] }, at([2, 1], [0, 3])], params: { batch: 1, lengths: [2] } },
    { inputs: [{ shape: [3, 2] }, at([2], [1, 1])], params: { batch: 0, lengths: [0, 2] } },
    { inputs: [{ shape: [] }, at([0], [])], params: { batch: 0, lengths: [] } },
  ],
});

const dynamicUpdateSliceOp: Primitive<DynamicParams> = {
  name: "dynamicUpdateSlice",
  type: ([x, update, starts], { batch }) => {
    const { shape } = update;
    checkStarts("dynamicUpdateSlice", x, starts, shape.slice(batch), batch);
    if (!sameShape(shape.slice(0, batch), x.shape.slice(0, batch)) || update.dtype !== x.dtype) {
      throw new ShapeError("dynamicUpdateSlice", {
        expected: `an update of dtype ${x.dtype} that shares the first ${batch} axes of ${formatShape(x.shape)}`,
        received: formatType(update),
      });
    }
    return tensorType(x.shape, x.dtype, x.weak && update.weak);
  },
  evaluate: ([x, update, starts], { batch }) => {
    const data = x.data.slice();
    const lengths = update.shape.slice(batch);
    const inner = stridesOf(lengths);
    forEachBlock(x, starts, lengths, batch, (offset, block, strides) => {
      copyStrided(
        lengths,
        { data: update.data, offset: block * sizeOf(lengths), strides: inner },
        { data, offset, strides },
      );
    });
    return { shape: x.shape, dtype: x.dtype, data };
  },
  addedTo: (total, [x, update, starts], { batch }) => {
    if (soleNumber(x) !== 0) return undefined;
    const lengths = update.shape.slice(batch);
    const there = bindTensor(dynamicSliceOp, [total, starts], { batch, lengths });
    return bindTensor(dynamicUpdateSliceOp, [total, add(there, update) as Tensor, starts], {
      batch,
    });
  },
  derivative: {
    kind: "linear",
    groups: () => [[0, 1]],
    transpose: ([ct], which, [, update, starts], { batch }) => {
      const cotangent = ct as Tensor;
      if (which === 0) {
        return bindTensor(dynamicUpdateSliceOp, [cotangent, zerosLike(update), starts], { batch });
      }
      const lengths = update.shape.slice(batch);
      return bindTensor(dynamicSliceOp, [cotangent, starts], { batch, lengths });
    },
    support: (condition, which, [, update, starts], { batch }) => {
      if (which === 0) {
        const none = zeros(update.shape, { dtype: "bool" }) as Tensor;
        return bindTensor(dynamicUpdateSliceOp, [condition, none, starts], { batch });
      }
      const lengths = update.shape.slice(batch);
      return bindTensor(dynamicSliceOp, [condition, starts], { batch, lengths });
    },
  },
  batch: ([x, update, starts], [axis, updateAxis, startAxis], { batch }, { size }) => {
    const front = (tensor: Tensor, own: Axis, to: number): Tensor =>
      moveAxis(placeBatchAxis(tensor, own, size), 0, to);
    if (startAxis === undefined) {
      const inputs = [front(x, axis, batch), front(update, updateAxis, batch), fromZero(starts)];
      return { output: bindTensor(dynamicUpdateSliceOp, inputs, { batch }), axes: [batch] };
    }
    const inputs = [front(x, axis, 0), front(update, updateAxis, 0), front(starts, startAxis, 0)];
    return { output: bindTensor(dynamicUpdateSliceOp, inputs, { batch: batch + 1 }), axes: [0] };
  },
  lower: { kind: "kernel", kernel: dynamicUpdateSliceKernel, inPlace: 0 },
};

export const describedDynamicUpdateSlice: Primitive = /* @__PURE__ */ describe(
  dynamicUpdateSliceOp,
  {
    doc: "x with a block written over it at starts known only when it runs. Negative starts count from the end; the block is moved inside where it would stick out.",
    latex: ([x, update, starts]) => `${base(x)}_{[${bare(starts)}] = ${bare(update)}}`,
    domain: [values, values, whole],
    cases: () => [
      { inputs: [{ shape: [5] }, { shape: [2] }, at([1], [2])], params: { batch: 0 } },
      { inputs: [{ shape: [3, 4] }, { shape: [2, 3] }, at([2], [-2, 9])], params: { batch: 0 } },
      { inputs: [{ shape: [2, 4] }, { shape: [2, 2] }, at([2, 1], [0, 3])], params: { batch: 1 } },
      { inputs: [{ shape: [3, 2] }, { shape: [0, 2] }, at([2], [1, 1])], params: { batch: 0 } },
      { inputs: [{ shape: [] }, { shape: [] }, at([0], [])], params: { batch: 0 } },
    ],
  },
);

function at(shape: Shape, starts: readonly number[]) {
  return { shape, values: starts, dtype: "i32" as const };
}

/** A whole axis in front: it starts at 0. */
function fromZero(starts: Tensor): Tensor {
  const last = starts.ndim - 1;
  const along = (n: number): number[] => starts.shape.map((_, axis) => (axis === last ? n : 0));
  const none = numberNode(0, starts.dtype);
  return padWith(starts, none, { low: along(1), high: along(0), interior: along(0) });
}

function checkStarts(
  operation: string,
  x: TensorType,
  starts: TensorType,
  lengths: Shape,
  batch: number,
): void {
  if (!isInteger(starts.dtype)) {
    throw new DTypeError(operation, {
      expected: "starts of dtype i32 or u32",
      received: formatType(starts),
      fix: 'cast(starts, "i32")',
    });
  }
  const sliced = x.shape.slice(batch);
  const wanted = [...x.shape.slice(0, batch), sliced.length];
  const fits =
    lengths.length === sliced.length && lengths.every((n, axis) => n <= (sliced[axis] as number));
  if (fits && sameShape(starts.shape, wanted)) return;
  throw new ShapeError(operation, {
    expected: `a start per sliced axis (shape ${formatShape(wanted)}) and lengths of at most ${formatShape(sliced)}`,
    received: `starts of shape ${formatShape(starts.shape)} and lengths ${formatShape(lengths)}`,
  });
}

/** Visits the block of each batch index: offset of its first element in x, its number, the strides in x. */
function forEachBlock(
  x: ArrayValue,
  starts: ArrayValue,
  lengths: Shape,
  batch: number,
  visit: (offset: number, block: number, strides: readonly number[]) => void,
): void {
  const sliced = x.shape.slice(batch);
  const strides = stridesOf(sliced);
  const blocks = sizeOf(x.shape.slice(0, batch));
  for (let block = 0; block < blocks; block++) {
    let offset = block * sizeOf(sliced);
    sliced.forEach((length, axis) => {
      const given = starts.data[block * sliced.length + axis] as number;
      const first = given < 0 ? given + length : given;
      const last = length - (lengths[axis] as number);
      offset += Math.max(0, Math.min(first, last)) * (strides[axis] as number);
    });
    visit(offset, block, strides);
  }
}

/** Starts of a dynamic slice: one integer per axis, or a tensor of them. */
export type Starts = Tensor | readonly TensorLike[];

function startsOf(operation: string, starts: Starts): Tensor {
  if (starts instanceof Tensor) return starts;
  if (starts.length === 0) return zeros([0], { dtype: "i32" }) as Tensor;
  return stack(starts.map((start) => indicesOf(operation, start)));
}

/**
 * A slice of x of the given `lengths` (one per axis) from `starts`, which may depend on data. Negative starts count
 * from the end; a slice that would stick out is moved inside. Throws ShapeError for lengths beyond those of x.
 */
export function dynamicSlice(x: TensorLike, starts: Starts, lengths: Shape): Tensor {
  const tensor = asTensor(x, "dynamicSlice");
  const inputs = [tensor, startsOf("dynamicSlice", starts)];
  return bindTensor(dynamicSliceOp, inputs, { batch: 0, lengths: [...lengths] });
}

/** x with `update` (of as many axes) written over it from `starts`: the counterpart of dynamicSlice. */
export function dynamicUpdateSlice(x: TensorLike, update: TensorLike, starts: Starts): Tensor {
  const name = "dynamicUpdateSlice";
  const given = promote([asTensor(x, name), asTensor(update, name)], false);
  return bindTensor(dynamicUpdateSliceOp, [...given, startsOf(name, starts)], { batch: 0 });
}
