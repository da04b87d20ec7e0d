import {
  blockOf,
  blocksOf,
  calleeOf,
  notableOf,
  procedure,
  replaceStatements,
} from "../../program/statements.js";
import type { Block, Operand, Program, Routine, Statement, Variable } from "../../program/types.js";
import { Cells } from "./cells.js";
import { mentionsOf } from "./mentions.js";

/** Engines compile short functions well: so many statements in one. */
const partLength = 2000;

/**
 * Cuts long blocks into routines that run one after another. What one computes and another reads goes through memory,
 * a cell for each such value and variable. Linear in the length of the program.
 */
export function splitLarge({ main, ...program }: Program): Program {
  const splitter = new Splitter();
  splitter.routine(main);
  const { buffer } = splitter.cells;
  return {
    ...program,
    main,
    fixed: buffer.bytes === 0 ? program.fixed : [...program.fixed, buffer],
  };
}

class Splitter {
  readonly cells: Cells = new Cells("cells", "state");
  private readonly seen = new Set<Routine>();
  private parts = 0;

  routine(routine: Routine): void {
    this.seen.add(routine);
    this.shorten(routine.body, false);
  }

  /** Gives how many statements are left, those inside others included; `kept`: what is read behind the block. */
  private shorten(block: Block, nested: boolean, kept?: Operand): number {
    const { statements } = block;
    const notable = notableOf(block);
    let total = statements.length;
    const inside = new Map<Statement, number>();
    for (let k = 0; k < notable.length; k++) {
      const statement = notable[k] as Statement;
      const callee = calleeOf(statement);
      if (callee?.kind === "routine" && callee.result === undefined && !this.seen.has(callee))
        this.routine(callee);
      const inner = blocksOf(statement);
      if (inner.length === 0) continue;
      let length = 0;
      inner.forEach((part, i) => {
        const condition = statement.kind === "while" && i === 0 ? statement.condition : undefined;
        length += this.shorten(part, true, condition);
      });
      inside.set(statement, length);
      total += length;
    }
    if (total <= 2 * partLength || statements.length === 1) return total;
    const replaced = this.split(groupsOf(statements, inside), nested, kept);
    replaceStatements(block, replaced);
    return replaced.length;
  }

  /** A block that is `nested` in another may read what stands around it, and runs with variables as they are there. */
  private split(
    groups: readonly (readonly Statement[])[],
    nested: boolean,
    kept: Operand | undefined,
  ): Statement[] {
    const { cells } = this;
    const mentions = groups.map(mentionsOf);
    const outside = new Map<number, Operand>(kept === undefined ? [] : [[kept.id, kept]]);
    for (const { free } of mentions) for (const [id, operand] of free) outside.set(id, operand);
    const crossing = new Set<number>();
    for (const group of groups)
      for (let i = 0; i < group.length; i++) {
        const statement = group[i] as Statement;
        if ("id" in statement && outside.delete(statement.id)) crossing.add(statement.id);
      }
    const back = kept !== undefined && crossing.has(kept.id) ? kept : undefined;
    const carried = new Set(mentions.flatMap(({ variables }) => [...variables.keys()]));
    const inCells = new Set<Variable>(nested ? carried : []);
    const performs = groups.map((group, at): Statement => {
      const { free, variables } = mentions[at] as (typeof mentions)[number];
      const own = [...variables.keys()];
      const body: Statement[] = [...free].map(([id, { type }]) => cells.load(id, type));
      for (const variable of own) if (inCells.has(variable)) body.push(...cells.restore(variable));
      for (let i = 0; i < group.length; i++) {
        const statement = group[i] as Statement;
        body.push(statement);
        if ("id" in statement && crossing.has(statement.id)) body.push(cells.store(statement));
      }
      for (const variable of own) {
        body.push(...cells.save(variable));
        inCells.add(variable);
      }
      const callee = procedure(`part${this.parts++}`, [], blockOf(body));
      return { kind: "perform", callee, args: [] };
    });
    if (!nested) return performs;
    return [
      ...[...outside.values()].map((operand) => cells.store(operand)),
      ...[...carried].flatMap((variable) => cells.save(variable)),
      ...performs,
      ...[...carried].flatMap((variable) => cells.restore(variable)),
      ...(back === undefined ? [] : [cells.load(back.id, back.type)]),
    ];
  }
}

/** Statements in runs of `partLength` or one more. */
function groupsOf(
  statements: readonly Statement[],
  inside: ReadonlyMap<Statement, number>,
): Statement[][] {
  const groups: Statement[][] = [];
  let left = 0;
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i] as Statement;
    if (left <= 0) {
      groups.push([]);
      left = partLength;
    }
    groups[groups.length - 1]?.push(statement);
    left -= 1 + (inside.get(statement) ?? 0);
  }
  return groups;
}
