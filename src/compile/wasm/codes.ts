import type { RegisterType } from "../../program/types.js";

/** Codes of instructions behind a prefix: prefix · 65536 + number. */
const SIMD = 0xfd0000;
const MISC = 0xfc0000;

/** Instructions that stand for no opcode alone. */
export const Code = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  call: 0x10,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Load: 0x28,
  i64Load: 0x29,
  f32Load: 0x2a,
  f64Load: 0x2b,
  i32Load8U: 0x2d,
  i32Store: 0x36,
  i64Store: 0x37,
  f32Store: 0x38,
  f64Store: 0x39,
  i32Store8: 0x3a,
  i32Const: 0x41,
  i64Const: 0x42,
  f32Const: 0x43,
  f64Const: 0x44,
  i32Eqz: 0x45,
  i32LtS: 0x48,
  i32Add: 0x6a,
  i32Mul: 0x6c,
  i32And: 0x71,
  i32WrapI64: 0xa7,
  i64ExtendI32S: 0xac,
  i64ExtendI32U: 0xad,
  memoryCopy: 0xfc000a,
  memoryFill: 0xfc000b,
  v128Load: 0xfd0000,
  v128Load16Splat: 0xfd0008,
  v128Load32Splat: 0xfd0009,
  v128Load64Splat: 0xfd000a,
  v128Store: 0xfd000b,
  v128Const: 0xfd000c,
  i8x16Shuffle: 0xfd000d,
  i8x16Swizzle: 0xfd000e,
  v128And: 0xfd004e,
  v128AndNot: 0xfd004f,
  v128Xor: 0xfd0051,
  bitselect: 0xfd0052,
  anyTrue: 0xfd0053,
  v128Store16Lane: 0xfd0059,
  v128Store32Lane: 0xfd005a,
  v128Load32Zero: 0xfd005c,
  i8x16Abs: 0xfd0060,
  i16x8ExtendLowI8x16U: 0xfd0089,
  i32x4ExtendLowI16x8U: 0xfd00a9,
  i64x2ExtendLowI32x4U: 0xfd00c9,
  i32x4Neg: 0xfd00a1,
  i64x2Neg: 0xfd00c1,
} as const;

/** Codes that follow one another, by name; "_" is one we do not use. */
type Run = readonly [first: number, names: string];

function table(...runs: Run[]): Readonly<Record<string, number>> {
  const codes: Record<string, number> = {};
  for (const [first, names] of runs)
    names.split(" ").forEach((name, i) => {
      codes[name] = first + i;
    });
  return codes;
}

const integerCompare = "eq ne lt ltU gt gtU le leU ge geU";
const floatCompare = "eq ne lt gt le ge";
const integer = "add sub mul divS divU remS remU and or xor shl shrS shrU";
const float = "abs neg ceil floor trunc nearest sqrt add sub mul div min max copysign";
const floatVector = "abs neg _ sqrt add sub mul div min max pmin pmax";
const bits: Run = [SIMD + 0x4d, "not and _ or xor"];
const mask: Run = [SIMD + 0x53, "anyLane"];

/**
 * Opcodes that are one instruction, by the type of their first operand; conversions as "op:result". `splat`, `extract`
 * and `replace` of lanes are under the type of the vector.
 */
export const CODES: Readonly<Record<RegisterType, Readonly<Record<string, number>>>> = {
  bool: table(
    [0x45, "not eq ne"],
    [0x71, "and or xor"],
    [0xad, "convert:i64"],
    [0xb3, "convert:f32"],
    [0xb8, "convert:f64"],
  ),
  i32: table(
    [0x46, integerCompare],
    [0x6a, integer],
    [0xac, "convert:i64 convertU:i64"],
    [0xb2, "convert:f32 convertU:f32"],
    [0xb7, "convert:f64 convertU:f64"],
    [0xbe, "reinterpret:f32"],
  ),
  i64: table(
    [0x51, integerCompare],
    [0x7c, integer],
    [0xa7, "wrap"],
    [0xb4, "convert:f32 convertU:f32"],
    [0xb9, "convert:f64 convertU:f64"],
    [0xbf, "reinterpret:f64"],
  ),
  f32: table(
    [0x5b, floatCompare],
    [0x8b, float],
    [0xbb, "convert:f64 reinterpret:i32"],
    [MISC, "truncate:i32 truncateU:i32"],
    [MISC + 4, "truncate:i64 truncateU:i64"],
  ),
  f64: table(
    [0x61, floatCompare],
    [0x99, float],
    [0xb6, "convert:f32"],
    [0xbd, "reinterpret:i64"],
    [MISC + 2, "truncate:i32 truncateU:i32"],
    [MISC + 6, "truncate:i64 truncateU:i64"],
  ),
  b32x4: table(
    bits,
    mask,
    [SIMD + 0x37, "eq ne"],
    [SIMD + 0x11, "splat"],
    [SIMD + 0x1b, "extract replace"],
    [SIMD + 0xa1, "convert:i32x4"],
  ),
  b64x2: table(
    bits,
    mask,
    [SIMD + 0xd6, "eq ne"],
    [SIMD + 0x12, "splat"],
    [SIMD + 0x1d, "extract replace"],
    [SIMD + 0xc1, "convert:i64x2"],
  ),
  i32x4: table(
    bits,
    [SIMD + 0x37, integerCompare],
    [SIMD + 0x11, "splat"],
    [SIMD + 0x1b, "extract replace"],
    [SIMD + 0xa0, "abs neg"],
    [SIMD + 0xab, "shl shrS shrU add"],
    [SIMD + 0xb1, "sub"],
    [SIMD + 0xb5, "mul min _ max"],
    [SIMD + 0xfa, "convert:f32x4 convertU:f32x4"],
  ),
  i64x2: table(
    bits,
    [SIMD + 0x12, "splat"],
    [SIMD + 0x1d, "extract replace"],
    [SIMD + 0xc0, "abs neg"],
    [SIMD + 0xcb, "shl shrS shrU add"],
    [SIMD + 0xd1, "sub"],
    [SIMD + 0xd5, "mul eq ne lt gt le ge"],
    // after the sign bits are flipped
    [SIMD + 0xd8, "ltU gtU leU geU"],
  ),
  f32x4: table(
    [SIMD + 0x13, "splat"],
    [SIMD + 0x1f, "extract replace"],
    [SIMD + 0x41, floatCompare],
    [SIMD + 0x5f, "widenLow"],
    [SIMD + 0x67, "ceil floor trunc nearest"],
    [SIMD + 0xe0, floatVector],
    [SIMD + 0xf8, "truncate:i32x4 truncateU:i32x4"],
    [SIMD + 0x105, "madd"],
  ),
  f64x2: table(
    [SIMD + 0x14, "splat"],
    [SIMD + 0x21, "extract replace"],
    [SIMD + 0x47, floatCompare],
    [SIMD + 0x74, "ceil floor"],
    [SIMD + 0x7a, "trunc"],
    [SIMD + 0x94, "nearest"],
    [SIMD + 0xec, floatVector],
    [SIMD + 0x107, "madd"],
  ),
};
