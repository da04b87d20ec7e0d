import { allocate, type DType, type TypedArray } from "../core/dtype.js";

/** Rows of one length standing one after another from `at`, and how far apart their results stand. */
export interface Rows<A extends TypedArray = Float64Array> {
  readonly data: A;
  readonly at: number;
  readonly count: number;
  readonly stride: number;
}

/**
 * out[at + i·a.stride + j·b.stride] = Σₖ a[i, k]·b[j, k]. Four rows of the longer side share each load of the other;
 * sums run in blocks of √length (at least 128), so that errors grow with √length.
 */
function multiplyRows(a: Rows, b: Rows, length: number, out: Float64Array, outAt: number): void {
  const [few, many] = b.count >= a.count ? [a, b] : [b, a];
  const [x, y] = [few.data, many.data];
  const last = many.count - 1;
  const none = length === 0 ? 0 : -0; // −0 leaves every term as it is
  const block = Math.max(128, Math.ceil(Math.sqrt(length)));
  for (let j = 0; j <= last; j += 4) {
    // Past the end the last row is multiplied again and stored where it belongs.
    const j1 = Math.min(j + 1, last);
    const j2 = Math.min(j + 2, last);
    const j3 = Math.min(j + 3, last);
    const y0 = many.at + j * length;
    const y1 = many.at + j1 * length;
    const y2 = many.at + j2 * length;
    const y3 = many.at + j3 * length;
    for (let i = 0; i < few.count; i++) {
      const x0 = few.at + i * length;
      let [s0, s1, s2, s3] = [none, none, none, none];
      for (let start = 0; start < length; start += block) {
        const end = Math.min(start + block, length);
        let [t0, t1, t2, t3] = [-0, -0, -0, -0];
        for (let k = start; k < end; k++) {
          const v = x[x0 + k] as number;
          t0 += v * (y[y0 + k] as number);
          t1 += v * (y[y1 + k] as number);
          t2 += v * (y[y2 + k] as number);
          t3 += v * (y[y3 + k] as number);
        }
        s0 += t0;
        s1 += t1;
        s2 += t2;
        s3 += t3;
      }
      const to = outAt + i * few.stride;
      out[to + j * many.stride] = s0;
      out[to + j1 * many.stride] = s1;
      out[to + j2 * many.stride] = s2;
      out[to + j3 * many.stride] = s3;
    }
  }
}

/** The same for integers, which wrap around. */
function multiplyIntegerRows(
  a: Rows<TypedArray>,
  b: Rows<TypedArray>,
  length: number,
  out: TypedArray,
  outAt: number,
): void {
  for (let i = 0; i < a.count; i++) {
    const from = a.at + i * length;
    for (let j = 0; j < b.count; j++) {
      const other = b.at + j * length;
      let sum = 0;
      for (let k = 0; k < length; k++)
        sum = (sum + Math.imul(a.data[from + k] as number, b.data[other + k] as number)) | 0;
      out[outAt + i * a.stride + j * b.stride] = sum;
    }
  }
}

/** The elements in f64 for floats; integers as they are. */
export function widen(data: TypedArray): TypedArray {
  return data instanceof Float32Array ? new Float64Array(data) : data;
}

/** Zeros to sum products in, f64 for floats. */
export function sumsFor(dtype: DType, size: number): TypedArray {
  return allocate(dtype === "f32" ? "f64" : dtype, size);
}

/** `multiplyRows` on f64 data, `multiplyIntegerRows` on others. */
export function multiplyAnyRows(
  a: Rows<TypedArray>,
  b: Rows<TypedArray>,
  length: number,
  out: TypedArray,
  outAt: number,
): void {
  if (out instanceof Float64Array) multiplyRows(a as Rows, b as Rows, length, out, outAt);
  else multiplyIntegerRows(a, b, length, out, outAt);
}

/** The sums in the dtype of the result: f32 rounds here, once. */
export function stored(dtype: DType, sums: TypedArray): TypedArray {
  return dtype === "f32" ? new Float32Array(sums) : sums;
}
