import { notes } from "./catalogue.js";
import { constants, type Names } from "./names.js";
import type { Operand } from "./operand.js";
import { decimalComma, parseExpression } from "./parser.js";
import { problem } from "./problem.js";
import { Source, type Span } from "./source.js";
import { TokenStream } from "./stream.js";
import { type Expression, postorder } from "./syntax.js";
import { type Token, tokenize } from "./tokens.js";
import type { Scope } from "./values.js";

/** A value given in text: a number, true or false, or nested lists of numbers. */
export type GivenValue = number | boolean | readonly GivenValue[];

/** `name=value` in a list of them. */
export interface Assignment {
  readonly name: string;
  readonly value: GivenValue;
  readonly nameSpan: Span;
  readonly valueSpan: Span;
}

/** Values are arithmetic on numbers and constants: no functions, and a name is no variable there. */
const noFunctions: Names = {
  functions: new Map(),
  aliases: new Map(),
  reciprocals: new Map(),
  ofSeveral: new Map(),
  constants,
};

/**
 * Reads values for variables: `a=23, b=2, e=-5, x=[1, 2], t=pi/4`, separated by commas, `;` or line ends. Values are
 * numbers, constants, their sums, products and powers, and lists of them. Throws FormulaError.
 */
export function parseAssignments(text: string): Assignment[] {
  const source = new Source(text);
  const stream = new TokenStream(source, tokenize(source));
  const assignments: Assignment[] = [];
  const places = new Map<string, Span>();
  stream.skip("newline", "semicolon");
  let afterComma = false;
  while (stream.peek().kind !== "end" || afterComma) {
    const assignment = readAssignment(stream, assignments.at(-1));
    const first = places.get(assignment.name);
    if (first !== undefined) {
      const related = [{ span: first, message: notes.given }];
      stream.fail(problem("E043", { span: assignment.nameSpan, related }, assignment.name));
    }
    places.set(assignment.name, assignment.nameSpan);
    assignments.push(assignment);
    afterComma = stream.peek().kind === "comma";
    if (afterComma) stream.next();
    stream.skip("newline", "semicolon");
  }
  return assignments;
}

function readAssignment(stream: TokenStream, last: Assignment | undefined): Assignment {
  const token = stream.peek();
  if (token.kind !== "name") return expectedName(token, stream, last);
  const nameSpan = { start: token.start, end: token.end };
  stream.next();
  if (stream.peek().kind !== "assign") {
    if (stream.peek().kind === "bad") stream.next();
    stream.fail(problem("E041", { span: stream.gap }, token.name));
  }
  stream.next();
  const given = parseExpression(stream, new ValueScope(token.name, stream), true);
  return {
    name: token.name,
    value: constantOf(given, token.name, stream),
    nameSpan,
    valueSpan: { start: given.start, end: given.end },
  };
}

function expectedName(found: Token, stream: TokenStream, last: Assignment | undefined): never {
  if (found.kind === "bad") stream.next();
  const before = stream.lastWritten;
  if (last !== undefined && before?.kind === "comma") {
    const span = { start: before.start, end: before.end };
    const written = stream.text({ start: last.valueSpan.start, end: found.end });
    const decimal = decimalComma(written);
    if (decimal !== undefined)
      stream.fail(problem("E018", { span, replacement: { span, text: "." } }, decimal));
  }
  const atEnd = found.kind === "end";
  return stream.fail(
    problem(
      "E040",
      { span: atEnd ? stream.gap : { start: found.start, end: found.end } },
      before === undefined ? "start" : { after: stream.text(before) },
      atEnd ? "end" : stream.text(found),
    ),
  );
}

class ValueScope implements Scope {
  readonly names: Names = noFunctions;
  private readonly owner: string;
  private readonly stream: TokenStream;

  constructor(owner: string, stream: TokenStream) {
    this.owner = owner;
    this.stream = stream;
  }

  isVariable(): boolean {
    return false;
  }

  use(kind: "variable" | "constant", _name: string, span: Span): void {
    if (kind === "variable") this.stream.fail(problem("E042", { span }, this.owner));
  }
}

function constantOf(given: Operand, owner: string, stream: TokenStream): GivenValue {
  const stack: GivenValue[] = [];
  const number = (span: Span): number => {
    const value = stack.pop();
    if (typeof value !== "number") stream.fail(problem("E042", { span }, owner));
    return value;
  };
  for (const node of postorder(given.node)) {
    const { span } = node;
    if (node.kind === "number" || node.kind === "constant") stack.push(node.value);
    else if (node.kind === "negation") stack.push(-number(span));
    else if (node.kind === "list") stack.push(stack.splice(stack.length - node.items.length));
    else if (node.kind === "operation") {
      const right = number(span);
      stack.push(
        arithmetic(node, number(span), right) ?? stream.fail(problem("E042", { span }, owner)),
      );
    } else stream.fail(problem("E042", { span }, owner));
  }
  return stack[0] as GivenValue;
}

function arithmetic(
  { operator }: Expression & { readonly kind: "operation" },
  x: number,
  y: number,
): number | undefined {
  switch (operator) {
    case "+":
      return x + y;
    case "-":
      return x - y;
    case "*":
      return x * y;
    case "/":
      return x / y;
    case "^":
      return x ** y;
    default:
      return undefined;
  }
}
