import { blocksOf, operandsOf } from "../../program/statements.js";
import type { Block, Operand, Routine, Statement, Variable } from "../../program/types.js";
import { type Expression, isPlain, operandAt, repeatsOperands } from "./instructions.js";
import { Positions } from "./positions.js";

/** How a value reaches its readers. */
export const Way = {
  /** Nothing needs it. */
  none: 0,
  local: 1,
  /** Computed where its only reader takes it from the stack. */
  stack: 2,
  /** As the variable it was read from, which is not assigned before the last reader. */
  variable: 3,
} as const;

/** Reads behind operands: values that wait on the stack below a value computed there, at most. */
const deepest = 48;

/**
 * Where the values of a routine live. Positions number, in program order: parameters, statements (a loop's counter has
 * the position of the loop), a second one where the test of a `while` ends, one at the end of what holds blocks, one
 * for the result.
 */
export class Schedule {
  /** Positions of values by id. */
  readonly positions: Positions;
  /** What computes the value at a position: operands may name another object with its id. */
  readonly statements: (Statement | undefined)[] = [];
  /** By position of the value: a `Way`. */
  readonly ways: Uint8Array;
  /** By position of an expression: 1 where its opcode `isPlain`. */
  readonly plain: Uint8Array;
  /** The position behind which nothing needs the value. */
  readonly lastUses: Int32Array;
  private readonly ids: number[] = [];
  /** The block of each value. */
  private readonly homes: (Block | undefined)[] = [];
  /** How many loops are around each value. */
  private readonly depths: number[] = [];
  /** Where the only reader found so far runs: a statement that is no value on the stack. 0: none; −1: not only one. */
  private readonly roots: Int32Array;
  /** How many values lie below on the stack there. */
  private readonly heights: Uint8Array;
  /** Ends of the loops around what is visited, the outermost first. */
  private readonly loops: number[] = [];
  private readonly assigned: Map<Variable, number> = new Map();
  private stored: number;
  private next: number;

  constructor({ params, body, result }: Routine) {
    for (const { id } of params) this.mark(id);
    this.number(body, 0);
    this.mark();
    this.positions = new Positions(this.ids);
    const length = this.homes.length;
    this.ways = new Uint8Array(length);
    this.plain = new Uint8Array(length);
    this.lastUses = new Int32Array(length);
    this.roots = new Int32Array(length);
    this.heights = new Uint8Array(length);
    this.next = this.stored = length - 1;
    this.use(result, this.next, body);
    this.block(body);
  }

  get length(): number {
    return this.homes.length;
  }

  private mark(id = -1, home?: Block, depth = 0, statement?: Statement): void {
    this.ids.push(id);
    this.statements.push(statement);
    this.homes.push(home);
    this.depths.push(depth);
  }

  /** Numbers the statements of a block. */
  private number(block: Block, depth: number): void {
    const { statements } = block;
    for (let k = 0; k < statements.length; k++) {
      const statement = statements[k] as Statement;
      if (statement.kind === "instruction") {
        this.mark(statement.id, block, depth, statement);
        continue;
      }
      const repeated = depth + Number(statement.kind === "loop" || statement.kind === "while");
      if (statement.kind === "loop") this.mark(statement.counter.id, undefined, repeated);
      else if ("id" in statement) this.mark(statement.id, block, depth, statement);
      else this.mark();
      const inner = blocksOf(statement);
      for (const [i, part] of inner.entries()) {
        if (i === 1 && statement.kind === "while") this.mark();
        this.number(part, repeated);
      }
      if (inner.length > 0) this.mark();
    }
  }

  /** Visits backwards: readers come before what they read. */
  private block(block: Block): void {
    const { statements } = block;
    for (let i = statements.length - 1; i >= 0; i--)
      this.statement(statements[i] as Statement, block);
  }

  private statement(statement: Statement, block: Block): void {
    switch (statement.kind) {
      case "instruction":
      case "load":
      case "address":
        this.expression(statement, --this.next, block);
        return;
      case "read": {
        const at = --this.next;
        const last = this.lastUses[at] as number;
        if (last === 0) return;
        const changed = this.assigned.get(statement.variable) ?? this.length;
        this.ways[at] = last <= changed ? Way.variable : Way.local;
        return;
      }
      case "loop":
        this.loops.push(--this.next);
        this.use(statement.to, this.next);
        this.block(statement.body);
        this.loops.pop();
        this.use(statement.from, --this.next, block);
        return;
      case "while":
        this.loops.push(--this.next);
        this.block(statement.body);
        this.use(statement.condition, --this.next, statement.test);
        this.block(statement.test);
        this.loops.pop();
        this.next--;
        return;
      case "branch":
        this.next--;
        this.block(statement.no);
        this.block(statement.yes);
        this.use(statement.condition, --this.next, block);
        return;
      case "assign":
        this.assigned.set(statement.variable, --this.next);
        this.use(statement.value, this.next, block);
        return;
      default: {
        this.stored = --this.next;
        let height = 0;
        for (const operand of operandsOf(statement)) this.use(operand, this.next, block, height++);
      }
    }
  }

  private expression(expression: Expression, at: number, block: Block): void {
    const { ways, heights } = this;
    if (this.lastUses[at] === 0) return;
    let root = this.roots[at] as number;
    const stays = expression.kind !== "load" || this.stored >= root;
    if (root > 0 && stays && (heights[at] as number) < deepest) ways[at] = Way.stack;
    else {
      ways[at] = Way.local;
      root = at;
      heights[at] = 0;
    }
    const height = heights[at] as number;
    if (expression.kind === "instruction" && isPlain(expression.op)) {
      this.plain[at] = 1;
      const { args } = expression;
      for (let k = 0; k < args.length; k++) this.use(args[k], root, block, height + k);
      return;
    }
    if (repeatsOperands(expression)) {
      for (const operand of operandsOf(expression)) this.use(operand, root);
      return;
    }
    for (let k = 0; ; k++) {
      const operand = operandAt(expression, k);
      if (operand === undefined) return;
      this.use(operand, root, block, height + k);
    }
  }

  /** Notes a reader that runs at `root`, in a block if it can take the value from the stack. */
  private use(operand: Operand | undefined, root: number, block?: Block, height = 0): void {
    if (operand === undefined || operand.kind === "constant") return;
    const at = this.positions.of(operand.id);
    if (at < 0) throw new Error(`${operand.kind} read too early`);
    // needed again in each iteration of loops that it is not in
    const last = this.loops[this.depths[at] as number] ?? root;
    if (last > (this.lastUses[at] as number)) this.lastUses[at] = last;
    this.roots[at] =
      this.roots[at] === 0 && block !== undefined && block === this.homes[at] ? root : -1;
    this.heights[at] = Math.min(height, 255);
  }
}
