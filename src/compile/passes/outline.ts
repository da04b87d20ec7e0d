import { Builder } from "../../program/builder.js";
import { longestExtentOf } from "../../program/extent.js";
import { lanesOf } from "../../program/lanes.js";
import {
  blockOf,
  blocksOf,
  notableOf,
  procedure,
  replaceNotable,
} from "../../program/statements.js";
import type { Block, Formal, Loop, Program, Routine, Statement } from "../../program/types.js";
import { Cells } from "./cells.js";
import { type Mentions, mentionsOf } from "./mentions.js";

/** Loops that run fewer statements stay where they are. */
const hot = 20_000;
/** Statements that a call should run. */
const perCall = 20_000;
const atMostPerCall = 50_000;
/** Iterations of a loop whose bounds are computed: a guess. */
const guessedTrips = 1000;
const mostParameters = 64;

/**
 * Hot loops become routines that are called per block of iterations. V8 optimises a function of WebAssembly for its
 * next call only: a loop inside one long call would run unoptimised to its end.
 */
export function outlineHotLoops(program: Program): void {
  // other routines are called for one element or one piece of work: short enough by themselves
  new Outliner(program.main).run();
}

class Outliner {
  private readonly main: Routine;
  private readonly costs = new Map<Statement, number>();
  /** Of the whole of main, before any of it moves. */
  private variables: Mentions["variables"] | undefined;
  private kernels = 0;

  constructor(main: Routine) {
    this.main = main;
  }

  run(): void {
    this.costOf(this.main.body);
    this.visit(this.main.body);
  }

  /** Statements that a block runs, more or less. */
  private costOf(block: Block): number {
    let total = block.statements.length;
    const notable = notableOf(block);
    for (let i = 0; i < notable.length; i++) {
      const statement = notable[i] as Statement;
      const blocks = blocksOf(statement);
      if (blocks.length === 0) continue;
      let inside = 0;
      for (const block of blocks) inside += this.costOf(block);
      if (statement.kind === "loop") inside *= tripsOf(statement);
      if (statement.kind === "while") inside *= guessedTrips;
      this.costs.set(statement, inside + 1);
      total += inside;
    }
    return total;
  }

  private visit(block: Block): void {
    replaceNotable(block, (statement) =>
      (this.costs.get(statement) ?? 0) >= hot ? this.outline(statement) : undefined,
    );
  }

  /** What runs in place of a statement; undefined: it stays, but what is inside may have changed. */
  private outline(statement: Statement): readonly Statement[] | undefined {
    if (statement.kind === "loop") {
      const perTrip = (this.costs.get(statement) as number) / Math.max(1, tripsOf(statement));
      if (perTrip <= atMostPerCall) {
        const kernel = this.kernel(statement, Math.max(1, Math.round(perCall / perTrip)));
        if (kernel !== undefined) return kernel;
      }
    }
    for (const block of blocksOf(statement)) this.visit(block);
    return undefined;
  }

  private kernel(loop: Loop, block: number): readonly Statement[] | undefined {
    const { from, to, step, counter } = loop;
    const { free, variables } = mentionsOf(loop.body.statements);
    this.variables ??= mentionsOf(this.main.body.statements).variables;
    const all = this.variables;
    const shared = [...variables].filter(
      ([variable, { count, fresh }]) => !fresh || count !== all.get(variable)?.count,
    );
    const outside = [...free.values()].filter(({ id }) => id !== counter.id);
    const scalars = outside.filter(({ type }) => lanesOf(type) === 1);
    const vectors = outside.filter(({ type }) => lanesOf(type) > 1);
    if (scalars.length > mostParameters) return undefined;
    const name = `kernel${this.kernels++}`;
    const cells = new Cells(`${name}_state`, "temporary");
    const b = new Builder();
    const low = b.formal("i32", "from");
    const high = b.formal("i32", "to");
    const params = scalars.map(({ id, type }): Formal => ({ kind: "formal", id, type, name: "p" }));
    const changed = shared.filter(([, { assigned }]) => assigned).map(([variable]) => variable);
    const body: Statement[] = [
      ...vectors.map(({ id, type }) => cells.load(id, type)),
      ...shared.flatMap(([variable]) => cells.restore(variable)),
      { ...loop, from: low, to: high },
      ...changed.flatMap((variable) => cells.save(variable)),
    ];
    const routine = procedure(name, [low, high, ...params], blockOf(body));
    const iterations = block * step;
    b.loop(
      from,
      to,
      (begin) => b.perform(routine, [begin, b.min(b.add(begin, iterations), to), ...scalars]),
      { step: iterations, name: "block" },
    );
    return [
      ...vectors.map((vector) => cells.store(vector)),
      ...shared.flatMap(([variable]) => cells.save(variable)),
      ...b.block.statements,
      ...changed.flatMap((variable) => cells.restore(variable)),
    ];
  }
}

function tripsOf(loop: Loop): number {
  const extent = longestExtentOf(loop);
  return extent === Infinity ? guessedTrips : Math.ceil(extent / loop.step);
}
