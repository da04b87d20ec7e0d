import { allocate, type DType, type TypedArray } from "../core/dtype.js";
import { atAxes, type Shape, sizeOf, stridesOf } from "../core/shape.js";
import type { ArrayValue } from "../core/type.js";

/** A dense copy of the elements at `offset + Σ strides·index`, for every index of `shape` in row-major order. */
export function gatherStrided(
  data: TypedArray,
  dtype: DType,
  shape: Shape,
  strides: readonly number[],
  offset: number,
): TypedArray {
  const result = allocate(dtype, sizeOf(shape));
  const target = { data: result, offset: 0, strides: stridesOf(shape) };
  copyStrided(shape, { data, offset, strides }, target);
  return result;
}

/** The elements with the axes in another order: axis i is axis `order[i]` of x. */
export function reordered(
  { shape, dtype, data }: ArrayValue,
  order: readonly number[],
): TypedArray {
  if (order.every((axis, i) => axis === i)) return data;
  const own = stridesOf(shape);
  const lengths = atAxes(shape, order);
  const strides = atAxes(own, order);
  return gatherStrided(data, dtype, lengths, strides, 0);
}

/** Elements of an array from one on, so far apart along each axis. */
export interface Strided {
  readonly data: TypedArray;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Copies a block of `shape` between two strided layouts, element by element in row-major order of the block. */
export function copyStrided(shape: Shape, source: Strided, target: Strided): void {
  const { data: from, strides: fromStrides } = source;
  const { data: to, strides: toStrides } = target;
  const count = sizeOf(shape);
  const last = shape.length - 1;
  const inner = shape[last] ?? 1;
  const fromStep = fromStrides[last] ?? 0;
  const toStep = toStrides[last] ?? 0;
  const index = new Array<number>(shape.length).fill(0);
  let read = source.offset;
  let write = target.offset;
  for (let done = 0; done < count; done += inner) {
    for (let i = 0, r = read, w = write; i < inner; i++, r += fromStep, w += toStep)
      to[w] = from[r] as number;
    for (let axis = last - 1; axis >= 0; axis--) {
      read += fromStrides[axis] as number;
      write += toStrides[axis] as number;
      const next = (index[axis] as number) + 1;
      const length = shape[axis] as number;
      if (next < length) {
        index[axis] = next;
        break;
      }
      index[axis] = 0;
      read -= (fromStrides[axis] as number) * length;
      write -= (toStrides[axis] as number) * length;
    }
  }
}
