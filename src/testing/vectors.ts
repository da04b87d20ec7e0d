import { type DType, type Tensor, tensor } from "../index.js";

/** Functions of tensors to tensors: what the checks work on once trees are taken apart. */
export type Flat = (...xs: Tensor[]) => Tensor[];

export function isFloat(dtype: DType): boolean {
  return dtype === "f64" || dtype === "f32";
}

/** A tensor of the shape and dtype of another, with other elements. */
export function like(x: Tensor, data: ArrayLike<number>): Tensor {
  return tensor(Array.from(data), x.shape, { dtype: x.dtype });
}

/** x + h·t, rounded to the dtype of x. */
export function moved(x: Tensor, t: Tensor, h: number): Tensor {
  const from = x.data;
  const along = t.data;
  return like(
    x,
    Array.from(from, (value, i) => value + h * (along[i] as number)),
  );
}

/** The sum of products of elements, over lists of tensors. */
export function inner(a: readonly Tensor[], b: readonly Tensor[]): number {
  let total = 0;
  a.forEach((x, k) => {
    const y = (b[k] as Tensor).data;
    x.data.forEach((value, i) => {
      total += value * (y[i] as number);
    });
  });
  return total;
}

/** The elements of several tensors in one array. */
export function joined(tensors: readonly Tensor[]): Float64Array {
  return Float64Array.from(tensors.flatMap((x) => Array.from(x.data)));
}

/** The largest size of a finite element, at least 1. */
export function scaleOf(values: Float64Array): number {
  return values.reduce(
    (most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
    1,
  );
}

/** Whether `a` is as good as `b`: equal, both NaN, or closer than `tolerance`. */
export function near(a: number, b: number, tolerance: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= tolerance;
}
