import { lanesOf, scalarOf } from "../../src/program/lanes.js";
import type {
  Block,
  Callee,
  Computed,
  Opcode,
  Operand,
  Place,
  Program,
  RegisterType,
  Statement,
  Storage,
  Variable,
} from "../../src/program/types.js";

/** Of one lane: a bigint for i64; bools, also in masks, are 0 or 1. */
export type Lane = number | bigint;
export type Value = Lane | readonly Lane[];

/** Runs a loop program, whose buffers have addresses, statement by statement. `madd` rounds twice. */
export function interpret({ main }: Program, memory: ArrayBuffer): void {
  new Interpreter(new DataView(memory)).call(main, []);
}

type Call = (callee: Callee, args: readonly Lane[]) => Lane;

class Interpreter {
  private readonly view: DataView;
  private values = new Map<number, Value>();
  private variables = new Map<Variable, Value>();

  constructor(view: DataView) {
    this.view = view;
  }

  readonly call = (callee: Callee, args: readonly Lane[]): Lane => {
    if (callee.kind === "host") return Number(callee.run(...args) ?? 0);
    const { values, variables } = this;
    this.values = new Map(callee.params.map(({ id }, i) => [id, args[i] as Lane]));
    this.variables = new Map();
    this.block(callee.body);
    const result = callee.result === undefined ? 0 : this.value(callee.result);
    this.values = values;
    this.variables = variables;
    return result as Lane;
  };

  private value(operand: Operand): Value {
    if (operand.kind === "constant") return every(operand.type, () => operand.value);
    const value = this.values.get(operand.id);
    if (value === undefined) throw new Error(`${operand.kind} ${operand.id} is not there`);
    return value;
  }

  private number(operand: Operand): number {
    return this.value(operand) as number;
  }

  private address({ buffer, at, offset }: Place): number {
    return (at === undefined ? 0 : this.number(at)) + (buffer?.address ?? 0) + offset;
  }

  private block({ statements }: Block): void {
    for (const statement of statements) this.statement(statement);
  }

  private statement(statement: Statement): void {
    const { values, variables, view } = this;
    switch (statement.kind) {
      case "instruction": {
        const args = statement.args.map((arg) => this.value(arg));
        values.set(statement.id, compute(statement, args, this.call));
        return;
      }
      case "load": {
        const { type, storage, place } = statement;
        values.set(statement.id, readMemory(view, this.address(place), type, storage));
        return;
      }
      case "address":
        values.set(statement.id, this.address(statement.place) | 0);
        return;
      case "read": {
        const { variable, type } = statement;
        const zero = scalarOf(type) === "i64" ? 0n : 0;
        values.set(statement.id, variables.get(variable) ?? every(type, () => zero));
        return;
      }
      case "store": {
        const { place, value, storage } = statement;
        writeMemory(view, this.address(place), value.type, storage, this.value(value));
        return;
      }
      case "assign":
        variables.set(statement.variable, this.value(statement.value));
        return;
      case "perform":
        this.call(
          statement.callee,
          statement.args.map((arg) => this.value(arg) as Lane),
        );
        return;
      case "copy": {
        const from = this.address(statement.from);
        const bytes = new Uint8Array(view.buffer as ArrayBuffer);
        bytes.copyWithin(this.address(statement.to), from, from + this.number(statement.bytes));
        return;
      }
      case "clear": {
        const to = this.address(statement.to);
        new Uint8Array(view.buffer as ArrayBuffer).fill(0, to, to + this.number(statement.bytes));
        return;
      }
      case "branch":
        this.block(this.value(statement.condition) === 0 ? statement.no : statement.yes);
        return;
      case "while":
        for (;;) {
          this.block(statement.test);
          if (this.value(statement.condition) === 0) return;
          this.block(statement.body);
        }
      default: {
        const to = this.number(statement.to);
        for (let i = this.number(statement.from); i < to; i += statement.step) {
          values.set(statement.counter.id, i);
          this.block(statement.body);
        }
      }
    }
  }
}

function every(type: RegisterType, lane: (k: number) => Lane): Value {
  const lanes = lanesOf(type);
  return lanes === 1 ? lane(0) : Array.from({ length: lanes }, (_, k) => lane(k));
}

const isMask = (type: RegisterType): boolean => type === "b32x4" || type === "b64x2";

/** How a lane lies in memory. */
function laneStorage(type: RegisterType, storage: Storage): Storage {
  if (storage === "bool" || isMask(type) || lanesOf(type) === 1) return storage;
  return scalarOf(type) as Storage;
}

const sizes = { bool: 1, i32: 4, f32: 4, i64: 8, f64: 8 };

export function readMemory(
  view: DataView,
  address: number,
  type: RegisterType,
  storage: Storage,
): Value {
  const lane = laneStorage(type, storage);
  return every(type, (k) => {
    const at = address + k * sizes[lane];
    switch (lane) {
      case "f64":
        return view.getFloat64(at, true);
      case "f32":
        return view.getFloat32(at, true);
      case "i64": {
        const bits = view.getBigInt64(at, true);
        return isMask(type) ? Number(-bits) : bits;
      }
      case "i32":
        return isMask(type) ? 0 - view.getInt32(at, true) : view.getInt32(at, true);
      default:
        return view.getUint8(at);
    }
  });
}

export function writeMemory(
  view: DataView,
  address: number,
  type: RegisterType,
  storage: Storage,
  value: Value,
): void {
  const lane = laneStorage(type, storage);
  [value].flat().forEach((given, k) => {
    const at = address + k * sizes[lane];
    const x = isMask(type) && lane !== "bool" ? -Number(given) : given;
    if (lane === "f64") view.setFloat64(at, Number(x), true);
    else if (lane === "f32") view.setFloat32(at, Number(x), true);
    else if (lane === "i64") view.setBigInt64(at, BigInt(x), true);
    else if (lane === "i32") view.setInt32(at, Number(x), true);
    else view.setUint8(at, Number(x));
  });
}

/** The value of an instruction, lane by lane. */
export function compute(
  { op, type, args, lane, callee }: Pick<Computed, "op" | "type" | "args" | "lane" | "callee">,
  values: readonly Value[],
  call: Call = () => 0,
): Value {
  const [a] = values as [Value];
  switch (op) {
    case "lane":
      return (a as readonly Lane[])[lane as number] as Lane;
    case "pack":
      return values as readonly Lane[];
    case "widenLow":
    case "widenHigh":
      return (a as readonly Lane[]).slice(op === "widenLow" ? 0 : 2).slice(0, 2);
    case "anyLane":
      return Number((a as readonly Lane[]).includes(1));
    default: {
      const from = scalarOf((args[op === "select" ? 1 : 0]?.type ?? type) as RegisterType);
      return every(type, (k) => {
        const lanes = values.map((x) => (Array.isArray(x) ? x[k] : x) as Lane);
        if (op === "rescue")
          return lanes[0] === 0 ? (lanes[1] as Lane) : call(callee as Callee, lanes.slice(2));
        if (op === "call") return call(callee as Callee, lanes);
        return computeLane(op, scalarOf(type), from, lanes);
      });
    }
  }
}

function computeLane(op: Opcode, type: RegisterType, from: RegisterType, args: Lane[]): Lane {
  const [a, b, c] = args as [Lane, Lane, Lane];
  const result = op.endsWith("U")
    ? comparisons[op.slice(0, -1)]?.(bits(a), bits(b))
    : comparisons[op]?.(a, b);
  if (result !== undefined) return Number(result);
  switch (op) {
    case "select":
      return a === 0 ? c : b;
    case "splat":
      return a;
    case "convert":
      return converted(a, type);
    case "convertU":
      return converted(bits(a), type);
    case "truncate":
      return saturated(Number(a), type, true);
    case "truncateU":
      return saturated(Number(a), type, false);
    case "wrap":
      return wrapped("i32", a as bigint);
    case "reinterpret": {
      const view = new DataView(new ArrayBuffer(8));
      writeMemory(view, 0, from, from as Storage, a);
      return readMemory(view, 0, type, type as Storage) as Lane;
    }
  }
  if (type === "f64" || type === "f32") {
    const round = type === "f32" ? Math.fround : Number;
    if (op === "madd") return round(round(Number(a) * Number(b)) + Number(c));
    return round((floats[op] as (x: number, y: number) => number)(Number(a), Number(b)));
  }
  if (op === "madd") return wrapped(type, BigInt(a) * BigInt(b) + BigInt(c));
  const width = type === "i64" ? 64n : 32n;
  const shift = BigInt(b ?? 0) & (width - 1n);
  const unsigned = op.endsWith("U");
  const [x, y] = [unsigned ? bits(a) : a, unsigned ? bits(b) : b].map((z) => BigInt(z ?? 0));
  const compute = integers[unsigned || op.endsWith("S") ? op.slice(0, -1) : op];
  const exact = (compute as IntegerRule)(x as bigint, op.startsWith("sh") ? shift : (y as bigint));
  return type === "bool" ? Number(exact & 1n) : wrapped(type, exact);
}

/** An integer as unsigned. */
function bits(x: Lane): Lane {
  return typeof x === "bigint" ? BigInt.asUintN(64, x) : x >>> 0;
}

function wrapped(type: RegisterType, x: bigint): Lane {
  return type === "i64" ? BigInt.asIntN(64, x) : Number(BigInt.asIntN(32, x));
}

function converted(x: Lane, type: RegisterType): Lane {
  if (type === "i64") return BigInt(x);
  if (type !== "f32") return Number(x);
  const size = typeof x === "bigint" ? (x < 0n ? -x : x) : 0n;
  if (size < 2n ** 53n) return Math.fround(Number(x));
  // rounded once: what is beyond 53 bits counts only as not being 0
  const rounded = Number(((size >> 11n) | BigInt((size & 2047n) !== 0n)) << 11n);
  return Math.fround(x < 0n ? -rounded : rounded);
}

function saturated(x: number, type: RegisterType, signed: boolean): Lane {
  const width = type === "i64" ? 64n : 32n;
  const low = signed ? -(2n ** (width - 1n)) : 0n;
  const high = 2n ** (signed ? width - 1n : width) - 1n;
  if (Number.isNaN(x)) return wrapped(type, 0n);
  if (x <= Number(low)) return wrapped(type, low);
  return wrapped(type, x >= Number(high) ? high : BigInt(Math.trunc(x)));
}

const comparisons: Partial<Record<string, (a: Lane, b: Lane) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
};

const floats: Partial<Record<Opcode, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  neg: (a) => -a,
  abs: Math.abs,
  sqrt: Math.sqrt,
  min: (a, b) => Math.min(a, b),
  max: (a, b) => Math.max(a, b),
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  nearest: (a) => {
    const low = Math.floor(a);
    if (Math.abs(a - low) !== 0.5)
      return Object.is(a, -0) || a < 0 ? -Math.round(-a) : Math.round(a);
    const even = low % 2 === 0 ? low : low + 1;
    return even === 0 && a < 0 ? -0 : even;
  },
  copysign: (a, b) => (b < 0 || Object.is(b, -0) ? -Math.abs(a) : Math.abs(a)),
};

type IntegerRule = (a: bigint, b: bigint) => bigint;

const integers: Partial<Record<string, IntegerRule>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  neg: (a) => -a,
  abs: (a) => (a < 0n ? -a : a),
  min: (a, b) => (a < b ? a : b),
  max: (a, b) => (a > b ? a : b),
  div: (a, b) => a / b,
  rem: (a, b) => a % b,
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  not: (a) => ~a,
  shl: (a, b) => a << b,
  shr: (a, b) => a >> b,
};
