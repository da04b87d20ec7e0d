import { allocate, isFloat } from "../../core/dtype.js";
import type { AxisPairs } from "../../core/lowering.js";
import { sizeOf, stridesOf } from "../../core/shape.js";
import type { ArrayValue, TensorType } from "../../core/type.js";
import { gatherStrided } from "../strided.js";

/** Axes of a tensor of `rank` axes that no pair mentions on `side`. */
export function freeAxes(rank: number, side: 0 | 1, ...pairs: readonly AxisPairs[]): number[] {
  const taken = new Set(pairs.flat().map((pair) => pair[side]));
  return Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !taken.has(axis));
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
  const rows = sizeOf(
    freeAxes(x.shape.length, 0, batch, contract).map((a) => x.shape[a] as number),
  );
  const columns = sizeOf(
    freeAxes(y.shape.length, 1, batch, contract).map((a) => y.shape[a] as number),
  );
  const size = { rows, columns, length };
  if (!isFloat(dtype)) {
    const data = allocate(dtype, sizeOf(shape));
    for (let s = 0; s < slices; s++) multiplyIntegers(left, right, data, s, size);
    return { shape, dtype, data };
  }
  const a = left instanceof Float64Array ? left : new Float64Array(left);
  const b = right instanceof Float64Array ? right : new Float64Array(right);
  const sums = new Float64Array(sizeOf(shape));
  for (let s = 0; s < slices; s++) multiplyRows(a, b, sums, s, size);
  return { shape, dtype, data: dtype === "f64" ? sums : new Float32Array(sums) };
}

function layOut(
  x: ArrayValue,
  side: 0 | 1,
  batch: AxisPairs,
  contract: AxisPairs,
): ArrayValue["data"] {
  const { shape, dtype, data } = x;
  const order = [
    ...batch.map((pair) => pair[side]),
    ...freeAxes(shape.length, side, batch, contract),
    ...contract.map((pair) => pair[side]),
  ];
  if (order.every((axis, i) => axis === i)) return data;
  const strides = stridesOf(shape);
  return gatherStrided(
    data,
    dtype,
    order.map((axis) => shape[axis] as number),
    order.map((axis) => strides[axis] as number),
    0,
  );
}

interface Size {
  readonly rows: number;
  readonly columns: number;
  readonly length: number;
}

/**
 * out[row, column] = Σ a[row, k]·b[column, k] of one slice. Four rows of the longer side share each load of the
 * other; sums run in blocks of √length, so that errors grow with √length.
 */
export function multiplyRows(
  a: Float64Array,
  b: Float64Array,
  out: Float64Array,
  slice: number,
  { rows, columns, length }: Size,
): void {
  const aAt = slice * rows * length;
  const bAt = slice * columns * length;
  const outAt = slice * rows * columns;
  if (columns >= rows) fill(a, aAt, rows, columns, b, bAt, columns, 1, length, out, outAt);
  else fill(b, bAt, columns, 1, a, aAt, rows, columns, length, out, outAt);
}

function fill(
  few: Float64Array,
  fewAt: number,
  fewCount: number,
  fewStride: number,
  many: Float64Array,
  manyAt: number,
  manyCount: number,
  manyStride: number,
  length: number,
  out: Float64Array,
  outAt: number,
): void {
  const block = Math.max(128, Math.ceil(Math.sqrt(length)));
  for (let j = 0; j < manyCount; j += 4) {
    // Past the end the last row is multiplied again and stored where it belongs.
    const j1 = Math.min(j + 1, manyCount - 1);
    const j2 = Math.min(j + 2, manyCount - 1);
    const j3 = Math.min(j + 3, manyCount - 1);
    const b0 = manyAt + j * length;
    const b1 = manyAt + j1 * length;
    const b2 = manyAt + j2 * length;
    const b3 = manyAt + j3 * length;
    for (let i = 0; i < fewCount; i++) {
      const a0 = fewAt + i * length;
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      for (let start = 0; start < length; start += block) {
        const end = Math.min(start + block, length);
        let [t0, t1, t2, t3] = [0, 0, 0, 0];
        for (let k = start; k < end; k++) {
          const v = few[a0 + k] as number;
          t0 += v * (many[b0 + k] as number);
          t1 += v * (many[b1 + k] as number);
          t2 += v * (many[b2 + k] as number);
          t3 += v * (many[b3 + k] as number);
        }
        s0 += t0;
        s1 += t1;
        s2 += t2;
        s3 += t3;
      }
      const to = outAt + i * fewStride;
      out[to + j * manyStride] = s0;
      out[to + j1 * manyStride] = s1;
      out[to + j2 * manyStride] = s2;
      out[to + j3 * manyStride] = s3;
    }
  }
}

/** The same for integers, which wrap around. */
function multiplyIntegers(
  a: ArrayValue["data"],
  b: ArrayValue["data"],
  out: ArrayValue["data"],
  slice: number,
  { rows, columns, length }: Size,
): void {
  let to = slice * rows * columns;
  for (let i = 0; i < rows; i++) {
    const from = (slice * rows + i) * length;
    for (let j = 0; j < columns; j++) {
      const other = (slice * columns + j) * length;
      let sum = 0;
      for (let k = 0; k < length; k++)
        sum = (sum + Math.imul(a[from + k] as number, b[other + k] as number)) | 0;
      out[to++] = sum;
    }
  }
}
