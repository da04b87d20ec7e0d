import type { Operator } from "./operators.js";
import type { Span } from "./source.js";

/** A number as written: never negative, always finite. */
export interface NumberLiteral {
  readonly kind: "number";
  readonly value: number;
  readonly span: Span;
}

/** A word or quoted text: only as an option's value or where a function takes one. */
export interface TextLiteral {
  readonly kind: "text";
  readonly value: string;
  readonly span: Span;
}

/** A constant by name: `pi`, `tau`, `inf`, `nan`, `true`, `false`. */
export interface Constant {
  readonly kind: "constant";
  readonly name: string;
  readonly value: number | boolean;
  readonly span: Span;
}

/** A variable, or a name the program defined. */
export interface Variable {
  readonly kind: "variable";
  readonly name: string;
  readonly span: Span;
}

/** Place of a value in a `math` tag. */
export interface Hole {
  readonly kind: "hole";
  readonly index: number;
  readonly span: Span;
}

export interface Negation {
  readonly kind: "negation";
  readonly operand: Expression;
  readonly span: Span;
}

export interface Operation {
  readonly kind: "operation";
  readonly operator: Operator;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

/** `name=value` in a call; the value is constant. */
export interface Option {
  readonly name: string;
  readonly value: Expression;
  readonly span: Span;
}

/** A function applied; `name` is the operation's own, whatever alias was written. */
export interface Call {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly Expression[];
  readonly options: readonly Option[];
  readonly span: Span;
}

/** `[a, b, …]`, nested for matrices. */
export interface List {
  readonly kind: "list";
  readonly items: readonly Expression[];
  readonly span: Span;
}

/** A syntax tree. Spans leave out the parentheses around the expression itself. */
export type Expression =
  | NumberLiteral
  | TextLiteral
  | Constant
  | Variable
  | Hole
  | Negation
  | Operation
  | Call
  | List;

/** `name = value`: a name for an intermediate result. */
export interface Definition {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
}

/** What `parse` gives: definitions in order, and the expression whose value it is. */
export interface Program {
  readonly source: string;
  readonly definitions: readonly Definition[];
  readonly value: Expression;
  /** Names without a definition, in order of appearance. */
  readonly variables: readonly string[];
  /** Constants used, in order of appearance: what a reader might have meant as variables. */
  readonly constants: readonly string[];
  /** How many values a `math` tag must bring. */
  readonly holes: number;
}

/** The expressions directly inside one, from left to right. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "negation":
      return [expression.operand];
    case "operation":
      return [expression.left, expression.right];
    case "call":
      return [...expression.args, ...expression.options.map(({ value }) => value)];
    case "list":
      return expression.items;
    default:
      return [];
  }
}

/** Every expression inside one, itself last; each after what it is made of. */
export function postorder(root: Expression): Expression[] {
  const reversed: Expression[] = [];
  const stack: Expression[] = [root];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    reversed.push(top);
    for (const child of childrenOf(top)) stack.push(child);
  }
  return reversed.reverse();
}
