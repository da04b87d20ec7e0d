import { blocksOf, operandsOf, variableOf, visitNotable } from "../../program/statements.js";
import type { Operand, Statement, Variable, While } from "../../program/types.js";

/** What a list of statements takes from outside and leaves behind. */
export interface Mentions {
  /** Values and counters of others that it reads. */
  readonly free: ReadonlyMap<number, Operand>;
  readonly variables: ReadonlyMap<Variable, VariableUse>;
}

export interface VariableUse {
  /** How many statements mention it. */
  count: number;
  assigned: boolean;
  /** Set before anything else, whatever happens. */
  readonly fresh: boolean;
}

export function mentionsOf(statements: readonly Statement[]): Mentions {
  const inside = new Set<number>();
  const free = new Map<number, Operand>();
  const variables = new Map<Variable, VariableUse>();
  const whiles: While[] = [];
  const use = (operand: Operand): void => {
    if (operand.kind !== "constant" && !inside.has(operand.id)) free.set(operand.id, operand);
  };
  const one = (statement: Statement, top: boolean): void => {
    if (statement.kind === "loop") inside.add(statement.counter.id);
    // what a while loop tests is computed inside
    if (statement.kind === "while") whiles.push(statement);
    else {
      const operands = operandsOf(statement);
      for (let i = 0; i < operands.length; i++) use(operands[i] as Operand);
    }
    if ("id" in statement) inside.add(statement.id);
    if (statement.kind === "instruction") return;
    const variable = variableOf(statement);
    if (variable === undefined) return;
    const known = variables.get(variable);
    const assigned = statement.kind === "assign";
    if (known === undefined)
      variables.set(variable, { count: 1, assigned, fresh: assigned && top });
    else {
      known.count++;
      known.assigned ||= assigned;
    }
  };
  const inner = (statement: Statement): void => one(statement, false);
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i] as Statement;
    one(statement, true);
    for (const block of blocksOf(statement)) visitNotable(block, inner, (all) => all.statements);
  }
  // by now it is known what is
  for (const { condition } of whiles) use(condition);
  return { free, variables };
}
