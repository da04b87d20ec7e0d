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
  switch (lanesOf(type)) {
    case 4:
      return "b32x4";
    case 2:
      return "b64x2";
    default:
      return "bool";
  }
}

/** The integer type with the bits of a float type. */
export function bitsOf(type: RegisterType): RegisterType {
  switch (type) {
    case "f64":
      return "i64";
    case "f32":
      return "i32";
    case "f64x2":
      return "i64x2";
    case "f32x4":
      return "i32x4";
    default:
      return type;
  }
}

/** The float type with the bits of an integer type. */
export function floatOf(type: RegisterType): RegisterType {
  switch (type) {
    case "i64":
      return "f64";
    case "i32":
      return "f32";
    case "i64x2":
      return "f64x2";
    case "i32x4":
      return "f32x4";
    default:
      return type;
  }
}
