import type { RegisterType } from "../../program/types.js";

/** Codes of instructions behind a prefix: prefix · 65536 + number. */
const SIMD = 0xfd0000;
const MISC = 0xfc0000;

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
