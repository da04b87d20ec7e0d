import { asTensor } from "../core/convert.js";
import { DTypeError, ShapeError, ValueError } from "../core/errors.js";
import { Tensor } from "../core/node.js";
import { tensor } from "../core/tensor.js";
import { formatType } from "../core/type.js";
import type { NestedNumbers, TensorLike } from "../core/typing.js";
import { noteCall, noteSpelling } from "./called.js";
import { FormulaError } from "./error.js";
import { complaintText } from "./expectations.js";
import { meansOfSeveral } from "./names.js";
import { nearest } from "./nearest.js";
import { type Operator, operators } from "./operators.js";
import { printExpression } from "./print.js";
import { type Problem, problem } from "./problem.js";
import type { ParameterKind, Signature } from "./signatures.js";
import { Source, type Span } from "./source.js";
import { type Expression, type Operation, type Program, postorder } from "./syntax.js";
import { placeOf } from "./template.js";

/** The functions a formula may call, by name: tensors, numbers and constant data in, a tensor out. */
export type Functions = Readonly<Record<string, unknown>>;

export interface BuildSettings {
  readonly functions: Functions;
  readonly signatures: ReadonlyMap<string, Signature>;
  /** Values of the variables by name. */
  readonly variables?: Readonly<Record<string, TensorLike>>;
  /** Values of a `math` tag. */
  readonly holes?: readonly TensorLike[];
  /** Told of every tensor on the way, with the expression it stands for. */
  readonly onTensor?: (value: Tensor, expression: Expression) => void;
}

/** What stands on the way: tensors, plain numbers, words and lists of them. */
type Value = Tensor | number | boolean | string | readonly Value[];

/**
 * Computes a program: every operation it names is called once, on tensors or numbers, so that under a transform it
 * becomes part of the graph. Definitions name their nodes. Sums, differences, products and quotients of numbers alone
 * are computed at once. Throws FormulaError with the place: for a variable without a value, an operation that is not
 * there, and around what an operation says of its arguments (`cause`).
 */
export function buildProgram(program: Program, settings: BuildSettings): Tensor {
  const builder = new Builder(program, settings);
  for (const { name, value } of program.definitions) {
    const result = builder.evaluate(value);
    const made = value.kind === "operation" || value.kind === "call" || value.kind === "negation";
    if (made && result instanceof Tensor) result.label ??= name;
    builder.define(name, result);
  }
  return builder.toTensor(builder.evaluate(program.value), program.value);
}

class Builder {
  private readonly program: Program;
  private readonly settings: BuildSettings;
  private readonly values: Map<string, Value>;
  private source: Source | undefined;
  /** Lists of values that are not stacked: arguments of `concatenate` and its like. */
  private readonly whole: Set<Expression> = new Set();

  constructor(program: Program, settings: BuildSettings) {
    this.program = program;
    this.settings = settings;
    this.values = new Map(
      Object.entries(settings.variables ?? {}).map(([name, value]) => [
        name,
        asTensor(value, name),
      ]),
    );
    for (const name of program.variables) {
      if (this.values.has(name)) continue;
      const span = placeOf(program, name);
      this.fail(problem("E050", { span }, name, nearest(name, this.values.keys())));
    }
  }

  define(name: string, value: Value): void {
    this.values.set(name, value);
  }

  evaluate(root: Expression): Value {
    const stack: Value[] = [];
    const order = postorder(root);
    this.noteLists(order);
    for (const node of order) {
      const value = this.apply(node, stack);
      if (value instanceof Tensor) this.settings.onTensor?.(value, node);
      stack.push(value);
    }
    return stack[0] as Value;
  }

  /** Notes the lists that go to a function as they are. */
  private noteLists(order: readonly Expression[]): void {
    for (const node of order) {
      if (node.kind !== "call") continue;
      const { parameters } = this.settings.signatures.get(node.name) ?? {};
      node.args.forEach((argument, i) => {
        if (kindAt(parameters, i) === "tensors") this.whole.add(argument);
      });
    }
  }

  private apply(node: Expression, stack: Value[]): Value {
    switch (node.kind) {
      case "number":
      case "text":
      case "constant":
        return node.value;
      case "variable":
        return this.values.get(node.name) as Value;
      case "hole":
        return this.settings.holes?.[node.index] as Value;
      case "negation": {
        const x = stack.pop() as Value;
        return typeof x === "number" ? -x : this.call("negative", [x], node.span, [node.operand]);
      }
      case "operation": {
        const right = stack.pop() as Value;
        return this.operate(node, stack.pop() as Value, right);
      }
      case "list":
        return this.list(stack.splice(stack.length - node.items.length), node);
      case "call": {
        const values = stack.splice(stack.length - node.options.length);
        const args = stack.splice(stack.length - node.args.length);
        const options = node.options.map((option, i) => [option.name, values[i]] as const);
        const { name, span } = node;
        const written = this.wordAt(span) ?? name;
        const result = this.call(name, args, span, node.args, options, written);
        if (result instanceof Tensor && options.length === 0) noteCall(result, name, args);
        if (result instanceof Tensor && meansOfSeveral(written, name))
          noteSpelling(result, name, written);
        return result;
      }
    }
  }

  /** The word at the start of a call. */
  private wordAt(span: Span): string | undefined {
    this.source ??= new Source(this.program.source);
    return /^[\p{L}_][\p{L}\p{N}_]*/u.exec(this.source.slice(span))?.[0];
  }

  private operate(node: Operation, x: Value, y: Value): Value {
    const { operator, left, right, span } = node;
    if (typeof x === "number" && typeof y === "number") {
      const folded = arithmetic(operator, x, y);
      if (folded !== undefined) return folded;
    }
    if (operator === "^" && y === 2 && this.has("square"))
      return this.call("square", [x], span, [left]);
    const { functions } = operators[operator];
    const name = functions.find((candidate) => this.has(candidate)) ?? (functions[0] as string);
    return this.call(name, [x, y], span, [left, right], [], operator);
  }

  /** A list of numbers stays data; one with tensors in it is stacked. */
  private list(items: Value[], node: Expression): Value {
    if (items.every(isData) && !this.whole.has(node)) return items;
    const tensors = items.map(asArgument);
    return this.whole.has(node) ? tensors : this.call("stack", [tensors], node.span, [node]);
  }

  private has(name: string): boolean {
    return Object.hasOwn(this.settings.functions, name);
  }

  private call(
    name: string,
    args: readonly Value[],
    span: Span,
    operands: readonly Expression[],
    options: readonly (readonly [string, unknown])[] = [],
    written = name,
  ): Value {
    const f = this.has(name) ? this.settings.functions[name] : undefined;
    if (typeof f !== "function") return this.fail(problem("E051", { span }, name));
    const { parameters } = this.settings.signatures.get(name) ?? {};
    try {
      const values = args.map((argument, i) =>
        kindAt(parameters, i) === "tensor" ? asArgument(argument) : argument,
      );
      const last = options.length > 0 ? [Object.fromEntries(options)] : [];
      return (f as (...values: unknown[]) => Value)(...values, ...last);
    } catch (error) {
      if (
        !(error instanceof ShapeError || error instanceof DTypeError || error instanceof ValueError)
      )
        throw error;
      const { expected, received } = error.complaint;
      const texts = operands.map((operand) => printExpression(operand));
      const types = args.map(typeText).join(", ");
      const said = complaintText(expected, received, types, texts);
      const number = /\b(axis|axes|vectors?|matri)/.test(expected)
        ? operands.find((operand, i) => operand.kind === "variable" && isNumber(args[i]))
        : undefined;
      const name = number?.kind === "variable" ? number.name : undefined;
      return this.fail(problem("E052", { span }, written, said, name), error);
    }
  }

  toTensor(value: Value, expression: Expression): Tensor {
    if (typeof value === "string") return this.fail(problem("E029", { span: expression.span }));
    return asTensor(asArgument(value) as TensorLike, "formula");
  }

  private fail(complaint: Problem, cause?: unknown): never {
    throw new FormulaError(complaint, this.program.source, cause === undefined ? {} : { cause });
  }
}

function kindAt(parameters: readonly ParameterKind[] | undefined, at: number): ParameterKind {
  return parameters?.[Math.min(at, parameters.length - 1)] ?? "tensor";
}

/** Data as a tensor, where a value to compute with is asked for. */
function asArgument(value: Value): Value {
  return Array.isArray(value) ? tensor(value as NestedNumbers) : value;
}

function typeText(value: Value): string {
  if (value instanceof Tensor) return formatType({ ...value.type, weak: false });
  return typeof value === "string" || Array.isArray(value) ? JSON.stringify(value) : String(value);
}

/** Whether it is a tensor without axes. */
function isNumber(value: Value | undefined): boolean {
  return value instanceof Tensor && value.ndim === 0;
}

function isData(value: Value): boolean {
  return !(value instanceof Tensor) && typeof value !== "string";
}

/** IEEE arithmetic on plain numbers: what the operations would compute. */
function arithmetic(operator: Operator, x: number, y: number): number | undefined {
  switch (operator) {
    case "+":
      return x + y;
    case "-":
      return x - y;
    case "*":
      return x * y;
    case "/":
      return x / y;
    default:
      return undefined;
  }
}
