import { freshId } from "../../src/program/builder.js";
import { scalarOf } from "../../src/program/lanes.js";
import { blockOf, cellStorage } from "../../src/program/statements.js";
import type {
  Block,
  Buffer,
  Callee,
  Computed,
  Formal,
  Host,
  Operand,
  Place,
  Program,
  Read,
  RegisterType,
  Routine,
  Statement,
  Variable,
} from "../../src/program/types.js";
import type { Random } from "../../src/testing/random.js";
import { buffer, routine } from "./modules.js";
import { type Signature, signatures } from "./opcodes.js";

/** No bits of NaN, which engines choose; no divisors of 0. */
const usable = signatures.filter(({ op }) => !/^(copysign|reinterpret|div[SU]|rem[SU])$/.test(op));
const types = [
  ...["bool", "i32", "i64", "f32", "f64"],
  ...["b32x4", "b64x2", "i32x4", "i64x2", "f32x4", "f64x2"],
] as readonly RegisterType[];
const scalarTypes = types.slice(0, 5);

/** Bytes of memory for elements of each kind. */
export const regionBytes = 128;
/** Room behind what an index reaches, for a vector. */
const slack = 16;
const elementBytes = { bool: 1, i32: 4, i64: 8, f32: 4, f64: 8 };

export interface RandomProgram {
  readonly program: Program;
  /** A buffer for each scalar type: it holds only elements of this type. */
  readonly regions: ReadonlyMap<RegisterType, Buffer>;
  /** What the program told its host, in order. */
  readonly log: unknown[];
}

/** Programs of every kind of statement, that end; with values read soon, late, often and never. */
export function randomProgram(random: Random): RandomProgram {
  const regions = new Map(
    scalarTypes.map((type, i) => [type, buffer(1024 + i * (regionBytes + slack), regionBytes)]),
  );
  const log: unknown[] = [];
  const note: Host = {
    kind: "host",
    name: "note",
    params: ["i32", "f64", "bool"],
    result: undefined,
    run: (...args: unknown[]) => log.push(...args),
  };
  const half: Host = {
    kind: "host",
    name: "half",
    params: ["f64"],
    result: "f64",
    run: (x: number) => x / 2,
  };
  const pure: Callee[] = [half];
  for (const result of scalarTypes) {
    const params = [scalarTypes[random.integer(0, 4)] as RegisterType, result];
    pure.push(new Generator(random, undefined, pure, []).routine(params, result));
  }
  const effects: Callee[] = [note];
  effects.push(new Generator(random, regions, pure, effects).routine(["i32", "f64"], undefined));
  const main = new Generator(random, regions, pure, effects).routine([], undefined);
  const fixed = [...regions.values()];
  return { program: { main, fixed, heap: undefined }, regions, log };
}

/** Writes one routine; without regions, one without effects. */
class Generator {
  private readonly random: Random;
  private readonly regions: ReadonlyMap<RegisterType, Buffer> | undefined;
  private readonly pure: readonly Callee[];
  private readonly effects: readonly Callee[];
  private readonly variables: Variable[] = [];
  private scope: Operand[] = [];
  private statements: Statement[] = [];
  private depth = 0;
  /** Few types, so that values meet. */
  private readonly types: readonly RegisterType[];
  private readonly usable: readonly Signature[];

  constructor(
    random: Random,
    regions: ReadonlyMap<RegisterType, Buffer> | undefined,
    pure: readonly Callee[],
    effects: readonly Callee[],
  ) {
    this.random = random;
    this.regions = regions;
    this.pure = [...pure];
    this.effects = [...effects];
    const some = [this.pick(types), this.pick(types), this.pick(types)];
    this.types = [...some, ...some.map(scalarOf), "i32", "bool"];
    this.usable = usable.filter(({ args, type }) =>
      [...args, type].every((used) => this.types.includes(used)),
    );
    for (let i = 0; i < 4; i++)
      this.variables.push({ id: freshId(), type: this.pick(this.types), name: "t" });
  }

  routine(params: readonly RegisterType[], result: RegisterType | undefined): Routine {
    const formals = params.map((type) => this.formal(type));
    this.scope.push(...formals);
    const body = blockOf(this.statements);
    for (let i = this.random.integer(3, 60); i > 0; i--) this.statement();
    const value = result === undefined ? undefined : this.value(result);
    return routine("random", formals, body, value);
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.random.integer(0, list.length - 1)] as T;
  }

  private formal(type: RegisterType): Formal {
    return { kind: "formal", id: freshId(), type, name: "p" };
  }

  private put<T extends Statement>(statement: T): T {
    this.statements.push(statement);
    if ("id" in statement && this.random.next() < 0.9) this.scope.push(statement as never);
    return statement;
  }

  private computed(given: Omit<Computed, "kind" | "id">): Computed {
    return this.put({ kind: "instruction", id: freshId(), ...given });
  }

  private constant(type: RegisterType): Operand {
    const scalar = scalarOf(type);
    const whole = this.random.integer(-3, 5);
    const number = this.pick([whole, whole + 0.5, -0, Number.POSITIVE_INFINITY, Number.NaN]);
    const value =
      scalar === "bool"
        ? whole & 1
        : scalar === "i64"
          ? BigInt(whole)
          : scalar === "i32"
            ? whole
            : number;
    return { kind: "constant", id: freshId(), type, value };
  }

  private i32(value: number): Operand {
    return { kind: "constant", id: freshId(), type: "i32", value };
  }

  /** One in scope, mostly a late one and mostly no more in scope afterwards; or a constant. */
  private value(type: RegisterType): Operand {
    const fitting = this.scope.filter((value) => value.type === type);
    if (fitting.length === 0 || this.random.next() < 0.1) return this.constant(type);
    const late = fitting.slice(-this.pick([1, 2, 100]));
    const value = this.pick(late);
    if (this.random.next() < 0.6) this.scope = this.scope.filter((other) => other !== value);
    return value;
  }

  /** An element, aligned, in a region with room for `bytes` more. */
  private place(type: RegisterType, part = regionBytes, offset = 0): Place {
    const scalar = scalarOf(type) as keyof typeof elementBytes;
    const buffer = this.regions?.get(scalar) as Buffer;
    const bytes = elementBytes[scalar];
    if (this.random.next() < 0.7)
      return { buffer, at: undefined, offset: offset + bytes * this.random.integer(0, 2) };
    const mask = this.i32((part - 1) & -bytes & 0x3f);
    const at = this.computed({ op: "and", type: "i32", args: [this.value("i32"), mask] });
    if (this.random.next() < 0.7) return { buffer, at, offset };
    const address = { kind: "address", id: freshId(), type: "i32" } as const;
    if (this.random.next() < 0.5)
      return {
        buffer: undefined,
        at: this.put({ ...address, place: { buffer, at, offset } }),
        offset: 0,
      };
    // from behind the end, so that the known part is negative
    const end = this.put({ ...address, place: { buffer, at, offset: offset + 4096 } });
    return { buffer: undefined, at: end, offset: -4096 };
  }

  private block(length: number): Block {
    const { statements, scope } = this;
    this.statements = [];
    this.scope = [...scope];
    this.depth++;
    for (let i = this.random.integer(0, length); i > 0; i--) this.statement();
    this.depth--;
    const block = blockOf(this.statements);
    this.statements = statements;
    this.scope = scope;
    return block;
  }

  private read(variable = this.pick(this.variables)): Read {
    return this.put({ kind: "read", id: freshId(), type: variable.type, variable });
  }

  private statement(): void {
    const kind = this.random.next();
    if (kind < 0.36) this.instruction();
    else if (kind < 0.5) this.read();
    else if (kind < 0.65) {
      const variable = this.pick(this.variables);
      this.put({ kind: "assign", variable, value: this.value(variable.type) });
    } else if (kind < 0.88) {
      if (this.regions !== undefined) this.access();
    } else if (this.depth < 3) this.nested();
  }

  private instruction(): void {
    const kind = this.random.next();
    if (kind < 0.08) {
      const callee = this.pick(this.pure);
      const params = callee.params.map((param) => (typeof param === "string" ? param : param.type));
      const result = callee.kind === "host" ? callee.result : callee.result?.type;
      const args = params.map((type) => this.value(type));
      this.computed({ op: "call", type: result as RegisterType, args, callee });
    } else if (kind < 0.13) {
      const [callee] = this.pure as [Callee];
      const [mask, type] = this.pick([
        ["bool", "f64"],
        ["b64x2", "f64x2"],
      ] as const);
      const args = [this.value(mask), this.value(type), this.value(type)];
      this.computed({ op: "rescue", type, args, callee });
    } else {
      const { op, type, args, lane }: Signature = this.pick(this.usable);
      const operands = args.map((arg) => this.value(arg));
      this.computed({ op, type, args: operands, ...(lane === undefined ? {} : { lane }) });
    }
  }

  private access(): void {
    const kind = this.random.next();
    const type = this.pick(this.types);
    const storage = type === "b32x4" || type === "b64x2" ? "bool" : cellStorage(type);
    if (kind < 0.45)
      this.put({ kind: "load", id: freshId(), type, storage, place: this.place(type) });
    else if (kind < 0.8) {
      const value = this.value(type);
      this.put({ kind: "store", storage, place: this.place(type), value });
    } else if (kind < 0.86) {
      const bytes = this.i32(16);
      const from = this.place(type, 32);
      this.put({ kind: "copy", to: this.place(type, 32, 64), from, bytes });
    } else if (kind < 0.92) this.put({ kind: "clear", to: this.place(type), bytes: this.i32(16) });
    else {
      const callee = this.pick(this.effects);
      const params = callee.params.map((param) => (typeof param === "string" ? param : param.type));
      this.put({ kind: "perform", callee, args: params.map((param) => this.value(param)) });
    }
  }

  private nested(): void {
    const kind = this.random.next();
    if (kind < 0.4) {
      const condition = this.value("bool");
      this.put({ kind: "branch", condition, yes: this.block(6), no: this.block(4) });
    } else if (kind < 0.8) {
      const args = [this.value("i32"), this.i32(7)];
      const to = this.pick([this.i32(3), this.computed({ op: "and", type: "i32", args })]);
      const from = this.i32(this.random.integer(-1, 1));
      const counter = this.formal("i32");
      const { scope } = this;
      this.scope = [...scope, counter];
      const body = this.block(7);
      this.scope = scope;
      const step = this.random.integer(1, 3);
      this.put({ kind: "loop", counter, from, to, step, body, independent: false });
    } else this.while();
  }

  /** Counts down from 2 in a variable of its own. */
  private while(): void {
    const left: Variable = { id: freshId(), type: "i32", name: "left" };
    this.put({ kind: "assign", variable: left, value: this.i32(2) });
    const test = this.block(3);
    const body = this.block(5);
    const inside = (block: Block, run: () => Operand): Operand => {
      const { statements, scope } = this;
      this.statements = block.statements;
      this.scope = [...scope];
      const result = run();
      this.statements = statements;
      this.scope = scope;
      return result;
    };
    const step = (op: "sub" | "gt", type: RegisterType, by: number): Operand =>
      this.computed({ op, type, args: [this.read(left), this.i32(by)] });
    const condition = inside(test, () => step("gt", "bool", 0));
    inside(body, () => {
      const value = step("sub", "i32", 1);
      this.put({ kind: "assign", variable: left, value });
      return value;
    });
    this.put({ kind: "while", test, condition, body });
  }
}
