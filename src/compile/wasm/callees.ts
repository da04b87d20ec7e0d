import type { Block, Callee, Host, Routine, Statement } from "../program/types.js";

/** Everything that can be called from `main`, itself first. */
export function calleesOf(main: Routine): {
  readonly routines: readonly Routine[];
  readonly hosts: readonly Host[];
} {
  const found = new Set<Callee>([main]);
  for (const callee of found) {
    if (callee.kind === "host") continue;
    for (const statement of statementsOf(callee.body)) {
      if (statement.kind === "perform") found.add(statement.callee);
      if (statement.kind === "instruction" && statement.callee !== undefined)
        found.add(statement.callee);
    }
  }
  const all = [...found];
  return {
    routines: all.filter((callee) => callee.kind === "routine"),
    hosts: all.filter((callee) => callee.kind === "host"),
  };
}

/** All statements of a block, those inside others too. */
export function* statementsOf(block: Block): Iterable<Statement> {
  const stack: Block[] = [block];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    for (const statement of next.statements) {
      yield statement;
      if (statement.kind === "loop") stack.push(statement.body);
      if (statement.kind === "while") stack.push(statement.test, statement.body);
      if (statement.kind === "branch") stack.push(statement.yes, statement.no);
    }
  }
}
