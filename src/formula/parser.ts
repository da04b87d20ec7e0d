import { notes } from "./catalogue.js";
import { missingOperator, powerOfRoot, stackedPower } from "./diagnosis.js";
import type { Operand } from "./operand.js";
import { operators } from "./operators.js";
import { problem } from "./problem.js";
import { checkRows } from "./rows.js";
import { type Frame, type OperatorToken, Stack } from "./stack.js";
import type { TokenStream } from "./stream.js";
import type { Expression, NumberLiteral } from "./syntax.js";
import type { Token } from "./tokens.js";
import { readValue, type Scope } from "./values.js";

/** After a value: another must follow, more may follow, or the expression is over. */
type Step = "value" | "more" | "end";

type TokenOf<K extends Token["kind"]> = Extract<Token, { readonly kind: K }>;

/**
 * Reads one expression by operator precedence, with a stack of its own: depth costs memory only. Ends before a
 * line's end, a `;`, the end of the source and, with `inList`, a comma. Throws FormulaError.
 */
export function parseExpression(stream: TokenStream, scope: Scope, inList = false): Operand {
  const stack = new Stack();
  for (let step: Step = "value"; step !== "end"; ) {
    if (step === "value") while (!readValue(stream, stack, scope));
    step = readAfterValue(stream, stack, inList);
  }
  stack.reduce(0);
  return stack.pop();
}

function readAfterValue(stream: TokenStream, stack: Stack, inList: boolean): Step {
  const token = stream.peek();
  switch (token.kind) {
    case "bad":
      stream.next();
      return "end";
    case "end":
      return stack.depth === 0 ? "end" : unclosed(stream, stack);
    case "newline":
      return readLineEnd(stream, stack);
    case "semicolon":
      if (stack.depth === 0) return "end";
      return stack.innermost()?.kind === "list"
        ? semicolonInList(token, stream)
        : unclosed(stream, stack);
    case "comma":
      return readComma(token, stream, stack, inList);
    case "operator":
      return readOperator(token, stream, stack);
    case "superscript":
      return readSuperscript(token, stream, stack);
    case "close":
      return close(token, stream, stack);
    case "bar":
      if (stack.bars > 0) return close(token, stream, stack);
      break;
    case "assign": {
      const span = { start: token.start, end: token.end };
      return stream.fail(problem("E017", { span, replacement: { span, text: "==" } }));
    }
  }
  if (inList && stack.depth === 0 && token.kind === "name" && stream.peek(1).kind === "assign") {
    const replacement = { span: stream.gap, text: "," };
    const span = { start: token.start, end: token.end };
    return stream.fail(problem("E044", { span, replacement }, token.name));
  }
  stack.reduce(operators["*"].power + 1);
  const above = stack.top;
  const divided = above?.kind === "infix" && above.token.operator === "/";
  return stream.fail(
    missingOperator(
      stream,
      stack.operands.at(-1) as Operand,
      divided ? stack.operands.at(-2) : undefined,
    ),
  );
}

/** A line's end ends the expression unless a bracket is open; then a new value there means it was forgotten. */
function readLineEnd(stream: TokenStream, stack: Stack): Step {
  if (stack.depth === 0) return "end";
  const gap = stream.gap;
  stream.skip("newline");
  const starts = ["number", "name", "hole", "open", "root", "text"];
  return starts.includes(stream.peek().kind) ? unclosed(stream, stack, gap) : "more";
}

function closerOf(frame: Frame): string {
  if (frame.kind === "bars") return "|";
  return frame.kind === "list" ? "]" : ")";
}

function unclosed(stream: TokenStream, stack: Stack, gap = stream.gap): never {
  const frame = stack.innermost() as Frame;
  const { start, end } = frame.open;
  const text = closerOf(frame);
  const open = stream.text({ start, end });
  return stream.fail(
    problem(
      "E010",
      {
        span: gap,
        replacement: { span: gap, text },
        related: [{ span: { start, end }, message: notes.opened(open) }],
      },
      open,
      text,
    ),
  );
}

/** Rows in the manner of other languages: `[1, 2; 3, 4]`. */
function semicolonInList({ start, end }: Token, stream: TokenStream): never {
  return stream.fail(problem("E019", { span: { start, end } }, ";", "[[1, 2], [3, 4]]"));
}

function readComma(token: Token, stream: TokenStream, stack: Stack, inList: boolean): Step {
  const frame = stack.innermost();
  if (frame === undefined && inList) return "end";
  if (frame?.kind === "list") frame.items.push(stack.pop());
  else if (frame?.kind === "call") frame.add(stack.pop(), stream);
  else strayComma(token, stream);
  stream.next();
  return "value";
}

function strayComma({ start, end }: Token, stream: TokenStream): never {
  const whole = stream.lastWritten as Token;
  const decimal = decimalComma(stream.text({ start: whole.start, end: stream.peek(1).end }));
  const span = { start, end };
  return stream.fail(
    decimal === undefined
      ? problem("E018", { span })
      : problem("E018", { span, replacement: { span, text: "." } }, decimal),
  );
}

/** The number meant by a text like `1,5`. */
export function decimalComma(written: string): string | undefined {
  return /^-?\d+,\d+$/.test(written) ? written.replace(",", ".") : undefined;
}

function readOperator(token: OperatorToken, stream: TokenStream, stack: Stack): Step {
  const { power, grouping } = operators[token.operator];
  if (token.operator === "^") checkPower(stream, stack);
  stack.reduce(grouping === "left" ? power : power + 1);
  const above = stack.top;
  if (
    grouping === "none" &&
    above?.kind === "infix" &&
    operators[above.token.operator].power === power
  ) {
    const { start, end } = token;
    stream.fail(problem("E015", { span: { start, end } }, stream.text(token)));
  }
  stack.pending.push({ kind: "infix", token });
  stream.next();
  return "value";
}

/** Refuses a power whose base is unclear: after a root sign, or after a raised number. */
function checkPower(stream: TokenStream, stack: Stack): void {
  const base = stack.operands.at(-1) as Operand;
  for (let i = stack.pending.length - 1; i >= 0; i--) {
    const above = stack.pending[i];
    if (above?.kind !== "prefix") break;
    if (above.token.kind === "root") stream.fail(powerOfRoot(stream, above.token, base));
  }
  const last = stream.lastWritten;
  if (last?.kind === "superscript") stream.fail(stackedPower(stream, base, last));
}

function readSuperscript(token: TokenOf<"superscript">, stream: TokenStream, stack: Stack): Step {
  checkPower(stream, stack);
  stream.next();
  const base = stack.pop();
  const end = token.end;
  const span = { start: token.start, end };
  const size: NumberLiteral = { kind: "number", value: Math.abs(token.value), span };
  const right: Expression = token.value < 0 ? { kind: "negation", operand: size, span } : size;
  const whole = { start: base.start, end };
  const node: Expression = {
    kind: "operation",
    operator: "^",
    left: base.node,
    right,
    span: whole,
  };
  stack.operands.push({ node, ...whole });
  return "more";
}

function close(token: Token, stream: TokenStream, stack: Stack): Step {
  const frame = stack.innermost();
  const written = stream.text(token);
  const span = { start: token.start, end: token.end };
  if (frame === undefined)
    return stream.fail(problem("E011", { span, replacement: { span, text: "" } }, written));
  const expected = closerOf(frame);
  if (written !== expected) {
    const { start, end } = frame.open;
    const open = stream.text({ start, end });
    const related = [{ span: { start, end }, message: notes.opened(open) }];
    const replacement = { span, text: expected };
    return stream.fail(problem("E011", { span, replacement, related }, written, open, expected));
  }
  stream.next();
  const inner = stack.pop();
  stack.closeTop();
  stack.operands.push(closed(frame, inner, { start: frame.open.start, end: token.end }, stream));
  return "more";
}

function closed(
  frame: Frame,
  inner: Operand,
  span: { readonly start: number; readonly end: number },
  stream: TokenStream,
): Operand {
  switch (frame.kind) {
    case "group":
      return { ...inner, ...span };
    case "bars":
      return {
        ...span,
        node: { kind: "call", name: "abs", args: [inner.node], options: [], span },
      };
    case "list": {
      const items = [...frame.items, inner];
      const rows = checkRows(items, stream);
      return { ...span, rows, node: { kind: "list", items: items.map(({ node }) => node), span } };
    }
    case "call":
      frame.add(inner, stream);
      return frame.finish(span.end, stream);
  }
}
