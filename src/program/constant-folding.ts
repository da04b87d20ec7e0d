import type { Pure } from "./instructions.js";
import type { Opcode, Operand } from "./types.js";

/** The constant or operand that an instruction amounts to, where that is exact for every value. */
export function fold({ op, type, args }: Pure): number | bigint | Operand | undefined {
  const a = args[0] as Operand;
  const b = args[1] as Operand;
  if (op === "mul" && a.kind === "constant" && a.value === 1) return b;
  if (op === "mul" && b.kind === "constant" && b.value === 1) return a;
  if (op === "add" && a.kind === "constant" && isZero(a) && addsZero(b)) return b;
  if (op === "add" && b.kind === "constant" && isZero(b) && addsZero(a)) return a;
  if ((type === "f64" || type === "f32") && a.kind === "constant") {
    const x = Number(a.value);
    const y = b?.kind === "constant" ? Number(b.value) : undefined;
    if (op === "neg") return -x;
    if (y !== undefined && op === "add") return x + y;
    if (y !== undefined && op === "sub") return x - y;
    if (y !== undefined && op === "mul") return x * y;
  }
  if (type === "f64" && op !== "select" && op !== "splat") return undefined;
  if (op === "select" && a.kind === "constant") return a.value !== 0 ? b : (args[2] as Operand);
  if (type === "i32") return foldInteger(op, a, b);
  if (type === "bool" && (op === "and" || op === "or")) {
    if (a.kind === "constant") return (a.value !== 0) === (op === "and") ? b : a;
    if (b.kind === "constant") return (b.value !== 0) === (op === "and") ? a : b;
  }
  if (type === "bool" && op === "not" && a.kind === "constant") return a.value !== 0 ? 0 : 1;
  if (type === "bool" && a.kind === "constant" && b?.kind === "constant" && a.type === "i32") {
    const [x, y] = [Number(a.value), Number(b.value)];
    const results: Partial<Record<Opcode, boolean>> = {
      eq: x === y,
      ne: x !== y,
      lt: x < y,
      le: x <= y,
      gt: x > y,
      ge: x >= y,
      ltU: x >>> 0 < y >>> 0,
      geU: x >>> 0 >= y >>> 0,
    };
    const result = results[op];
    return result === undefined ? undefined : Number(result);
  }
  if (op === "splat" && a.kind === "constant") return a.value;
  return undefined;
}

function isZero(x: Operand): boolean {
  return x.kind === "constant" && Object.is(x.value, 0);
}

/** A sum with 0 is never −0, the one float that another 0 would change. */
function addsZero(x: Operand): boolean {
  return x.kind === "instruction" && x.op === "add" && x.args.some(isZero);
}

function foldInteger(op: Opcode, a: Operand, b: Operand): number | Operand | undefined {
  const x = a.kind === "constant" ? Number(a.value) : undefined;
  const y = b?.kind === "constant" ? Number(b.value) : undefined;
  if (op === "select") return undefined;
  switch (op) {
    case "add":
      if (x !== undefined && y !== undefined) return (x + y) | 0;
      return x === 0 ? b : y === 0 ? a : undefined;
    case "sub":
      if (x !== undefined && y !== undefined) return (x - y) | 0;
      return y === 0 ? a : undefined;
    case "mul":
      if (x !== undefined && y !== undefined) return Math.imul(x, y);
      if (x === 0 || y === 0) return 0;
      return x === 1 ? b : y === 1 ? a : undefined;
    case "divS":
    case "divU":
      return y === 1 ? a : undefined;
    default:
      return undefined;
  }
}
