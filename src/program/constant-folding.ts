import type { Pure } from "./instructions.js";
import { lanesOf } from "./lanes.js";
import type { Opcode, Operand } from "./types.js";

/** What an instruction gives of two numbers, of whatever type: an i32 is the remainder of the sum or difference. */
const ofNumbers: Partial<Record<Opcode, (x: number, y: number) => number | boolean>> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  min: Math.min,
  max: Math.max,
  eq: (x, y) => x === y,
  ne: (x, y) => x !== y,
  lt: (x, y) => x < y,
  le: (x, y) => x <= y,
  gt: (x, y) => x > y,
  ge: (x, y) => x >= y,
  ltU: (x, y) => x >>> 0 < y >>> 0,
  geU: (x, y) => x >>> 0 >= y >>> 0,
};

/** The constant or operand that an instruction amounts to, where that is exact for every value. */
export function fold({ op, type, args }: Pure): number | bigint | Operand | undefined {
  const [a, b, c] = args as readonly [Operand, Operand, Operand];
  const x = numberOf(a);
  const y = numberOf(b);
  if (x === undefined && y === undefined) return undefined;
  const isInteger = type === "i32";
  // in vectors of floats every lane holds the constant
  const folds = lanesOf(a.type) === 1 || type.startsWith("f");
  if (folds && typeof x === "number" && typeof y === "number") {
    if (op === "mul") return isInteger ? Math.imul(x, y) : x * y;
    const result = ofNumbers[op]?.(x, y);
    if (result !== undefined) return Number(result);
  }
  switch (op) {
    case "add":
      if (isZero(a) && (isInteger || addsZero(b))) return b;
      return isZero(b) && (isInteger || addsZero(a)) ? a : undefined;
    case "sub":
      return isInteger && y === 0 ? a : undefined;
    case "mul":
      if (isInteger && (x === 0 || y === 0)) return 0;
      return x === 1 ? b : y === 1 ? a : undefined;
    case "divS":
    case "divU":
      return y === 1 ? a : undefined;
    case "neg":
      return folds && typeof x === "number" ? -x : undefined;
    case "select":
      return x === undefined ? undefined : x !== 0 ? b : c;
    case "splat":
      return x;
    case "not":
      return type === "bool" ? 1 - Number(x) : undefined;
    case "and":
    case "or":
      if (type !== "bool") return undefined;
      if (x !== undefined) return (x !== 0) === (op === "and") ? b : a;
      return (y !== 0) === (op === "and") ? a : b;
    default:
      return undefined;
  }
}

function numberOf(x: Operand | undefined): number | bigint | undefined {
  return x?.kind === "constant" ? x.value : undefined;
}

function isZero(x: Operand): boolean {
  return Object.is(numberOf(x), 0);
}

/** A sum with 0 is never −0, the one float that another 0 would change. */
function addsZero(x: Operand): boolean {
  return x.kind === "instruction" && x.op === "add" && x.args.some(isZero);
}
