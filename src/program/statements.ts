import { scalarOf } from "./lanes.js";
import type {
  Block,
  Callee,
  Formal,
  Operand,
  Place,
  RegisterType,
  Routine,
  Statement,
  Storage,
  Variable,
} from "./types.js";

/** What a statement itself reads; what stands inside it is not among it. */
export function operandsOf(statement: Statement): readonly Operand[] {
  switch (statement.kind) {
    case "instruction":
    case "perform":
      return statement.args;
    case "assign":
      return [statement.value];
    case "loop":
      return [statement.from, statement.to];
    case "while":
    case "branch":
      return [statement.condition];
    default: {
      const operands: Operand[] = [];
      for (const { at } of placesOf(statement)) if (at !== undefined) operands.push(at);
      if (statement.kind === "store") operands.push(statement.value);
      if (statement.kind === "copy" || statement.kind === "clear") operands.push(statement.bytes);
      return operands;
    }
  }
}

/** Places of memory that a statement itself names; of a copy, the source first. */
export function placesOf(statement: Statement): readonly Place[] {
  switch (statement.kind) {
    case "load":
    case "address":
    case "store":
      return [statement.place];
    case "copy":
      return [statement.from, statement.to];
    case "clear":
      return [statement.to];
    default:
      return [];
  }
}

export function blockOf(statements: Statement[]): Block {
  return { statements, notable: undefined };
}

/**
 * The statements of a block but for plain instructions, which most are: what holds blocks, names memory or variables,
 * calls, is a sequence, or may be fused.
 */
export function notableOf(block: Block): readonly Statement[] {
  if (block.notable !== undefined) return block.notable;
  const notable: Statement[] = [];
  const { statements } = block;
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i] as Statement;
    if (
      statement.kind !== "instruction" ||
      statement.callee !== undefined ||
      statement.sequence !== undefined ||
      statement.op === "madd"
    )
      notable.push(statement);
  }
  block.notable = notable;
  return notable;
}

/** Puts other statements into a block. */
export function replaceStatements(block: Block, statements: readonly Statement[]): void {
  block.notable = undefined;
  block.statements.length = 0;
  for (let i = 0; i < statements.length; i++) block.statements.push(statements[i] as Statement);
}

/** Puts others in place of notable statements where `replace` gives any. */
export function replaceNotable(
  block: Block,
  replace: (statement: Statement) => readonly Statement[] | undefined,
): void {
  const { statements } = block;
  const notable = notableOf(block);
  let result: Statement[] | undefined;
  let from = 0;
  for (let i = 0; i < notable.length; i++) {
    const statement = notable[i] as Statement;
    const others = replace(statement);
    if (others === undefined) continue;
    result ??= [];
    while (statements[from] !== statement) result.push(statements[from++] as Statement);
    from++;
    for (let k = 0; k < others.length; k++) result.push(others[k] as Statement);
  }
  if (result === undefined) return;
  while (from < statements.length) result.push(statements[from++] as Statement);
  replaceStatements(block, result);
}

const none: readonly Block[] = [];

/** Blocks that stand inside a statement, in the order in which they run. */
export function blocksOf(statement: Statement): readonly Block[] {
  switch (statement.kind) {
    case "loop":
      return [statement.body];
    case "while":
      return [statement.test, statement.body];
    case "branch":
      return [statement.yes, statement.no];
    default:
      return none;
  }
}

export function variableOf(statement: Statement): Variable | undefined {
  return statement.kind === "read" || statement.kind === "assign" ? statement.variable : undefined;
}

export function calleeOf(statement: Statement): Callee | undefined {
  return statement.kind === "perform" || statement.kind === "instruction"
    ? statement.callee
    : undefined;
}

/** Every notable statement of a block and of the blocks inside, in program order; others where `of` gives others. */
export function visitNotable(
  block: Block,
  visit: (statement: Statement) => void,
  of: (block: Block) => readonly Statement[] = notableOf,
): void {
  const statements = of(block);
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i] as Statement;
    visit(statement);
    for (const inner of blocksOf(statement)) visitNotable(inner, visit, of);
  }
}

/** A routine that gives no result. */
export function procedure(name: string, params: readonly Formal[], body: Block): Routine {
  return { kind: "routine", name, params, body, result: undefined };
}

/** How a register lies in a cell of its own: a vector, a mask too, fills 16 bytes. */
export function cellStorage(type: RegisterType): Storage {
  if (type === "b32x4") return "i32";
  return type === "b64x2" ? "i64" : (scalarOf(type) as Storage);
}
