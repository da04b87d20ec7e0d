import { lanesOf } from "../../program/lanes.js";
import type { RegisterType } from "../../program/types.js";
import { ValueType } from "./encoder.js";

/** The WebAssembly value that holds a register. */
export function valueTypeOf(type: RegisterType): number {
  return isVector(type)
    ? ValueType.v128
    : ValueType[type === "bool" ? "i32" : (type as "i32" | "i64" | "f32" | "f64")];
}

export function isVector(type: RegisterType): boolean {
  return lanesOf(type) > 1;
}
