import { FunctionCall } from "./calls.js";
import { bareFunction, factorAhead } from "./diagnosis.js";
import { canonical, functionNames, isGreekWord, type Names } from "./names.js";
import { nearest } from "./nearest.js";
import { problem } from "./problem.js";
import type { Span } from "./source.js";
import type { Stack } from "./stack.js";
import type { TokenStream } from "./stream.js";
import type { Expression } from "./syntax.js";
import type { Token } from "./tokens.js";

/** What names mean where an expression stands. */
export interface Scope {
  readonly names: Names;
  /** Whether a name is a variable whatever else it could mean: defined, declared or used as one before. */
  isVariable(name: string): boolean;
  use(kind: "variable" | "constant", name: string, span: Span): void;
}

/** Reads the next token where a value must stand; whether the value is complete with it. */
export function readValue(stream: TokenStream, stack: Stack, scope: Scope): boolean {
  stream.skip("newline");
  const token = stream.peek();
  const span = { start: token.start, end: token.end };
  const push = (node: Expression): true => {
    stack.operands.push({ node, ...span });
    stream.next();
    return true;
  };
  switch (token.kind) {
    case "number":
      return push({ kind: "number", value: token.value, span });
    case "hole":
      return push({ kind: "hole", index: token.index, span });
    case "text":
      if (!standsAlone(stream, stack)) stream.fail(problem("E029", { span }));
      return push({ kind: "text", value: token.value, span });
    case "name": {
      const found = readName(token, stream, stack, scope);
      return found !== undefined && push(found);
    }
    case "open":
      stream.next();
      stack.open(
        token.bracket === "("
          ? { kind: "group", open: token }
          : { kind: "list", open: token, items: [] },
      );
      return false;
    case "bar":
      stream.next();
      stack.open({ kind: "bars", open: token });
      return false;
    case "root":
      stream.next();
      stack.pending.push({ kind: "prefix", token });
      return false;
    case "operator":
      if (token.operator !== "-" && token.operator !== "+") break;
      stream.next();
      stack.pending.push({ kind: "prefix", token });
      return false;
    case "close":
      if (closesEmpty(token, stream, stack)) return true;
  }
  return expectedValue(stream, stack);
}

/** Whether a bracket that may be empty, `f()` or `[]`, closes right here: then nothing is left to read. */
function closesEmpty(
  token: Token & { readonly kind: "close" },
  stream: TokenStream,
  stack: Stack,
): boolean {
  const frame = stack.top;
  if (frame?.kind !== "call" && frame?.kind !== "list") return false;
  if (frame.open !== stream.lastWritten) return false;
  if ((frame.kind === "call") !== (token.bracket === ")")) return false;
  stream.next();
  stack.closeTop();
  const span = { start: frame.open.start, end: token.end };
  stack.operands.push(
    frame.kind === "call"
      ? frame.finish(token.end, stream)
      : { node: { kind: "list", items: [], span }, ...span },
  );
  return true;
}

function expectedValue(stream: TokenStream, stack: Stack): never {
  const last = stream.lastWritten;
  const found = stream.peek();
  if (found.kind === "bad") stream.next();
  const atEnd = found.kind === "end" || (found.kind === "semicolon" && stack.depth === 0);
  return stream.fail(
    problem(
      "E012",
      { span: atEnd ? stream.gap : { start: found.start, end: found.end } },
      last === undefined ? "start" : { after: stream.text(last) },
      atEnd ? "end" : stream.text(found),
    ),
  );
}

/** Whether the token ahead is all of an argument. */
function standsAlone(stream: TokenStream, stack: Stack): boolean {
  const after = stream.peek(1);
  return (
    stack.top?.kind === "call" &&
    (after.kind === "comma" || (after.kind === "close" && after.bracket === ")"))
  );
}

/** What the name ahead means; undefined if it opened a call or named an option, which is then read. */
function readName(
  token: Token & { readonly kind: "name" },
  stream: TokenStream,
  stack: Stack,
  scope: Scope,
): Expression | undefined {
  const { name } = token;
  const span = { start: token.start, end: token.end };
  const after = stream.peek(1);
  const frame = stack.top;
  const constant = scope.names.constants.get(name);
  if (frame?.kind === "call") {
    if (after.kind === "assign" && frame.option === undefined) {
      stream.next();
      stream.next();
      frame.option = { name, span };
      return undefined;
    }
    if (constant === undefined && frame.takesWord() && standsAlone(stream, stack))
      return { kind: "text", value: name, span };
  }
  if (!scope.isVariable(name)) {
    const called = after.kind === "open" && after.bracket === "(";
    const own = canonical(scope.names, name);
    if (called && own !== undefined) {
      stream.next();
      stack.open(new FunctionCall(own, span, stream.next(), scope.names));
      return undefined;
    }
    if (constant !== undefined) {
      scope.use("constant", constant.name, span);
      return { kind: "constant", ...constant, span };
    }
    if (own !== undefined && !isGreekWord(name)) stream.fail(bareFunction(stream, scope.names));
    if (called && !isShort(name)) unknownFunction(name, span, stream, scope.names);
  }
  scope.use("variable", name, span);
  return { kind: "variable", name, span };
}

/** Names of one letter before a parenthesis are taken for factors, longer ones for functions. */
function isShort(name: string): boolean {
  return /^\p{L}\p{M}*[\d_₀-₉]*$/u.test(name);
}

/** Functions of other libraries and of textbooks, and what to write; null where there is nothing of the kind. */
const others: Readonly<Record<string, string | null>> = {
  mse: "mean((x - y)^2)",
  mseloss: "mean((x - y)^2)",
  mae: "mean(abs(x - y))",
  rmse: "sqrt(mean((x - y)^2))",
  crossentropy: "-sum(y*logSoftmax(z))",
  bce: "-mean(y*log(p) + (1 - y)*log(1 - p))",
  binarycrossentropy: "-mean(y*log(p) + (1 - y)*log(1 - p))",
  det: null,
  inv: null,
  inverse: null,
  solve: null,
  eig: null,
  svd: null,
};

/** Functions of spreadsheets that choose. */
const choices: ReadonlySet<string> = new Set(["if", "iif", "ifelse", "cond"]);

function unknownFunction(name: string, span: Span, stream: TokenStream, names: Names): never {
  if (choices.has(name.toLowerCase())) {
    const written = factorAhead(stream);
    const meant = written.startsWith(`${name}(`) ? written.slice(name.length) : "(x > 0, a, b)";
    const replacement = { span, text: "where" };
    stream.fail(problem("E021", { span, replacement }, name, undefined, `where${meant}`));
  }
  const elsewhere = others[name.toLowerCase().replaceAll("_", "")];
  if (elsewhere !== undefined) stream.fail(problem("E021", { span }, name, undefined, elsewhere));
  const suggestion = nearest(name, functionNames(names));
  const replacement = suggestion === undefined ? undefined : { span, text: suggestion };
  return stream.fail(problem("E021", { span, replacement }, name, suggestion));
}
