import { Builder } from "../../program/builder.js";
import { entry } from "../../program/entry.js";
import { bitsOf, lanesOf, scalarOf } from "../../program/lanes.js";
import type { MathSequence } from "../../program/sequence.js";
import { blocksOf, calleeOf, notableOf, replaceStatements } from "../../program/statements.js";
import type {
  Block,
  Computed,
  Operand,
  Program,
  RegisterType,
  Routine,
  Statement,
} from "../../program/types.js";

/**
 * Replaces `math` instructions: by their sequence where that pays (vectors; scalars inside innermost loops), else by
 * calls of one routine per sequence and type. What replaces an instruction bears its id, so its readers stay as they are.
 */
export function expandMath(program: Program): void {
  new Expander(program.main).run();
}

class Expander {
  private readonly routines = new Map<MathSequence, Map<RegisterType, Routine>>();
  private readonly queue: Set<Routine>;

  constructor(main: Routine) {
    this.queue = new Set([main]);
  }

  run(): void {
    for (const routine of this.queue) this.block(routine.body, false);
  }

  /** Gives whether the block holds a loop. */
  private block(block: Block, looped: boolean): boolean {
    let loops = false;
    let maths = false;
    const notable = notableOf(block);
    for (let i = 0; i < notable.length; i++) {
      const statement = notable[i] as Statement;
      if (statement.kind === "instruction" && statement.op === "math") maths = true;
      const callee = calleeOf(statement);
      if (callee?.kind === "routine") this.queue.add(callee);
      const repeats = statement.kind === "loop" || statement.kind === "while";
      for (const inner of blocksOf(statement))
        loops = this.block(inner, repeats || looped) || loops;
      loops ||= repeats;
    }
    if (!maths) return loops;
    const result: Statement[] = [];
    const b = new Builder(); // one for all, so that what sequences have in common is computed once
    for (const statement of block.statements) {
      if (statement.kind !== "instruction" || statement.op !== "math") result.push(statement);
      else this.expand(statement, looped && !loops, result, b);
    }
    replaceStatements(block, result);
    return loops;
  }

  /** Appends what computes `math` to `result`. Sequences may hold sequences, but not themselves. */
  private expand(math: Computed, innermost: boolean, result: Statement[], b: Builder): void {
    const { id, type, args } = math;
    const sequence = math.sequence as MathSequence;
    const vector = lanesOf(type) > 1;
    if (!vector && !(innermost && sequence.inline === true)) {
      const callee = this.routineOf(sequence, type, args.length);
      result.push({ kind: "instruction", id, type, op: "call", args, callee });
      return;
    }
    const start = b.block.statements.length;
    const value =
      vector && sequence.scalarOnly === true
        ? this.byLane(b, sequence, math)
        : sequence.emit(b, ...args);
    for (const statement of endingIn(value, b, start, id)) {
      const callee = calleeOf(statement);
      if (callee?.kind === "routine") this.queue.add(callee);
      if (statement.kind === "instruction" && statement.op === "math")
        this.expand(statement, innermost, result, new Builder());
      else {
        for (const inner of blocksOf(statement)) this.block(inner, false);
        result.push(statement);
      }
    }
  }

  private byLane(b: Builder, sequence: MathSequence, { type, args }: Computed): Operand {
    const scalar = scalarOf(type);
    const callee = this.routineOf(sequence, scalar, args.length);
    const lanes = Array.from({ length: lanesOf(type) }, (_, lane) =>
      b.call(
        callee,
        scalar,
        args.map((arg) => b.lane(arg, lane)),
      ),
    );
    return b.pack(type, lanes);
  }

  private routineOf(sequence: MathSequence, type: RegisterType, arity: number): Routine {
    const byType = entry(this.routines, sequence, () => new Map<RegisterType, Routine>());
    return entry(byType, type, () => {
      const types = new Array<RegisterType>(arity).fill(type);
      const name = `${sequence.name}_${type}`;
      const routine = new Builder().routine(name, types, (b, ...params) =>
        sequence.emit(b, ...params),
      );
      this.queue.add(routine);
      return routine;
    });
  }
}

/** The statements that a builder holds from `start` on, the last of which computes `value` under another id. */
function endingIn(value: Operand, b: Builder, start: number, id: number): readonly Statement[] {
  const { statements } = b.block;
  if (statements.includes(value as Statement, start)) {
    // whoever comes to share the value finds it under that id too
    (value as { -readonly [K in keyof Operand]: Operand[K] }).id = id;
    return statements.slice(start);
  }
  // there already: through its bits and back
  const { type } = value;
  const bits = b.compute("reinterpret", bitsOf(type), [value]);
  const back: Computed = { kind: "instruction", id, type, op: "reinterpret", args: [bits] };
  return [...statements.slice(start), back];
}
