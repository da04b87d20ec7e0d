import type { Names } from "./names.js";
import { nearest } from "./nearest.js";
import type { Operand } from "./operand.js";
import { type Problem, problem } from "./problem.js";
import type { Signature } from "./signatures.js";
import type { Span } from "./source.js";
import type { TokenStream } from "./stream.js";
import { type Expression, type Option, postorder } from "./syntax.js";
import type { Token } from "./tokens.js";

/** A call whose parenthesis is open. */
export class FunctionCall {
  readonly kind = "call";
  readonly open: Token;
  /** The option whose value is being read. */
  option: { readonly name: string; readonly span: Span } | undefined;

  private readonly name: string;
  private readonly reciprocal: boolean;
  private readonly nameSpan: Span;
  private readonly names: Names;
  private readonly signature: Signature;
  private readonly args: Operand[] = [];
  private readonly options: Option[] = [];

  constructor(
    { name, reciprocal }: { readonly name: string; readonly reciprocal: boolean },
    nameSpan: Span,
    open: Token,
    names: Names,
  ) {
    this.name = name;
    this.reciprocal = reciprocal;
    this.nameSpan = nameSpan;
    this.open = open;
    this.names = names;
    this.signature = names.functions.get(name) ?? { min: 0, max: Number.POSITIVE_INFINITY };
  }

  /** Whether a bare name that comes next is a word rather than a variable. */
  takesWord(): boolean {
    return this.option !== undefined || this.kindOf(this.args.length) === "data";
  }

  private kindOf(position: number) {
    const { parameters = [] } = this.signature;
    return parameters[Math.min(position, parameters.length - 1)] ?? "tensor";
  }

  /** Takes an argument or the value of the option before it. */
  add(operand: Operand, stream: TokenStream): void {
    if (this.option === undefined) this.addArgument(operand, stream);
    else this.addOption(this.option, operand, stream);
    this.option = undefined;
  }

  private addArgument(operand: Operand, stream: TokenStream): void {
    const span = spanOf(operand);
    if (this.options.length > 0) stream.fail(problem("E027", { span }));
    const kind = this.kindOf(this.args.length);
    if (kind === "data") requireConstant(operand, this.name, stream);
    else if (operand.node.kind === "text") stream.fail(problem("E029", { span }));
    if (kind === "tensors" && operand.node.kind !== "list") {
      const { start } = this.nameSpan;
      const written = stream.text({ start, end: this.nameSpan.end });
      stream.fail(problem("E028", { span }, this.name, `${written}([a, b])`));
    }
    this.args.push(operand);
  }

  private addOption(
    { name, span }: { readonly name: string; readonly span: Span },
    value: Operand,
    stream: TokenStream,
  ): void {
    const known = this.signature.options ?? [];
    if (!known.includes(name)) {
      const suggestion = nearest(name, known);
      const replacement = suggestion === undefined ? undefined : { span, text: suggestion };
      stream.fail(problem("E024", { span, replacement }, this.name, name, known, suggestion));
    }
    if (this.options.some((option) => option.name === name))
      stream.fail(problem("E025", { span }, name));
    requireConstant(value, name, stream);
    this.options.push({ name, value: value.node, span: { start: span.start, end: value.end } });
  }

  /** The call as an expression; `end` is behind its closing parenthesis. */
  finish(end: number, stream: TokenStream): Operand {
    const span = { start: this.nameSpan.start, end };
    const { min, max } = this.signature;
    const given = this.args.length;
    const several = this.names.ofSeveral.get(this.name);
    if (several !== undefined && given > max && this.options.length === 0)
      return this.fold(several, span);
    if (given < min || given > max) {
      stream.fail(this.wrongCount(given, span, stream));
    }
    const args = this.args.map(({ node }) => node);
    const call: Expression = { kind: "call", name: this.name, args, options: this.options, span };
    if (!this.reciprocal) return { node: call, ...span };
    const left: Expression = { kind: "number", value: 1, span };
    return { node: { kind: "operation", operator: "/", left, right: call, span }, ...span };
  }

  private wrongCount(given: number, span: Span, stream: TokenStream): Problem {
    const { min, max, options = [] } = this.signature;
    const written = stream.text(this.nameSpan);
    const extra = this.args[max];
    const isAxis = extra?.node.kind === "number" || extra?.node.kind === "negation";
    if (!isAxis || given !== max + 1 || !options.includes("axis")) {
      const [x, base] = this.args;
      if (this.name === "log" && x !== undefined && base !== undefined && given === 2) {
        const quotient = `log(${stream.text(x)})/log(${stream.text(base)})`;
        return problem("E023", { span }, written, min, max, given, quotient);
      }
      const example = `${written}(${Array(Math.min(min, 8)).fill("…").join(", ")})`;
      return problem("E023", { span }, written, min, max, given, example);
    }
    const replacement = { span: { start: extra.start, end: extra.start }, text: "axis=" };
    const before = stream.text({ start: this.nameSpan.start, end: extra.start });
    const hint = `${before.length > 20 ? `${written}(…, ` : before}axis=${stream.text(extra)})`;
    return problem("E023", { span, replacement }, written, min, max, given, hint);
  }

  /** `max(a, b, c)` as maximum(maximum(a, b), c). */
  private fold(name: string, span: Span): Operand {
    const node = this.args
      .map((argument) => argument.node)
      .reduce((left, right) => ({ kind: "call", name, args: [left, right], options: [], span }));
    return { node, ...span };
  }
}

function requireConstant(operand: Operand, what: string, stream: TokenStream): void {
  for (const node of postorder(operand.node)) {
    const constant =
      node.kind === "number" ||
      node.kind === "text" ||
      node.kind === "constant" ||
      node.kind === "list" ||
      node.kind === "hole" ||
      (node.kind === "negation" &&
        (node.operand.kind === "number" || node.operand.kind === "constant"));
    if (!constant) stream.fail(problem("E026", { span: spanOf(operand) }, what));
  }
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
