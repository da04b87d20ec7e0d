import { allocate, type DType, type TypedArray } from "../core/dtype.js";
import { type Shape, sizeOf, stridesOf } from "../core/shape.js";
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
  const lengths = order.map((axis) => shape[axis] as number);
  const strides = order.map((axis) => own[axis] as number);
  return gatherStrided(data, dtype, lengths, strides, 0);
}

/** Copies a block of `shape` between two strided layouts, element by element in row-major order of the block. */
export function copyStrided(
  shape: Shape,
  source: { readonly data: TypedArray; readonly offset: number; readonly strides: Shape },
  target: { readonly data: TypedArray; readonly offset: number; readonly strides: Shape },
): void {
  const count = sizeOf(shape);
  if (count === 0) return;
  const rank = shape.length;
  const inner = rank === 0 ? 1 : (shape[rank - 1] as number);
  const stepFrom = rank === 0 ? 0 : (source.strides[rank - 1] as number);
  const stepTo = rank === 0 ? 0 : (target.strides[rank - 1] as number);
  const index = new Array<number>(rank).fill(0);
  let from = source.offset;
  let to = target.offset;
  for (let done = 0; done < count; done += inner) {
    for (let i = 0, read = from, write = to; i < inner; i++, read += stepFrom, write += stepTo)
      target.data[write] = source.data[read] as number;
    for (let axis = rank - 2; axis >= 0; axis--) {
      from += source.strides[axis] as number;
      to += target.strides[axis] as number;
      const next = (index[axis] as number) + 1;
      const length = shape[axis] as number;
      if (next < length) {
        index[axis] = next;
        break;
      }
      index[axis] = 0;
      from -= (source.strides[axis] as number) * length;
      to -= (target.strides[axis] as number) * length;
    }
  }
}
