import { freshId } from "../program/builder.js";
import { lanesOf } from "../program/lanes.js";
import { cellStorage, operandsOf, variableOf, visitAll } from "../program/statements.js";
import type {
  Buffer,
  Operand,
  Place,
  Program,
  RegisterType,
  Routine,
  Statement,
  Variable,
} from "../program/types.js";

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
  const cells = new Cells();
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
    for (const [id, type] of needs)
      body.push({ kind: "load", id, type, storage: cellStorage(type), place: cells.of(id, type) });
    for (const variable of carried) {
      if (!started.has(variable)) continue;
      const { type } = variable;
      const id = freshId();
      const place = cells.of(variable.id, type);
      const load = { kind: "load", id, type, storage: cellStorage(type), place } as const;
      body.push(load, { kind: "assign", variable, value: load });
    }
    for (const statement of group) {
      body.push(statement);
      if (!("id" in statement) || !crossing.has(statement.id)) continue;
      body.push(stored(cells.of(statement.id, statement.type), statement));
    }
    for (const variable of carried) {
      const read = { kind: "read", id: freshId(), type: variable.type, variable } as const;
      body.push(read, stored(cells.of(variable.id, variable.type), read));
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
    fixed: [...program.fixed, cells.buffer()],
  };
}

function stored(place: Place, value: Operand): Statement {
  return { kind: "store", storage: cellStorage(value.type), place, value };
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

/** Memory for what crosses from part to part. */
class Cells {
  private readonly offsets = new Map<number, number>();
  private bytes = 0;
  /** Its length is known when all cells are. */
  private readonly whole: { -readonly [K in keyof Buffer]: Buffer[K] } = {
    id: freshId(),
    name: "cells",
    dtype: "f64",
    role: "state",
    bytes: 0,
  };

  of(id: number, type: RegisterType): Place {
    let offset = this.offsets.get(id);
    if (offset === undefined) {
      const size = lanesOf(type) > 1 ? 16 : 8;
      offset = Math.ceil(this.bytes / size) * size;
      this.bytes = offset + size;
      this.offsets.set(id, offset);
    }
    return { buffer: this.whole, at: undefined, offset };
  }

  buffer(): Buffer {
    this.whole.bytes = this.bytes;
    return this.whole;
  }
}
