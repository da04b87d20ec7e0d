import { lanesOf, scalarOf } from "../program/lanes.js";
import type {
  Block,
  Callee,
  Computed,
  Operand,
  Place,
  RegisterType,
  Routine,
  Statement,
  Storage,
  Variable,
} from "../program/types.js";
import { ByteWriter } from "./bytes.js";
import { CODES, CONVERSIONS, Code, LANES, MemoryCode } from "./codes.js";

import { ValueType } from "./encoder.js";
import { findLives, type Lives } from "./locals.js";
import { valueTypeOf } from "./value-types.js";

const empty = 0x40;

/** Emits one routine: every value that something reads has a local while it is needed. */
export class RoutineEmitter {
  private readonly routine: Routine;
  private readonly indexOf: (callee: Callee) => number;
  private readonly code = new ByteWriter();
  private readonly lives: Lives;
  /** Types of the locals behind the parameters. */
  private readonly types: number[] = [];
  private readonly free = new Map<number, number[]>();
  private readonly locals = new Map<number, number>();
  private readonly variables = new Map<Variable, number>();
  /** Locals by the statement after which nobody needs them. */
  private readonly expiring = new Map<number, number[]>();
  private done = 0;

  constructor(routine: Routine, indexOf: (callee: Callee) => number) {
    this.routine = routine;
    this.indexOf = indexOf;
    this.lives = findLives(routine);
    routine.params.forEach(({ id }, i) => {
      this.locals.set(id, i);
    });
  }

  emit(): { code: ByteWriter; locals: readonly number[] } {
    this.block(this.routine.body);
    if (this.routine.result !== undefined) this.push(this.routine.result);
    this.code.op(Code.end);
    return { code: this.code, locals: this.types };
  }

  private newLocal(type: number): number {
    const free = this.free.get(type)?.pop();
    if (free !== undefined) return free;
    this.types.push(type);
    return this.routine.params.length + this.types.length - 1;
  }

  /** A local for a value, until its last use. */
  private localFor(id: number, type: RegisterType): number {
    const valueType = valueTypeOf(type);
    const local = this.newLocal(valueType);
    this.locals.set(id, local);
    const last = this.lives.lastUse.get(id) as number;
    const list = this.expiring.get(last);
    if (list === undefined) this.expiring.set(last, [local]);
    else list.push(local);
    return local;
  }

  /** Frees what is not needed behind statement `number`. */
  private finish(number: number): void {
    for (; this.done <= number; this.done++) {
      for (const local of this.expiring.get(this.done) ?? []) {
        const type = this.types[local - this.routine.params.length] as number;
        const list = this.free.get(type);
        if (list === undefined) this.free.set(type, [local]);
        else list.push(local);
      }
      this.expiring.delete(this.done);
    }
  }

  private variable(variable: Variable): number {
    let local = this.variables.get(variable);
    if (local === undefined) {
      this.types.push(valueTypeOf(variable.type));
      local = this.routine.params.length + this.types.length - 1;
      this.variables.set(variable, local);
    }
    return local;
  }

  private block({ statements }: Block): void {
    for (const statement of statements) {
      this.statement(statement);
      // what the last statement inside a loop needed is freed by the loop itself
      if (statement.kind !== "loop" && statement.kind !== "while")
        this.finish((this.lives.numbers.get(statement) as number) - 1);
    }
  }

  private local(op: number, local: number): void {
    this.code.op(op);
    this.code.u32(local);
  }

  private push(operand: Operand): void {
    if (operand.kind === "constant") {
      this.constant(operand.type, operand.value);
      return;
    }
    const local = this.locals.get(operand.id);
    if (local === undefined)
      throw new Error(`a value of ${operand.kind} is read before it is there`);
    this.local(Code.localGet, local);
  }

  private constant(type: RegisterType, value: number | bigint): void {
    const { code } = this;
    const write = (scalar: RegisterType, bare: boolean): void => {
      switch (scalar) {
        case "f64":
          if (!bare) code.op(Code.f64Const);
          code.f64(Number(value));
          break;
        case "f32":
          if (!bare) code.op(Code.f32Const);
          code.f32(Number(value));
          break;
        case "i64":
          if (bare) code.i64(BigInt(value));
          else {
            code.op(Code.i64Const);
            code.s64(BigInt(value));
          }
          break;
        default:
          if (bare) code.i32(Number(value));
          else {
            code.op(Code.i32Const);
            code.s32(Number(value));
          }
      }
    };
    if (lanesOf(type) === 1) {
      write(type, false);
      return;
    }
    code.op(Code.v128Const);
    if (type === "b32x4" || type === "b64x2") {
      for (let i = 0; i < 4; i++) code.i32(value === 0 ? 0 : -1);
      return;
    }
    for (let i = 0; i < lanesOf(type); i++) write(scalarOf(type), true);
  }

  /** The pointer of a place, and the offset that goes with it. */
  private pointer({ buffer, at, offset }: Place): number {
    const known = (buffer?.address ?? 0) + offset;
    if (buffer !== undefined && buffer.address === undefined)
      throw new Error(`buffer ${buffer.name} has no address`);
    if (at === undefined) {
      this.constant("i32", 0);
      return known;
    }
    this.push(at);
    if (known >= 0) return known;
    this.constant("i32", known);
    this.code.op(Code.i32Add);
    return 0;
  }

  private access(op: number, offset: number): void {
    this.code.op(op);
    this.code.u32(0);
    this.code.u32(offset);
  }

  private statement(statement: Statement): void {
    const { code } = this;
    switch (statement.kind) {
      case "instruction":
        if (!this.lives.lastUse.has(statement.id)) return;
        this.compute(statement);
        this.local(Code.localSet, this.localFor(statement.id, statement.type));
        return;
      case "load": {
        if (!this.lives.lastUse.has(statement.id)) return;
        const offset = this.pointer(statement.place);
        this.access(loadCode(statement.type, statement.storage), offset);
        this.local(Code.localSet, this.localFor(statement.id, statement.type));
        return;
      }
      case "address": {
        if (!this.lives.lastUse.has(statement.id)) return;
        const offset = this.pointer(statement.place);
        this.constant("i32", offset);
        code.op(Code.i32Add);
        this.local(Code.localSet, this.localFor(statement.id, "i32"));
        return;
      }
      case "read":
        if (!this.lives.lastUse.has(statement.id)) return;
        this.local(Code.localGet, this.variable(statement.variable));
        this.local(Code.localSet, this.localFor(statement.id, statement.type));
        return;
      case "store": {
        const offset = this.pointer(statement.place);
        this.push(statement.value);
        this.access(storeCode(statement.value.type, statement.storage), offset);
        return;
      }
      case "assign":
        this.push(statement.value);
        this.local(Code.localSet, this.variable(statement.variable));
        return;
      case "perform":
        for (const arg of statement.args) this.push(arg);
        code.op(Code.call);
        code.u32(this.indexOf(statement.callee));
        return;
      case "copy":
        this.destination(statement.to);
        this.destination(statement.from);
        this.push(statement.bytes);
        code.op(Code.memoryCopy);
        code.byte(0);
        code.byte(0);
        return;
      case "clear":
        this.destination(statement.to);
        this.constant("i32", 0);
        this.push(statement.bytes);
        code.op(Code.memoryFill);
        code.byte(0);
        return;
      case "branch":
        this.push(statement.condition);
        code.op(Code.if);
        code.byte(empty);
        this.block(statement.yes);
        if (statement.no.statements.length > 0) {
          code.op(Code.else);
          this.block(statement.no);
        }
        code.op(Code.end);
        return;
      case "while":
        code.op(Code.block);
        code.byte(empty);
        code.op(Code.loop);
        code.byte(empty);
        this.block(statement.test);
        this.push(statement.condition);
        code.op(Code.i32Eqz);
        code.op(Code.brIf);
        code.u32(1);
        this.block(statement.body);
        code.op(Code.br);
        code.u32(0);
        code.op(Code.end);
        code.op(Code.end);
        return;
      default: {
        const { counter, from, to, step, body } = statement;
        const local = this.newLocal(ValueType.i32);
        this.locals.set(counter.id, local);
        this.push(from);
        this.local(Code.localTee, local);
        this.push(to);
        code.op(Code.i32LtS);
        code.op(Code.if);
        code.byte(empty);
        code.op(Code.loop);
        code.byte(empty);
        this.block(body);
        this.local(Code.localGet, local);
        this.constant("i32", step);
        code.op(Code.i32Add);
        this.local(Code.localTee, local);
        this.push(to);
        code.op(Code.i32LtS);
        code.op(Code.brIf);
        code.u32(0);
        code.op(Code.end);
        code.op(Code.end);
        const free = this.free.get(ValueType.i32);
        if (free === undefined) this.free.set(ValueType.i32, [local]);
        else free.push(local);
      }
    }
  }

  private destination(place: Place): void {
    const offset = this.pointer(place);
    if (offset === 0) return;
    this.constant("i32", offset);
    this.code.op(Code.i32Add);
  }

  private compute(instruction: Computed): void {
    const { code } = this;
    const { op, type, args } = instruction;
    const [a, b, c] = args as [Operand, Operand, Operand];
    const all = (): void => {
      for (const arg of args) this.push(arg);
    };
    const scalar = lanesOf(type) === 1;
    switch (op) {
      case "call":
        all();
        code.op(Code.call);
        code.u32(this.indexOf(instruction.callee as Callee));
        return;
      case "select":
        if (scalar) {
          this.push(b);
          this.push(c);
          this.push(a);
          code.op(Code.select);
        } else {
          this.push(b);
          this.push(c);
          this.push(a);
          code.op(Code.bitselect);
        }
        return;
      case "convert":
      case "convertU":
      case "truncate":
      case "truncateU":
      case "reinterpret": {
        all();
        if (op === "convert" && a.type === "bool" && type === "i32") return;
        if (op === "reinterpret" && !scalar) return;
        const known = CONVERSIONS[`${op} ${a.type} ${type}`];
        if (known === undefined) throw new Error(`no ${op} from ${a.type} to ${type}`);
        code.op(known);
        return;
      }
      case "madd":
        this.push(a);
        this.push(b);
        code.op(CODES[type].mul as number);
        this.push(c);
        code.op(CODES[type].add as number);
        return;
      case "splat":
        all();
        code.op(LANES[type]?.splat as number);
        return;
      case "lane":
        all();
        code.op(LANES[a.type]?.extract as number);
        code.byte(instruction.lane as number);
        return;
      case "pack":
        args.forEach((arg, i) => {
          this.push(arg);
          if (i === 0) code.op(LANES[type]?.splat as number);
          else {
            code.op(LANES[type]?.replace as number);
            code.byte(i);
          }
        });
        return;
      default:
        this.arithmetic(op, a.type, args);
    }
  }

  private arithmetic(op: Computed["op"], type: RegisterType, args: readonly Operand[]): void {
    const { code } = this;
    const [a, b] = args as [Operand, Operand];
    const integer = type === "i32" || type === "i64";
    if (integer && (op === "neg" || op === "not")) {
      this.constant(type, op === "neg" ? 0 : -1);
      this.push(a);
      if (type === "i32") code.op(op === "neg" ? Code.i32Sub : Code.i32Xor);
      else code.op(op === "neg" ? Code.i64Sub : Code.i64Xor);
      return;
    }
    if (type === "i32" && (op === "min" || op === "max")) {
      this.push(a);
      this.push(b);
      this.push(a);
      this.push(b);
      code.op((op === "min" ? CODES.i32.lt : CODES.i32.gt) as number);
      code.op(Code.select);
      return;
    }
    if (type === "i32" && op === "abs") {
      this.push(a);
      this.constant("i32", 0);
      this.push(a);
      code.op(Code.i32Sub);
      this.push(a);
      this.constant("i32", 0);
      code.op(CODES.i32.ge as number);
      code.op(Code.select);
      return;
    }
    for (const arg of args) this.push(arg);
    if (type === "i64" && (op === "shl" || op === "shrS" || op === "shrU"))
      code.op(Code.i64ExtendI32U);
    if (op === "neg" && (type === "f64" || type === "f32")) {
      code.op(type === "f64" ? 0x9a : 0x8c);
      return;
    }
    if (op === "nearest" && (type === "f64" || type === "f32")) {
      code.op(type === "f64" ? 0x9e : 0x90);
      return;
    }
    const known = CODES[type][op];
    if (known === undefined) throw new Error(`no ${op} of ${type}`);
    code.op(known);
  }
}

function loadCode(type: RegisterType, storage: Storage): number {
  if (lanesOf(type) > 1) return MemoryCode.v128Load;
  switch (storage) {
    case "f64":
      return MemoryCode.f64Load;
    case "f32":
      return MemoryCode.f32Load;
    case "i64":
      return MemoryCode.i64Load;
    case "i32":
      return MemoryCode.i32Load;
    default:
      return MemoryCode.i32Load8U;
  }
}

function storeCode(type: RegisterType, storage: Storage): number {
  if (lanesOf(type) > 1) return MemoryCode.v128Store;
  switch (storage) {
    case "f64":
      return MemoryCode.f64Store;
    case "f32":
      return MemoryCode.f32Store;
    case "i64":
      return MemoryCode.i64Store;
    case "i32":
      return MemoryCode.i32Store;
    default:
      return MemoryCode.i32Store8;
  }
}
