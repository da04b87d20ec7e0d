import { operandsOf, variableOf, visitAll } from "../program/statements.js";
import type { Program, RegisterType, Routine, Statement, Variable } from "../program/types.js";
import { Cells } from "./cells.js";

/** Engines compile short functions well: so many statements of main in one. */
const partLength = 2000;

interface Part {
  /** Values it reads that an earlier part computes. */
  readonly needs: Map<number, RegisterType>;
  readonly variables: Set<Variable>;
}

/**
 * Cuts a long main into routines that run one after another. What one computes and another reads goes through
 * memory, a cell for each such value and variable. Linear in the length of the program.
 */
export function splitLarge({ main, ...program }: Program): Program {
  const { statements } = main.body;
  if (statements.length <= 2 * partLength) return { main, ...program };
  const groups: Statement[][] = [];
  for (let from = 0; from < statements.length; from += partLength)
    groups.push(statements.slice(from, from + partLength));
  const definedIn = new Map<number, number>();
  groups.forEach((group, at) => {
    for (const statement of group) if ("id" in statement) definedIn.set(statement.id, at);
  });
  const parts = groups.map((group, at) => partOf(group, at, definedIn));
  const cells = new Cells("cells", "state");
  const seen = new Set<Variable>();
  const shared = new Set<Variable>();
  for (const { variables } of parts)
    for (const variable of variables) {
      if (seen.has(variable)) shared.add(variable);
      seen.add(variable);
    }
  const crossing = new Set(parts.flatMap(({ needs }) => [...needs.keys()]));
  const started = new Set<Variable>();
  const performs = groups.map((group, at): Statement => {
    const { needs, variables } = parts[at] as Part;
    const carried = [...variables].filter((variable) => shared.has(variable));
    const body: Statement[] = [];
    for (const [id, type] of needs) body.push(cells.load(id, type));
    for (const variable of carried)
      if (started.has(variable)) body.push(...cells.restore(variable));
    for (const statement of group) {
      body.push(statement);
      if ("id" in statement && crossing.has(statement.id)) body.push(cells.store(statement));
    }
    for (const variable of carried) {
      body.push(...cells.save(variable));
      started.add(variable);
    }
    const callee: Routine = {
      kind: "routine",
      name: `part${at}`,
      params: [],
      body: { statements: body },
      result: undefined,
    };
    return { kind: "perform", callee, args: [] };
  });
  return {
    ...program,
    main: { ...main, body: { statements: performs } },
    fixed: [...program.fixed, cells.buffer],
  };
}

function partOf(
  group: readonly Statement[],
  at: number,
  definedIn: ReadonlyMap<number, number>,
): Part {
  const needs = new Map<number, RegisterType>();
  const variables = new Set<Variable>();
  visitAll(group, (statement) => {
    for (const { id, type } of operandsOf(statement)) {
      const from = definedIn.get(id);
      if (from !== undefined && from !== at) needs.set(id, type);
    }
    const variable = variableOf(statement);
    if (variable !== undefined) variables.add(variable);
  });
  return { needs, variables };
}
