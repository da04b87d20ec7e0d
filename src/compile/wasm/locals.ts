import { operandsOf } from "../program/statements.js";
import type { Block, Operand, Routine, Statement } from "../program/types.js";

/** Until which statement each value of a routine is needed, by number in program order. */
export interface Lives {
  /** Of the values that something reads. */
  readonly lastUse: ReadonlyMap<number, number>;
  readonly numbers: ReadonlyMap<Statement, number>;
}

/**
 * Values are needed to their last reader; those defined before a loop and read inside it, to the end of the
 * outermost such loop.
 */
export function findLives({ body, result }: Routine): Lives {
  const numbers = new Map<Statement, number>();
  const defined = new Map<number, number>();
  const lastUse = new Map<number, number>();
  const loops: { readonly start: number; readonly used: Set<number> }[] = [];
  let next = 0;
  const use = ({ id, kind }: Operand): void => {
    if (kind === "constant") return;
    lastUse.set(id, next);
    const from = defined.get(id) ?? -1;
    const around = loops.find(({ start }) => start > from);
    around?.used.add(id);
  };
  const repeat = (start: number, run: () => void): void => {
    const loop = { start, used: new Set<number>() };
    loops.push(loop);
    run();
    loops.pop();
    for (const id of loop.used) lastUse.set(id, next);
  };
  const visit = (block: Block): void => {
    for (const statement of block.statements) {
      const number = next++;
      numbers.set(statement, number);
      if (statement.kind === "loop") {
        statement.from.kind !== "constant" && use(statement.from);
        repeat(number, () => {
          defined.set(statement.counter.id, next);
          use(statement.counter);
          if (statement.to.kind !== "constant") use(statement.to);
          visit(statement.body);
          next++;
        });
      } else if (statement.kind === "while") {
        repeat(number, () => {
          visit(statement.test);
          use(statement.condition);
          visit(statement.body);
          next++;
        });
      } else {
        for (const operand of operandsOf(statement)) use(operand);
        if (statement.kind === "branch") {
          visit(statement.yes);
          visit(statement.no);
        }
      }
      if ("id" in statement) defined.set(statement.id, number);
    }
  };
  visit(body);
  if (result !== undefined && result.kind !== "constant") lastUse.set(result.id, next + 1);
  return { lastUse, numbers };
}
