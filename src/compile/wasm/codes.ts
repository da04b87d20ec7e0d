import type { RegisterType } from "../../program/types.js";

/** Codes of instructions behind a prefix: prefix · 65536 + number. */
const simd = 0xfd0000;
const misc = 0xfc0000;

/** Codes that follow one another, by name; "_" is one we do not use. */
type Run = readonly [first: number, names: string];

function table(prefix: number, ...runs: Run[]): Readonly<Record<string, number>> {
  const codes: Record<string, number> = {};
  for (const [first, names] of runs)
    names.split(" ").forEach((name, i) => {
      codes[name] = prefix + first + i;
    });
  return codes;
}

const integerCompare = "eq ne lt ltU gt gtU le leU ge geU";
const floatCompare = "eq ne lt gt le ge";
const integer = "add sub mul divS divU remS remU and or xor shl shrS shrU";
const float = "abs neg ceil floor trunc nearest sqrt add sub mul div min max copysign";
const floatVector = "abs neg _ sqrt add sub mul div min max pmin pmax";
const truncate32 = "truncate:i32 truncateU:i32";
const truncate64 = "truncate:i64 truncateU:i64";
const bits: Run = [0x4d, "not and _ or xor"];
const mask: Run = [0x53, "anyLane"];

/**
 * Opcodes that are one instruction, by the type of their first operand; conversions as "op:result". `splat`, `extract`
 * and `replace` of lanes are under the type of the vector.
 */
export const CODES: Readonly<Record<RegisterType, Readonly<Record<string, number>>>> = {
  bool: table(
    0,
    [0x45, "not eq ne"],
    [0x71, "and or xor"],
    [0xad, "convert:i64"],
    [0xb3, "convert:f32"],
    [0xb8, "convert:f64"],
  ),
  i32: table(
    0,
    [0x46, integerCompare],
    [0x6a, integer],
    [0xac, "convert:i64 convertU:i64"],
    [0xb2, "convert:f32 convertU:f32"],
    [0xb7, "convert:f64 convertU:f64"],
    [0xbe, "reinterpret:f32"],
  ),
  i64: table(
    0,
    [0x51, integerCompare],
    [0x7c, integer],
    [0xa7, "wrap"],
    [0xb4, "convert:f32 convertU:f32"],
    [0xb9, "convert:f64 convertU:f64"],
    [0xbf, "reinterpret:f64"],
  ),
  f32: {
    ...table(0, [0x5b, floatCompare], [0x8b, float], [0xbb, "convert:f64 reinterpret:i32"]),
    ...table(misc, [0, truncate32], [4, truncate64]),
  },
  f64: {
    ...table(
      0,
      [0x61, floatCompare],
      [0x99, float],
      [0xb6, "convert:f32"],
      [0xbd, "reinterpret:i64"],
    ),
    ...table(misc, [2, truncate32], [6, truncate64]),
  },
  b32x4: table(
    simd,
    bits,
    mask,
    [0x37, "eq ne"],
    [0x11, "splat"],
    [0x1b, "extract replace"],
    [0xa1, "convert:i32x4"],
  ),
  b64x2: table(
    simd,
    bits,
    mask,
    [0xd6, "eq ne"],
    [0x12, "splat"],
    [0x1d, "extract replace"],
    [0xc1, "convert:i64x2"],
  ),
  i32x4: table(
    simd,
    bits,
    [0x37, integerCompare],
    [0x11, "splat"],
    [0x1b, "extract replace"],
    [0xa0, "abs neg"],
    [0xab, "shl shrS shrU add"],
    [0xb1, "sub"],
    [0xb5, "mul min _ max"],
    [0xfa, "convert:f32x4 convertU:f32x4"],
  ),
  i64x2: table(
    simd,
    bits,
    [0x12, "splat"],
    [0x1d, "extract replace"],
    [0xc0, "abs neg"],
    [0xcb, "shl shrS shrU add"],
    [0xd1, "sub"],
    [0xd5, "mul eq ne lt gt le ge"],
    // after the sign bits are flipped
    [0xd8, "ltU gtU leU geU"],
  ),
  f32x4: table(
    simd,
    [0x13, "splat"],
    [0x1f, "extract replace"],
    [0x41, floatCompare],
    [0x5f, "widenLow"],
    [0x67, "ceil floor trunc nearest"],
    [0xe0, floatVector],
    [0xf8, "truncate:i32x4 truncateU:i32x4"],
    [0x105, "madd"],
  ),
  f64x2: table(
    simd,
    [0x14, "splat"],
    [0x21, "extract replace"],
    [0x47, floatCompare],
    [0x74, "ceil floor"],
    [0x7a, "trunc"],
    [0x94, "nearest"],
    [0xec, floatVector],
    [0x107, "madd"],
  ),
};
