import { fold } from "./constant-folding.js";
import { entry } from "./entry.js";
import { Instructions, type Pure } from "./instructions.js";
import { bitsOf, floatOf, lanesOf, maskOf, scalarOf } from "./lanes.js";
import type { MathSequence } from "./sequence.js";
import { blockOf } from "./statements.js";
import type {
  Address,
  Block,
  Branch,
  Buffer,
  Callee,
  Computed,
  Constant,
  Formal,
  Load,
  Loop,
  Opcode,
  Operand,
  Place,
  Read,
  RegisterType,
  Routine,
  Statement,
  Storage,
  Variable,
} from "./types.js";

let nextId = 0;

/** A fresh number for an operand or variable. */
export function freshId(): number {
  return nextId++;
}

/** A block under construction. Pure instructions move out of loops, never out of branches. */
interface Scope {
  readonly block: Block;
  readonly outer: Scope | undefined;
  readonly depth: number;
  /** Instructions may move from here to the scope around. */
  readonly passable: boolean;
  /** Runs more than once: what memory held before, it may not hold the next time. */
  readonly repeats: boolean;
  /** Loads and addresses that stand here already, by content. */
  readonly known: Map<string, Operand>;
  /** Whether what stands here is in reach. */
  open: boolean;
}

/** Runs `build` so that what it emits stands before a loop. */
export type Before = (build: () => void) => void;

/** An operand, or the number that a constant is to have. */
export type Value = Operand | number | bigint;

/** Bytes that are copied through registers: less work than a call. */
const inRegisters = 256;

/**
 * Builds a program statement by statement. An instruction equal to one in reach is that one; an instruction whose
 * operands are known outside a loop stands outside it. Constants fold where the result is exact.
 */
export class Builder {
  private scope: Scope;
  private readonly instructions = new Instructions();
  /** Of what stands in inner scopes. */
  private readonly home = new Map<number, Scope>();
  private readonly writes = new Map<Buffer | undefined, number>();
  /** When something may last have been stored anywhere. */
  private everywhere = 0;

  constructor() {
    this.scope = {
      block: blockOf([]),
      outer: undefined,
      depth: 0,
      passable: false,
      repeats: false,
      known: new Map(),
      open: true,
    };
  }

  get block(): Block {
    return this.scope.block;
  }

  constant(type: RegisterType, value: number | bigint): Constant {
    const scalar = scalarOf(type);
    const exact =
      scalar === "i64"
        ? BigInt.asIntN(64, BigInt(value))
        : scalar === "i32"
          ? Number(value) | 0
          : scalar === "f32"
            ? Math.fround(Number(value))
            : Number(value);
    return { kind: "constant", id: freshId(), type, value: exact };
  }

  i32(value: number): Constant {
    return this.constant("i32", value);
  }

  /** A number in every lane, like `x`. */
  like(x: Operand, value: number | bigint): Constant {
    return this.constant(x.type, value);
  }

  private pure(given: Pure): Operand {
    const folded = fold(given);
    if (folded !== undefined)
      return typeof folded === "object" ? folded : this.constant(given.type, folded);
    const found = this.instructions.find(given);
    if (found !== undefined && this.home.get(found.id)?.open !== false) return found;
    let at = this.scope;
    if (at.passable) {
      let outermost = 0;
      for (let i = 0; i < given.args.length; i++)
        outermost = Math.max(outermost, this.home.get((given.args[i] as Operand).id)?.depth ?? 0);
      while (at.passable && at.outer !== undefined && at.depth > outermost) at = at.outer;
    }
    const { op, type, args, lane, sequence, callee } = given;
    const instruction: Computed =
      lane === undefined && sequence === undefined && callee === undefined
        ? { kind: "instruction", id: freshId(), type, op, args }
        : { kind: "instruction", id: freshId(), ...given };
    at.block.statements.push(instruction);
    this.instructions.put(instruction);
    if (at.outer !== undefined) this.home.set(instruction.id, at);
    return instruction;
  }

  private put<T extends Statement>(statement: T): T {
    this.scope.block.statements.push(statement);
    if (this.scope.outer !== undefined && "id" in statement)
      this.home.set((statement as unknown as Operand).id, this.scope);
    return statement;
  }

  /** A number where an operand may stand is a constant of its type. */
  private operand(type: RegisterType, value: Value): Operand {
    return typeof value === "object" ? value : this.constant(type, value);
  }

  private binary(op: Opcode, a: Operand, b: Value, type = a.type): Operand {
    return this.compute(op, type, [a, this.operand(a.type, b)]);
  }

  /** Any pure instruction; the methods below name the usual ones. */
  compute(op: Opcode, type: RegisterType, args: readonly Operand[]): Operand {
    return this.pure({ op, type, args });
  }

  /** The same instruction of other operands. */
  again({ kind, id, ...given }: Computed, type: RegisterType, args: readonly Operand[]): Operand {
    return this.pure({ ...given, type, args });
  }

  add(a: Operand, b: Value): Operand {
    return this.binary("add", a, b);
  }
  sub(a: Operand, b: Value): Operand {
    return this.binary("sub", a, b);
  }
  mul(a: Operand, b: Value): Operand {
    return this.binary("mul", a, b);
  }
  div(a: Operand, b: Value): Operand {
    return this.binary("div", a, b);
  }
  neg(a: Operand): Operand {
    return this.compute("neg", a.type, [a]);
  }
  abs(a: Operand): Operand {
    // sequences for x and −x then have in common what they compute of |x|
    if (a.kind === "instruction" && a.op === "neg") return this.abs(a.args[0] as Operand);
    return this.compute("abs", a.type, [a]);
  }
  sqrt(a: Operand): Operand {
    return this.compute("sqrt", a.type, [a]);
  }
  min(a: Operand, b: Value): Operand {
    return this.binary("min", a, b);
  }
  max(a: Operand, b: Value): Operand {
    return this.binary("max", a, b);
  }
  madd(a: Operand, b: Operand, c: Operand): Operand {
    return this.compute("madd", a.type, [a, b, c]);
  }
  /** eq, ne, lt, le, gt, ge, ltU, leU, gtU, geU. */
  compare(op: Opcode, a: Operand, b: Value): Operand {
    return this.binary(op, a, b, maskOf(a.type));
  }
  select(condition: Operand, a: Operand, b: Value): Operand {
    return this.compute("select", a.type, [condition, a, this.operand(a.type, b)]);
  }
  and(a: Operand, b: Value): Operand {
    return this.binary("and", a, b);
  }
  or(a: Operand, b: Value): Operand {
    return this.binary("or", a, b);
  }
  not(a: Operand): Operand {
    return this.compute("not", a.type, [a]);
  }
  /** shl, shrS or shrU by a known count. */
  shift(op: "shl" | "shrS" | "shrU", a: Operand, count: number): Operand {
    return this.compute(op, a.type, [a, this.i32(count)]);
  }
  convert(a: Operand, type: RegisterType): Operand {
    if (a.type === type) return a;
    const [condition, yes, no] = a.kind === "instruction" && a.op === "select" ? a.args : [];
    if (/^f/.test(type) && yes?.kind === "constant" && no?.kind === "constant")
      return this.select(
        condition as Operand,
        this.constant(type, yes.value),
        this.constant(type, no.value),
      );
    return this.compute("convert", type, [a]);
  }
  /** The bits of a float as an integer. */
  toBits(a: Operand): Operand {
    return this.compute("reinterpret", bitsOf(a.type), [a]);
  }
  /** The float with the bits of an integer. */
  fromBits(a: Operand): Operand {
    return this.compute("reinterpret", floatOf(a.type), [a]);
  }
  splat(a: Operand, type: RegisterType): Operand {
    return lanesOf(type) === 1 ? a : this.compute("splat", type, [a]);
  }
  lane(a: Operand, lane: number): Operand {
    return this.pure({ op: "lane", type: scalarOf(a.type), args: [a], lane });
  }
  pack(type: RegisterType, lanes: readonly Operand[]): Operand {
    return this.compute("pack", type, lanes);
  }
  math(sequence: MathSequence, args: readonly [Operand, ...Operand[]]): Operand {
    return this.pure({ op: "math", type: args[0].type, args, sequence });
  }
  rescue(mask: Operand, fast: Operand, callee: Callee, args: readonly Operand[]): Operand {
    return this.pure({ op: "rescue", type: fast.type, args: [mask, fast, ...args], callee });
  }
  call(callee: Callee, type: RegisterType, args: readonly Operand[]): Operand {
    return this.pure({ op: "call", type, args, callee });
  }

  /** Reads memory here; the same place read again before anything is stored in that buffer is one load. */
  load(type: RegisterType, storage: Storage, place: Place): Operand {
    const version = `${this.writes.get(place.buffer) ?? 0},${this.everywhere}`;
    const key = `load:${type}:${storage}:${placeKey(place)}:${version}`;
    for (let up: Scope | undefined = this.scope; up !== undefined; up = up.outer) {
      const found = up.known.get(key);
      if (found !== undefined) return found;
      if (up.repeats) break; // an earlier iteration may have stored
    }
    const load = this.put<Load>({ kind: "load", id: freshId(), type, storage, place });
    this.scope.known.set(key, load);
    return load;
  }

  address(place: Place): Operand {
    return entry(this.scope.known, `address:${placeKey(place)}`, () =>
      this.put<Address>({ kind: "address", id: freshId(), type: "i32", place }),
    );
  }

  store(storage: Storage, place: Place, value: Operand): void {
    this.written(place.buffer);
    this.put({ kind: "store", storage, place, value });
  }

  /** Notes that memory changed: of this buffer, or anywhere. */
  written(buffer?: Buffer): void {
    if (buffer === undefined) this.everywhere = freshId();
    else this.writes.set(buffer, freshId());
    this.writes.set(undefined, freshId()); // a pointer may point anywhere
  }

  copy(to: Place, from: Place, bytes: Value): void {
    const known = knownOf(bytes);
    if (known !== undefined && known <= inRegisters && known % 8 === 0) {
      this.copyParts(to, from, known);
      return;
    }
    this.written(to.buffer);
    this.put({ kind: "copy", to, from, bytes: this.operand("i32", bytes) });
  }

  /** All is read before anything is written: the two may overlap. */
  private copyParts(to: Place, from: Place, bytes: number): void {
    const at = (place: Place, by: number): Place => ({ ...place, offset: place.offset + by });
    const parts: Operand[] = [];
    for (let by = 0; by < bytes; by += 16)
      parts.push(this.load(by + 16 > bytes ? "f64" : "f64x2", "f64", at(from, by)));
    parts.forEach((part, k) => {
      this.store("f64", at(to, 16 * k), part);
    });
  }

  clear(to: Place, bytes: Value): void {
    this.written(to.buffer);
    this.put({ kind: "clear", to, bytes: this.operand("i32", bytes) });
  }

  variable(type: RegisterType, name = "t"): Variable {
    return { id: freshId(), type, name };
  }

  read(variable: Variable): Operand {
    return this.put<Read>({ kind: "read", id: freshId(), type: variable.type, variable });
  }

  assign(variable: Variable, value: Value): void {
    this.put({ kind: "assign", variable, value: this.operand(variable.type, value) });
  }

  /** Numbers among the arguments are i32. */
  perform(callee: Callee, args: readonly Value[]): void {
    this.written();
    this.put({ kind: "perform", callee, args: args.map((arg) => this.operand("i32", arg)) });
  }

  formal(type: RegisterType, name: string): Formal {
    return { kind: "formal", id: freshId(), type, name };
  }

  /** A function of its own: the result of `build`, run in a builder for its body. */
  routine(
    name: string,
    types: readonly RegisterType[],
    build: (b: Builder, ...params: Formal[]) => Operand | undefined,
  ): Routine {
    const b = new Builder();
    const params = types.map((type, i) => b.formal(type, `x${i}`));
    const result = build(b, ...params);
    return { kind: "routine", name, params, body: b.block, result };
  }

  /**
   * A loop over counter = from, from + step, … < to; a loop of no or one iteration is none. What `body` emits by
   * `before` may use what is known outside the loop only.
   */
  loop(
    from: Value,
    to: Value,
    body: (counter: Operand, before: Before) => void,
    options: { step?: number; independent?: boolean; name?: string } = {},
  ): void {
    const { step = 1, independent = false, name = "i" } = options;
    const [low, high] = [knownOf(from), knownOf(to)];
    if (low !== undefined && high !== undefined) {
      if (high <= low) return;
      if (high <= low + step) {
        body(this.i32(low), (build) => build());
        return;
      }
    }
    const counter = this.formal("i32", name);
    const inner = this.open(true, true);
    this.home.set(counter.id, inner);
    const { scope } = this;
    const before: Before = (build) => this.inside(scope, build, true);
    this.inside(inner, () => body(counter, before));
    this.put<Loop>({
      kind: "loop",
      counter,
      from: this.operand("i32", from),
      to: this.operand("i32", to),
      step,
      body: inner.block,
      independent,
    });
  }

  while(test: () => Operand, body: () => void): void {
    const [testing, condition] = this.nested(true, test);
    const [running] = this.nested(true, body);
    this.put({ kind: "while", test: testing, condition, body: running });
  }

  branch(condition: Operand, then: () => void, otherwise: () => void = () => {}): void {
    if (condition.kind === "constant") {
      if (condition.value !== 0) then();
      else otherwise();
      return;
    }
    const [yes] = this.nested(false, then);
    const [no] = this.nested(false, otherwise);
    this.put<Branch>({ kind: "branch", condition, yes, no });
  }

  /** A block that nothing moves out of, and what `build` gives. */
  private nested<T>(repeats: boolean, build: () => T): [Block, T] {
    const scope = this.open(false, repeats);
    return [scope.block, this.inside(scope, build)];
  }

  private open(passable: boolean, repeats: boolean): Scope {
    const { depth } = this.scope;
    return {
      block: blockOf([]),
      outer: this.scope,
      depth: depth + 1,
      passable,
      repeats,
      known: new Map(),
      open: true,
    };
  }

  private inside<T>(scope: Scope, run: () => T, staysOpen = false): T {
    const outer = this.scope;
    this.scope = scope;
    try {
      return run();
    } finally {
      this.scope = outer;
      scope.open = staysOpen;
    }
  }
}

function knownOf(x: Value): number | undefined {
  if (typeof x !== "object") return Number(x);
  return x.kind === "constant" ? Number(x.value) : undefined;
}

function keyOf(x: Operand): string {
  if (x.kind !== "constant") return String(x.id);
  return `#${x.type}${Object.is(x.value, -0) ? "-0" : x.value}`;
}

function placeKey({ buffer, at, offset }: Place): string {
  return `${buffer?.id ?? "-"}+${at === undefined ? "" : keyOf(at)}+${offset}`;
}
