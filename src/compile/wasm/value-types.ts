import type { RegisterType } from "../../program/types.js";
import { ValueType } from "./encoder.js";

const { i32, i64, f32, f64, v128 } = ValueType;

const VALUE_TYPES: Readonly<Record<RegisterType, number>> = {
  bool: i32,
  i32,
  i64,
  f32,
  f64,
  b32x4: v128,
  b64x2: v128,
  i32x4: v128,
  i64x2: v128,
  f32x4: v128,
  f64x2: v128,
};

/** The WebAssembly value that holds a register. */
export function valueTypeOf(type: RegisterType): number {
  return VALUE_TYPES[type];
}

export function isVector(type: RegisterType): boolean {
  return VALUE_TYPES[type] === v128;
}
