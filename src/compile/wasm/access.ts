import type { Place, RegisterType, Storage } from "../../program/types.js";
import type { Assembler } from "./assembler.js";
import * as Code from "./instruction-codes.js";
import { isVector } from "./value-types.js";

const LOADS: Readonly<Record<Storage, number>> = {
  f64: Code.f64Load,
  f32: Code.f32Load,
  i64: Code.i64Load,
  i32: Code.i32Load,
  bool: Code.i32Load8U,
};

const STORES: Readonly<Record<Storage, number>> = {
  f64: Code.f64Store,
  f32: Code.f32Store,
  i64: Code.i64Store,
  i32: Code.i32Store,
  bool: Code.i32Store8,
};

/** The bytes of a place besides `at`. */
function addressOf({ buffer, offset }: Place): number {
  if (buffer === undefined) return offset;
  if (buffer.address === undefined) throw new Error(`buffer ${buffer.name} has no address`);
  return buffer.address + offset;
}

/** Makes the `at` on the stack, if the place has one, a pointer; gives the offset that goes with it. */
export function pointer(code: Assembler, place: Place): number {
  const known = addressOf(place);
  if (place.at !== undefined && known >= 0) return known;
  code.i32Const(Math.min(known, 0));
  if (place.at !== undefined) code.op(Code.i32Add);
  return Math.max(known, 0);
}

/** Makes the `at` on the stack, if the place has one, the whole address. */
export function address(code: Assembler, place: Place): void {
  const known = addressOf(place);
  if (place.at === undefined || known !== 0) code.i32Const(known);
  if (place.at !== undefined && known !== 0) code.op(Code.i32Add);
}

/** Loads from the pointer on the stack. */
export function load(code: Assembler, type: RegisterType, storage: Storage, offset: number): void {
  if (!isVector(type)) code.access(LOADS[storage], offset);
  else if (storage !== "bool") code.access(Code.v128Load, offset);
  else {
    // bytes 0 or 1 to lanes, all ones for 1
    const wide = type === "b64x2";
    code.access(wide ? Code.v128Load16Splat : Code.v128Load32Zero, offset);
    code.op(Code.i16x8ExtendLowI8x16U);
    code.op(Code.i32x4ExtendLowI16x8U);
    if (wide) code.op(Code.i64x2ExtendLowI32x4U);
    code.op(wide ? Code.i64x2Neg : Code.i32x4Neg);
  }
}

/** Stores the value on the stack at the pointer below it. */
export function store(code: Assembler, type: RegisterType, storage: Storage, offset: number): void {
  if (!isVector(type)) code.access(STORES[storage], offset);
  else if (storage !== "bool") code.access(Code.v128Store, offset);
  else {
    // the first byte of each lane
    const wide = type === "b64x2";
    code.op(Code.v128Const);
    for (let i = 0; i < 16; i++) code.byte(wide ? 8 * (i & 1) : 4 * (i & 3));
    code.op(Code.i8x16Swizzle);
    code.op(Code.i8x16Abs);
    code.access(wide ? Code.v128Store16Lane : Code.v128Store32Lane, offset);
    code.byte(0);
  }
}
