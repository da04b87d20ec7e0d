import type {
  Block,
  Callee,
  Computed,
  Operand,
  Place,
  RegisterType,
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

/** An instruction that calls nothing, as most are: it holds no blocks and names no memory. */
export function isSimple(statement: Statement): statement is Computed {
  return statement.kind === "instruction" && statement.callee === undefined;
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

/** Every statement inside a list, what stands inside others included, in program order. */
export function visitAll(
  statements: readonly Statement[],
  visit: (statement: Statement) => void,
): void {
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i] as Statement;
    visit(statement);
    if (isSimple(statement)) continue;
    for (const block of blocksOf(statement)) visitAll(block.statements, visit);
  }
}

/** How a register lies in a cell of its own: a vector, a mask too, fills 16 bytes. */
export function cellStorage(type: RegisterType): Storage {
  switch (type) {
    case "bool":
      return "bool";
    case "b32x4":
    case "i32":
    case "i32x4":
      return "i32";
    case "f32":
    case "f32x4":
      return "f32";
    case "b64x2":
    case "i64":
    case "i64x2":
      return "i64";
    default:
      return "f64";
  }
}
