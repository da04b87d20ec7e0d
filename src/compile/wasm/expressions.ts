import { entry } from "../../program/entry.js";
import type {
  Callee,
  Computed,
  Operand,
  Routine,
  Statement,
  Variable,
} from "../../program/types.js";
import { Assembler } from "./assembler.js";
import {
  between,
  complete,
  type Expression,
  operandAt,
  plain,
  type Target,
} from "./instructions.js";
import { Locals } from "./locals.js";
import { Schedule, Way } from "./schedule.js";

/** Writes values where they are needed: on the stack, or in locals until their last use. */
export class Expressions implements Target {
  readonly code: Assembler = new Assembler();
  readonly locals: Locals;
  readonly fma: boolean;
  readonly indexOf: (callee: Callee) => number;
  protected readonly schedule: Schedule;
  private readonly variables: Map<Variable, number> = new Map();
  /** The local of each value, by position. */
  private readonly homes: Int32Array;
  /** Values whose last use is at a position, as a list: the first, and the next of each; position + 1. */
  private readonly expiring: Int32Array;
  private readonly following: Int32Array;
  /** Positions of expressions under way, the outermost first, and how many of their operands are there. */
  private readonly pending: number[] = [];
  private readonly steps: number[] = [];

  constructor(routine: Routine, indexOf: (callee: Callee) => number, fma: boolean) {
    this.indexOf = indexOf;
    this.fma = fma;
    this.schedule = new Schedule(routine);
    this.locals = new Locals(routine.params.length);
    const { length } = this.schedule;
    this.homes = new Int32Array(length);
    this.expiring = new Int32Array(length);
    this.following = new Int32Array(length);
    for (let i = 0; i < routine.params.length; i++) this.homes[i] = i;
  }

  push(operand: Operand): void {
    const inner = this.simple(operand);
    if (inner >= 0) this.evaluate(inner);
  }

  /** Pushes what is there already; otherwise gives the position of the expression to evaluate. */
  private simple(operand: Operand): number {
    if (operand.kind === "constant") {
      this.code.constant(operand.type, operand.value);
      return -1;
    }
    const at = this.schedule.positions.of(operand.id);
    if (this.schedule.ways[at] === Way.stack) return at;
    this.code.get(this.homes[at] as number);
    return -1;
  }

  /** Leaves the value on the stack; a loop, since expressions may be deep. */
  protected evaluate(start: number): void {
    const { pending, steps } = this;
    const { plain: isPlain, statements } = this.schedule;
    const floor = pending.length;
    pending.push(start);
    steps.push(0);
    while (pending.length > floor) {
      const top = pending.length - 1;
      const at = pending[top] as number;
      const current = statements[at] as Expression;
      const k = steps[top] as number;
      steps[top] = k + 1;
      let operand: Operand | undefined;
      if (isPlain[at] === 1) operand = (current as Computed).args[k];
      else {
        if (current.kind === "instruction") between(this, current, k);
        operand = operandAt(current, k);
      }
      if (operand === undefined) {
        pending.pop();
        steps.pop();
        if (isPlain[at] === 1) {
          const { op, args } = current as Computed;
          plain(this.code, (args[0] as Operand).type, op);
        } else complete(this, current);
      } else {
        const inner = this.simple(operand);
        if (inner < 0) continue;
        pending.push(inner);
        steps.push(0);
      }
    }
  }

  /** Moves the value on the stack, of the statement at a position, to a local until its last use. */
  protected keep({ type }: Expression | Extract<Statement, { kind: "read" }>, at: number): void {
    const local = this.locals.take(type);
    const last = this.schedule.lastUses[at] as number;
    this.homes[at] = local;
    this.following[at] = this.expiring[last] as number;
    this.expiring[last] = at + 1;
    this.code.set(local);
  }

  protected assignHome(at: number, local: number): void {
    this.homes[at] = local;
  }

  /** Frees the locals of values that nothing behind this position needs. */
  protected expire(at: number): void {
    for (let value = this.expiring[at] as number; value > 0; ) {
      this.locals.give(this.homes[value - 1] as number);
      value = this.following[value - 1] as number;
    }
  }

  protected variable(variable: Variable): number {
    return entry(this.variables, variable, () => this.locals.fresh(variable.type));
  }
}
