import type { Builder } from "../../program/builder.js";
import { lanesOf } from "../../program/lanes.js";
import type { Computed, Opcode, Operand, RegisterType } from "../../program/types.js";
import { CODES } from "../wasm/codes.js";

/** Lanes of a vector of 64-bit or of 32-bit elements. */
export type Lanes = 2 | 4;

const wide: Partial<Record<RegisterType, RegisterType>> = {
  bool: "b64x2",
  f64: "f64x2",
  i64: "i64x2",
};
const narrow: Partial<Record<RegisterType, RegisterType>> = {
  bool: "b32x4",
  f32: "f32x4",
  i32: "i32x4",
};

/** The vector of scalars of this type; undefined: they are not that wide. */
export function vectorOf(type: RegisterType, lanes: Lanes): RegisterType | undefined {
  return (lanes === 2 ? wide : narrow)[type];
}

/** Whether an instruction takes a count, a scalar, behind what it shifts. */
export function isShift(op: Opcode): boolean {
  return op === "shl" || op === "shrS" || op === "shrU";
}

/** The lanes of a vector. */
export function lanesIn(b: Builder, vector: Operand): Operand[] {
  return Array.from({ length: lanesOf(vector.type) }, (_, k) => b.lane(vector, k));
}

/** Whether a scalar instruction has a vector instruction of that many lanes, as the emitter's table tells. */
export function hasVector({ op, type, args }: Computed, lanes: Lanes): boolean {
  const to = vectorOf(type, lanes);
  if (to === undefined || (isShift(op) && args[1]?.kind !== "constant")) return false;
  const operands = isShift(op) ? 1 : args.length; // the count of a shift stays a scalar
  for (let i = 0; i < operands; i++)
    if (vectorOf((args[i] as Operand).type, lanes) === undefined) return false;
  const from = args[0]?.type as RegisterType;
  const codes = CODES[vectorOf(from, lanes) as RegisterType];
  switch (op) {
    case "select":
    case "reinterpret":
      return true;
    case "copysign":
    case "math":
    case "rescue": // of a function of floats
      return /^f/.test(args[args.length - 1]?.type as RegisterType);
    case "convert":
    case "convertU":
    case "truncate":
    case "truncateU":
      return from === "bool" || codes[`${op}:${to}`] !== undefined;
    default:
      return codes[op] !== undefined;
  }
}
