import { isSameOperand } from "../../program/instructions.js";
import { lanesOf, scalarOf } from "../../program/lanes.js";
import type {
  Address,
  Callee,
  Computed,
  Load,
  Opcode,
  Operand,
  RegisterType,
} from "../../program/types.js";
import { address, load, pointer } from "./access.js";
import type { Assembler } from "./assembler.js";
import { CODES } from "./codes.js";
import * as Code from "./instruction-codes.js";
import type { Locals } from "./locals.js";
import { isVector, valueTypeOf } from "./value-types.js";

/** What leaves a value on the stack. */
export type Expression = Computed | Load | Address;

/** What instructions are written with. */
export interface Target {
  readonly code: Assembler;
  readonly locals: Locals;
  /** Multiply and add vectors in one rounding. */
  readonly fma: boolean;
  push(operand: Operand): void;
  indexOf(callee: Callee): number;
}

const isInteger = (type: RegisterType): boolean => type === "i32" || type === "i64";

/** Whether operands are needed more than once, or only sometimes: these have locals. */
export function repeatsOperands(expression: Expression): boolean {
  if (expression.kind !== "instruction") return false;
  const { op, type } = expression;
  return (
    op === "rescue" ||
    op === "widenHigh" ||
    ((op === "min" || op === "max" || op === "abs") && isInteger(type))
  );
}

/** Opcodes that are more than their operands and one instruction, or not of every type. */
const special: ReadonlySet<string> = /* @__PURE__ */ new Set(
  "neg abs min max copysign madd not shl shrS shrU ltU leU gtU geU select convert convertU truncate truncateU reinterpret splat lane pack widenHigh rescue call".split(
    " ",
  ),
);

/** Whether an opcode is its operands and one instruction, whatever the type. */
export function isPlain(op: Opcode): boolean {
  return !special.has(op);
}

/** Whether all bits are 0. */
const isZero = (x: Operand | undefined): boolean =>
  x?.kind === "constant" && (x.value === 0n || Object.is(x.value, 0));

/** One instruction that a selection among lanes is, and its operands. */
function shortSelect({ type, args }: Computed): readonly [number, Operand, Operand] | undefined {
  const [mask, yes, no] = args as [Operand, Operand, Operand];
  if (!isVector(mask.type)) return undefined;
  if (isZero(no)) return [Code.v128And, yes, mask];
  if (isZero(yes)) return [Code.v128AndNot, no, mask];
  if (mask.kind !== "instruction" || mask.op !== "lt" || isInteger(scalarOf(type)))
    return undefined;
  const [low, high] = mask.args as [Operand, Operand];
  if (isSameOperand(low, yes) && isSameOperand(high, no))
    return [CODES[type].pmin as number, no, yes];
  if (isSameOperand(low, no) && isSameOperand(high, yes))
    return [CODES[type].pmax as number, no, yes];
  return undefined;
}

/** The operand that goes on the stack as number `k`; undefined behind the last. */
export function operandAt(expression: Expression, k: number): Operand | undefined {
  if (expression.kind !== "instruction") return k === 0 ? expression.place.at : undefined;
  const { op, type, args } = expression;
  if (op === "select") {
    const short = shortSelect(expression);
    if (short !== undefined) return k < 2 ? (short[k + 1] as Operand) : undefined;
    return k < 3 ? args[(k + 1) % 3] : undefined;
  }
  if (op === "copysign" && isVector(type)) return args[1 - k];
  return repeatsOperands(expression) ? undefined : args[k];
}

/** What an instruction writes ahead of operand `k`. */
export function between({ code, fma }: Target, { op, type, args }: Computed, k: number): void {
  switch (op) {
    case "neg":
      if (k === 0 && isInteger(type)) code.constant(type, 0);
      return;
    case "madd":
      if (k === 2 && !isFused(type, fma)) plain(code, type, "mul");
      return;
    case "pack":
      if (k === 0) return;
      toLane(code, type);
      if (k === 1) plain(code, type, "splat");
      else replace(code, type, k - 1);
      return;
    case "ltU":
    case "leU":
    case "gtU":
    case "geU":
      if (k === 0 || args[0]?.type !== "i64x2") return;
      code.constant("i64x2", 1n << 63n);
      code.op(Code.v128Xor);
  }
}

/** What an expression writes behind its operands. */
export function complete(target: Target, expression: Expression): void {
  const { code, fma } = target;
  const { kind, type } = expression;
  if (kind === "load") {
    const offset = pointer(code, expression.place);
    load(code, type, expression.storage, offset);
    return;
  }
  if (kind === "address") {
    address(code, expression.place);
    return;
  }
  const { op, args } = expression;
  const from = args[0]?.type ?? type;
  switch (op) {
    case "call":
      code.with(Code.call, target.indexOf(expression.callee as Callee));
      return;
    case "rescue":
      rescue(target, expression);
      return;
    case "select":
      code.op(shortSelect(expression)?.[0] ?? (from === "bool" ? Code.select : Code.bitselect));
      return;
    case "neg":
      if (type === "f32x4" || type === "f64x2") signBits(code, type, Code.v128Xor);
      else plain(code, type, isInteger(type) ? "sub" : op);
      return;
    case "abs":
      if (type === "f32x4" || type === "f64x2") signBits(code, type, Code.v128AndNot);
      else if (isInteger(type)) absolute(target, type, args[0] as Operand);
      else plain(code, type, op);
      return;
    case "min":
    case "max":
      if (!isInteger(type)) extremum(code, type, op, args[1]);
      else {
        for (const operand of [...args, ...args]) target.push(operand);
        plain(code, type, op === "min" ? "lt" : "gt");
        code.op(Code.select);
      }
      return;
    case "not":
      if (isInteger(type)) {
        code.constant(type, -1);
        plain(code, type, "xor");
      } else plain(code, type, op);
      return;
    case "shl":
    case "shrS":
    case "shrU":
      if (type === "i64") code.op(Code.i64ExtendI32U);
      plain(code, type, op);
      return;
    case "splat":
      if (code.splatLoad()) return;
      toLane(code, type);
      plain(code, type, "splat");
      return;
    case "lane":
      extract(code, from, expression.lane as number);
      return;
    case "pack":
      return;
    case "widenHigh":
      target.push(args[0] as Operand);
      target.push(args[0] as Operand);
      code.op(Code.i8x16Shuffle);
      for (let byte = 0; byte < 16; byte++) code.byte(8 + (byte & 7));
      plain(code, from, "widenLow");
      return;
    case "madd":
      plain(code, type, isFused(type, fma) ? "madd" : "add");
      return;
    case "reinterpret":
      if (!isVector(type)) plain(code, from, `${op}:${type}`);
      return;
    case "convert":
    case "convertU":
    case "truncate":
    case "truncateU":
      if (from === "bool" && type === "i32") return;
      if ((from === "b32x4" && type === "f32x4") || (from === "b64x2" && type === "f64x2")) {
        code.constant(type, 1);
        code.op(Code.v128And);
      } else plain(code, from, `${op}:${type}`);
      return;
    case "copysign":
      if (isVector(type)) {
        code.constant(type, -0);
        code.op(Code.bitselect);
      } else plain(code, type, op);
      return;
    default:
      plain(code, from, op);
  }
}

/** By a constant, which stays in a register or in memory: x64 has no instruction for them, and V8 makes the bits anew. */
function signBits(code: Assembler, type: RegisterType, instruction: number): void {
  code.constant(type, -0);
  code.op(instruction);
}

/** Of an i32 or i64: −x or x. */
function absolute(target: Target, type: RegisterType, x: Operand): void {
  const { code } = target;
  target.push(x);
  code.constant(type, 0);
  target.push(x);
  plain(code, type, "sub");
  target.push(x);
  code.constant(type, 0);
  plain(code, type, "ge");
  code.op(Code.select);
}

/** Of vectors with a known number one comparison decides: x stays where it is NaN. Adding 0 turns −0. */
function extremum(code: Assembler, type: RegisterType, op: "min" | "max", limit?: Operand): void {
  const value = limit?.kind === "constant" && isVector(type) ? Number(limit.value) : Number.NaN;
  const turns = op === "max" && Object.is(value, 0);
  const known = turns || (value !== 0 && !Number.isNaN(value));
  plain(code, type, known && CODES[type].pmin !== undefined ? `p${op}` : op);
  if (!turns || CODES[type].pmin === undefined) return;
  code.constant(type, 0);
  plain(code, type, "add");
}

/** The slow function where it is needed; a branch around it where it is needed in no lane. */
function rescue(target: Target, { type, args, callee }: Computed): void {
  const { code, locals } = target;
  const [mask, fast, ...others] = args as [Operand, Operand, ...Operand[]];
  const slow = target.indexOf(callee as Callee);
  target.push(mask);
  if (!isVector(type)) {
    code.with(Code.if, valueTypeOf(type));
    for (const other of others) target.push(other);
    code.with(Code.call, slow);
    code.op(Code.else);
    target.push(fast);
    code.op(Code.end);
    return;
  }
  const result = locals.take(type);
  target.push(fast);
  code.set(result);
  code.op(Code.anyTrue);
  code.with(Code.if, 0x40);
  for (let lane = 0; lane < lanesOf(type); lane++) {
    target.push(mask);
    extract(code, mask.type, lane);
    code.with(Code.if, 0x40);
    code.get(result);
    for (const other of others) {
      target.push(other);
      if (isVector(other.type)) extract(code, other.type, lane);
    }
    code.with(Code.call, slow);
    toLane(code, type);
    replace(code, type, lane);
    code.set(result);
    code.op(Code.end);
  }
  code.op(Code.end);
  code.get(result);
  locals.give(result);
}

function isFused(type: RegisterType, fma: boolean): boolean {
  return fma && CODES[type].madd !== undefined;
}

/** The one instruction that an opcode is. */
export function plain(code: Assembler, type: RegisterType, op: string): void {
  const known = CODES[type][op];
  if (known === undefined) throw new Error(`no ${op} of ${type}`);
  code.op(known);
}

/** A scalar as a lane of a vector: of masks, all ones for 1. */
function toLane(code: Assembler, type: RegisterType): void {
  if (type !== "b32x4" && type !== "b64x2") return;
  code.i32Const(-1);
  code.op(Code.i32Mul);
  if (type === "b64x2") code.op(Code.i64ExtendI32S);
}

function extract(code: Assembler, type: RegisterType, lane: number): void {
  plain(code, type, "extract");
  code.byte(lane);
  if (type !== "b32x4" && type !== "b64x2") return;
  if (type === "b64x2") code.op(Code.i32WrapI64);
  code.i32Const(1);
  code.op(Code.i32And);
}

function replace(code: Assembler, type: RegisterType, lane: number): void {
  plain(code, type, "replace");
  code.byte(lane);
}
