import type { Builder } from "../../program/builder.js";
import { lanesOf } from "../../program/lanes.js";
import type { Computed, Opcode, Operand, RegisterType } from "../../program/types.js";

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

const ofFloats: ReadonlySet<Opcode> = new Set([
  ...(["add", "sub", "mul", "div", "neg", "abs", "sqrt", "min", "max", "floor", "ceil"] as const),
  ...(["trunc", "nearest", "copysign", "madd", "select", "math", "rescue"] as const),
  ...(["eq", "ne", "lt", "le", "gt", "ge"] as const),
]);
const ofIntegers: ReadonlySet<Opcode> = new Set([
  ...(["add", "sub", "mul", "neg", "abs", "and", "or", "xor", "not", "select"] as const),
  ...(["shl", "shrS", "shrU", "eq", "ne", "lt", "le", "gt", "ge"] as const),
]);
const ofNarrowIntegers: ReadonlySet<Opcode> = new Set([
  ...(["min", "max", "ltU", "leU", "gtU", "geU"] as const),
]);
const ofBools: ReadonlySet<Opcode> = new Set(["and", "or", "xor", "not", "eq", "ne", "select"]);
const conversions: ReadonlySet<string> = new Set([
  ...["convert i32 f32", "convertU i32 f32", "truncate f32 i32", "truncateU f32 i32"],
  ...["convert bool f32", "convert bool i32", "convert bool f64", "convert bool i64"],
  ...["reinterpret f32 i32", "reinterpret i32 f32", "reinterpret f64 i64", "reinterpret i64 f64"],
]);

/** Whether an instruction takes a count, a scalar, behind what it shifts. */
export function isShift(op: Opcode): boolean {
  return op === "shl" || op === "shrS" || op === "shrU";
}

/** The lanes of a vector. */
export function lanesIn(b: Builder, vector: Operand): Operand[] {
  return Array.from({ length: lanesOf(vector.type) }, (_, k) => b.lane(vector, k));
}

/** Whether a scalar instruction has a vector instruction of that many lanes. */
export function hasVector({ op, type, args }: Computed, lanes: Lanes): boolean {
  const shift = isShift(op);
  if (vectorOf(type, lanes) === undefined) return false;
  const operands = shift ? 1 : args.length; // the count of a shift stays a scalar
  for (let i = 0; i < operands; i++)
    if (vectorOf((args[i] as Operand).type, lanes) === undefined) return false;
  if (shift && args[1]?.kind !== "constant") return false;
  const from = args[args.length - 1]?.type as RegisterType;
  if (op.startsWith("convert") || op.startsWith("truncate") || op === "reinterpret")
    return conversions.has(`${op} ${from} ${type}`);
  const of = shift ? type : from;
  switch (of) {
    case "bool":
      return ofBools.has(op);
    case "i32":
      return ofIntegers.has(op) || ofNarrowIntegers.has(op);
    case "i64":
      return ofIntegers.has(op);
    default:
      return ofFloats.has(op);
  }
}
