import type { DType } from "../core/dtype.js";
import type { RegisterType, Storage } from "./types.js";

/** What holds an element in a register, … */
export function registerOf(dtype: DType): RegisterType {
  return dtype === "u32" ? "i32" : dtype;
}

/** … how it lies in memory, … */
export function storageOf(dtype: DType): Storage {
  return dtype === "u32" ? "i32" : dtype;
}

/** … and how many bytes it fills there. */
export function bytesOf(dtype: DType | Storage): number {
  return dtype === "f64" || dtype === "i64" ? 8 : dtype === "bool" ? 1 : 4;
}
