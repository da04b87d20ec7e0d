/** Element types of tensors. `bool` is stored as one byte, 0 or 1. */
export type DType = "f64" | "f32" | "i32" | "u32" | "bool";

export type TypedArray = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;

/** The typed array that stores each dtype. */
export interface ArrayOf {
  f64: Float64Array;
  f32: Float32Array;
  i32: Int32Array;
  u32: Uint32Array;
  bool: Uint8Array;
}

/** Each is the one that it and any after it promote to, but for i32 with u32. */
const dtypes: readonly DType[] = ["f64", "f32", "i32", "u32", "bool"];

export function isDType(value: unknown): value is DType {
  return dtypes.includes(value as DType);
}

export function isFloat(dtype: DType): dtype is "f64" | "f32" {
  return dtype === "f64" || dtype === "f32";
}

export function isInteger(dtype: DType): dtype is "i32" | "u32" {
  return dtype === "i32" || dtype === "u32";
}

/** A zeroed array of `length` elements. */
export function allocate<D extends DType>(dtype: D, length: number): ArrayOf[D] {
  switch (dtype as DType) {
    case "f64":
      return new Float64Array(length) as ArrayOf[D];
    case "f32":
      return new Float32Array(length) as ArrayOf[D];
    case "i32":
      return new Int32Array(length) as ArrayOf[D];
    case "u32":
      return new Uint32Array(length) as ArrayOf[D];
    default:
      return new Uint8Array(length) as ArrayOf[D];
  }
}

/** The dtype a typed array is stored in, or undefined for arrays that hold none (Int8Array, BigInt64Array, …). */
export function dtypeOfArray(array: ArrayBufferView): DType | undefined {
  if (array instanceof Float64Array) return "f64";
  if (array instanceof Float32Array) return "f32";
  if (array instanceof Int32Array) return "i32";
  if (array instanceof Uint32Array) return "u32";
  return undefined;
}

/** Whether `value` can be stored in an integer dtype without change. */
export function fitsInteger(value: number, dtype: "i32" | "u32"): boolean {
  return dtype === "i32" ? value === (value | 0) : value === value >>> 0;
}

/**
 * The dtype two dtypes promote to: floats win over integers, f64 over f32, integers over bool;
 * i32 with u32 is f64, the only dtype here that holds both.
 */
export function promoteDTypes(a: DType, b: DType): DType {
  if (a !== b && isInteger(a) && isInteger(b)) return "f64";
  return dtypes.indexOf(a) < dtypes.indexOf(b) ? a : b;
}
