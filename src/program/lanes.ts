import type { RegisterType } from "./types.js";

/** Number of lanes of a register: 1 for scalars. */
export function lanesOf(type: RegisterType): number {
  // by their last letters: f64x2, f32x4; asked for every instruction
  if (type.length < 5) return 1;
  return type.charCodeAt(4) === 0x34 ? 4 : 2;
}

/** The type of one lane; of masks, bool. */
export function scalarOf(type: RegisterType): RegisterType {
  if (type.length < 5) return type;
  if (type === "b32x4" || type === "b64x2") return "bool";
  return type.slice(0, 3) as RegisterType;
}

/** The type of comparisons of operands of this type. */
export function maskOf(type: RegisterType): RegisterType {
  const lanes = lanesOf(type);
  return lanes === 4 ? "b32x4" : lanes === 2 ? "b64x2" : "bool";
}

type Types = Partial<Record<RegisterType, RegisterType>>;

const integers: Types = { f64: "i64", f32: "i32", f64x2: "i64x2", f32x4: "i32x4" };
const floats: Types = { i64: "f64", i32: "f32", i64x2: "f64x2", i32x4: "f32x4" };

/** The integer type with the bits of a float type. */
export function bitsOf(type: RegisterType): RegisterType {
  return integers[type] ?? type;
}

/** The float type with the bits of an integer type. */
export function floatOf(type: RegisterType): RegisterType {
  return floats[type] ?? type;
}
