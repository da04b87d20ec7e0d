import { notes } from "./catalogue.js";
import type { Names } from "./names.js";
import type { Operand } from "./operand.js";
import { parseExpression } from "./parser.js";
import { problem } from "./problem.js";
import { Source, type Span } from "./source.js";
import { TokenStream } from "./stream.js";
import type { Definition, Expression, Program } from "./syntax.js";
import { type Holes, tokenize } from "./tokens.js";
import type { Scope } from "./values.js";

export interface ParseSettings {
  readonly names: Names;
  /** Names that are variables whatever else they may mean (`tau`, `gamma`, `mean`): those that get values. */
  readonly variables?: Iterable<string>;
  readonly holes?: Holes;
}

/**
 * Reads a program: definitions `name = value` and an expression, separated by line ends or `;`. A definition in last
 * place gives its value. Throws FormulaError for the first mistake.
 */
export function parseProgram(text: string, settings: ParseSettings): Program {
  const source = new Source(text);
  const stream = new TokenStream(source, tokenize(source, settings.holes));
  const scope = new ProgramScope(settings);
  const definitions: Definition[] = [];
  let value: Operand | undefined;
  stream.skip("newline", "semicolon");
  while (stream.peek().kind !== "end") {
    if (value !== undefined) {
      const { start, end } = value;
      stream.fail(problem("E032", { span: { start, end } }));
    }
    const definition = readDefinition(stream, scope);
    if (definition === undefined) value = parseExpression(stream, scope);
    else definitions.push(definition);
    stream.skip("newline", "semicolon");
  }
  return {
    source: text,
    definitions,
    value: value?.node ?? lastDefined(definitions, stream),
    variables: [...scope.variables.keys()],
    constants: [...scope.constants.keys()],
    holes: settings.holes?.size ?? 0,
  };
}

function lastDefined(definitions: readonly Definition[], stream: TokenStream): Expression {
  const last = definitions.at(-1);
  if (last === undefined) return stream.fail(problem("E014", { span: { start: 0, end: 0 } }));
  return { kind: "variable", name: last.name, span: last.nameSpan };
}

/** `name = value`, or undefined where none begins. */
function readDefinition(stream: TokenStream, scope: ProgramScope): Definition | undefined {
  const token = stream.peek();
  if (token.kind !== "name") return undefined;
  refuseFunctionDefinition(stream, token.name);
  if (stream.peek(1).kind !== "assign") return undefined;
  const nameSpan = { start: token.start, end: token.end };
  stream.next();
  stream.next();
  const value = parseExpression(stream, scope).node;
  scope.define(token.name, nameSpan, stream);
  return { name: token.name, nameSpan, value };
}

/** `f(x) = …` reads as a definition in every textbook; here it is `f = …`. */
function refuseFunctionDefinition(stream: TokenStream, name: string): void {
  const open = stream.peek(1);
  if (open.kind !== "open") return;
  let ahead = 2;
  while (stream.peek(ahead).kind === "name" || stream.peek(ahead).kind === "comma") ahead++;
  const close = stream.peek(ahead);
  if (close.kind !== "close" || stream.peek(ahead + 1).kind !== "assign") return;
  const span = { start: stream.peek().start, end: close.end };
  const replacement = { span: { start: open.start, end: close.end }, text: "" };
  stream.fail(problem("E033", { span, replacement }, name, `${name} = …`));
}

/** Which names are variables, where they were first met, and what is defined so far. */
class ProgramScope implements Scope {
  readonly names: Names;
  /** Free variables and constants by name, with their first place. */
  readonly variables: Map<string, Span> = new Map();
  readonly constants: Map<string, Span> = new Map();
  private readonly declared: ReadonlySet<string>;
  private readonly defined: Map<string, Span> = new Map();

  constructor(settings: ParseSettings) {
    this.names = settings.names;
    this.declared = new Set(settings.variables);
  }

  isVariable(name: string): boolean {
    return this.defined.has(name) || this.variables.has(name) || this.declared.has(name);
  }

  use(kind: "variable" | "constant", name: string, span: Span): void {
    const seen = kind === "variable" ? this.variables : this.constants;
    if (!this.defined.has(name) && !seen.has(name)) seen.set(name, span);
  }

  define(name: string, span: Span, stream: TokenStream): void {
    const before = this.defined.get(name);
    if (before !== undefined) {
      const related = [{ span: before, message: notes.defined }];
      stream.fail(problem("E030", { span, related }, name));
    }
    const used =
      this.variables.get(name) ?? this.constants.get(this.names.constants.get(name)?.name ?? name);
    if (used !== undefined) {
      const related = [{ span: used, message: notes.used }];
      stream.fail(problem("E031", { span, related }, name));
    }
    this.defined.set(name, span);
  }
}
