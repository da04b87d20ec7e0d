import type { RegisterType } from "../program/types.js";
import { ValueType } from "./encoder.js";

/** The WebAssembly value that holds a register. */
export function valueTypeOf(type: RegisterType): number {
  switch (type) {
    case "bool":
    case "i32":
      return ValueType.i32;
    case "i64":
      return ValueType.i64;
    case "f32":
      return ValueType.f32;
    case "f64":
      return ValueType.f64;
    default:
      return ValueType.v128;
  }
}
