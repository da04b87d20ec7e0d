import { type DType, isFloat, isInteger } from "../../core/dtype.js";
import type { ElementCode } from "../../core/lowering.js";
import type { Builder } from "../../program/builder.js";
import { registerOf } from "../../program/elements.js";
import type { Host, Opcode, Operand } from "../../program/types.js";

/** One application of an instruction to elements in registers; undefined where there is no code for the dtype. */
type Instruction = ElementCode["code"];

/** The same opcode for floats and integers; bools by another, if at all. */
function plain(op: Opcode, bool?: Opcode): Instruction {
  return (b, args, dtype) => {
    if (dtype !== "bool") return b.compute(op, args[0].type, args);
    return bool === undefined ? undefined : b.compute(bool, "bool", args);
  };
}

const bools =
  (op: Opcode): Instruction =>
  (b, [x, y], dtype) =>
    dtype === "bool" ? b.compute(op, "bool", [x, y]) : undefined;

/** Comparisons by opcode: of floats and i32, of u32. */
const comparing =
  (signed: Opcode, unsigned: Opcode): Instruction =>
  (b, [x, y], dtype) => {
    if (dtype !== "bool") return b.compare(dtype === "u32" ? unsigned : signed, x, y);
    if (signed === "eq" || signed === "ne") return b.compare(signed, x, y);
    return b.compare(signed, b.convert(x, "i32"), b.convert(y, "i32"));
  };

const extremum =
  (isMax: boolean): Instruction =>
  (b, [x, y], dtype) => {
    if (dtype === "bool") return isMax ? b.or(x, y) : b.and(x, y);
    if (dtype === "u32") return b.select(b.compare(isMax ? "gtU" : "ltU", x, y), x, y);
    return isMax ? b.max(x, y) : b.min(x, y);
  };

/** Instructions whose results are the interpreter's bit by bit. */
export const exact: Readonly<Record<string, Instruction>> = {
  add: plain("add", "or"),
  subtract: plain("sub"),
  multiply: plain("mul", "and"),
  negative: plain("neg"),
  divide: (b, [x, y], dtype) => (isFloat(dtype) ? b.div(x, y) : undefined),
  square: (b, [x], dtype) => (dtype === "bool" ? x : b.mul(x, x)),
  abs: (b, [x], dtype) => (dtype === "u32" || dtype === "bool" ? x : b.abs(x)),
  sign: (b, [x], dtype) => {
    if (dtype === "bool") return x;
    if (dtype === "u32") return b.convert(b.compare("ne", x, 0), "i32");
    const none = b.like(x, 0);
    const above = b.select(b.compare("gt", x, none), b.like(x, 1), x); // 0, −0 and NaN stay
    return b.select(b.compare("lt", x, none), b.like(x, -1), above);
  },
  maximum: extremum(true),
  minimum: extremum(false),
  less: comparing("lt", "ltU"),
  lessEqual: comparing("le", "leU"),
  greater: comparing("gt", "gtU"),
  greaterEqual: comparing("ge", "geU"),
  equal: comparing("eq", "eq"),
  notEqual: comparing("ne", "ne"),
  select: (b, [c, x, y]) => b.select(c, x, y),
  mask: (b, [c, x]) => b.select(c, x, 0),
  not: (b, [x], dtype) => (dtype === "bool" ? b.not(x) : b.compare("eq", x, 0)),
  and: bools("and"),
  or: bools("or"),
  xor: bools("xor"),
};

/** Numbers beyond the range wrap modulo 2³², as JavaScript has it; NaN and ±∞ are 0. */
function wrapped(b: Builder, x: Operand, to: DType): Operand {
  const [low, high] = to === "u32" ? [0, 2 ** 32] : [-(2 ** 31), 2 ** 31];
  const fast = b.compute(to === "u32" ? "truncateU" : "truncate", "i32", [x]);
  const inside = b.and(b.compare("ge", x, low), b.compare("lt", x, high));
  return b.rescue(b.not(inside), fast, x.type === "f32" ? wrapSingle : wrapDouble, [x]);
}

const wrapDouble: Host = {
  kind: "host",
  name: "wrap",
  params: ["f64"],
  result: "i32",
  run: (x: number) => x | 0,
};
const wrapSingle: Host = { ...wrapDouble, params: ["f32"] };

/** An element in another dtype, as `cast` converts it. */
export function castTo(b: Builder, x: Operand, from: DType, to: DType): Operand | undefined {
  if (from === to) return x;
  if (to === "bool") return b.compare("ne", x, 0);
  if (isInteger(from) && isInteger(to)) return x;
  if (isFloat(from) && isInteger(to)) return wrapped(b, x, to);
  return from === "u32" ? b.compute("convertU", registerOf(to), [x]) : b.convert(x, registerOf(to));
}
