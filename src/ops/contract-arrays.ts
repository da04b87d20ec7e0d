import type { AxisPairs } from "../core/lowering.js";
import { atAxes, sizeOf } from "../core/shape.js";
import type { ArrayValue, TensorType } from "../core/type.js";
import { multiplyAnyRows, stored, sumsFor, widen } from "./row-products.js";
import { reordered } from "./strided.js";

/** Axes of a tensor of `rank` axes that no pair mentions on `side`. */
function freeAxes(rank: number, side: 0 | 1, ...pairs: readonly AxisPairs[]): number[] {
  const free: number[] = [];
  for (let axis = 0; axis < rank; axis++)
    if (!pairs.some((list) => list.some((pair) => pair[side] === axis))) free.push(axis);
  return free;
}

/** Sum over products: both sides are laid out as [batch, free, summed] and multiplied row by row. */
export function contractArrays(
  x: ArrayValue,
  y: ArrayValue,
  batch: AxisPairs,
  contract: AxisPairs,
  type: TensorType,
): ArrayValue {
  const { shape, dtype } = type;
  const left = layOut(x, 0, batch, contract);
  const right = layOut(y, 1, batch, contract);
  const slices = sizeOf(batch.map((pair) => x.shape[pair[0]] as number));
  const length = sizeOf(contract.map((pair) => x.shape[pair[0]] as number));
  const rows = sizeOf(atAxes(x.shape, freeAxes(x.shape.length, 0, batch, contract)));
  const columns = sizeOf(atAxes(y.shape, freeAxes(y.shape.length, 1, batch, contract)));
  const a = widen(left);
  const b = widen(right);
  const sums = sumsFor(dtype, sizeOf(shape));
  for (let s = 0; s < slices; s++) {
    const own = { data: a, at: s * rows * length, count: rows, stride: columns };
    const other = { data: b, at: s * columns * length, count: columns, stride: 1 };
    multiplyAnyRows(own, other, length, sums, s * rows * columns);
  }
  return { shape, dtype, data: stored(dtype, sums) };
}

function layOut(
  x: ArrayValue,
  side: 0 | 1,
  batch: AxisPairs,
  contract: AxisPairs,
): ArrayValue["data"] {
  return reordered(x, [
    ...batch.map((pair) => pair[side]),
    ...freeAxes(x.shape.length, side, batch, contract),
    ...contract.map((pair) => pair[side]),
  ]);
}
