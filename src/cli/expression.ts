import { traceProgram } from "../explain/index.js";
import {
  type GivenValue,
  nearest,
  type Program,
  parse,
  parseAssignments,
} from "../formula/index.js";
import { type Graph, type Tensor, tensor } from "../index.js";
import { exitCodes, Failure } from "./failure.js";
import { messages } from "./words/errors.js";

/** A number, or a tensor made from nested lists. */
export type Point = Readonly<Record<string, number | Tensor>>;

/** An expression at a point. */
export interface Task {
  readonly source: string;
  readonly program: Program;
  /** In the order the expression names them. */
  readonly variables: readonly string[];
  readonly values: readonly (number | Tensor)[];
  /** Over the variables, in that order. */
  readonly graph: Graph;
}

/** Reads values: several `--at` count as one list. Throws FormulaError. */
export function readPoint(texts: readonly string[]): Point {
  return Object.fromEntries(
    parseAssignments(texts.join(", ")).map(({ name, value }) => [name, numbersOf(value)]),
  );
}

function numbersOf(value: GivenValue): number | Tensor {
  return typeof value === "number" ? value : (tensor(value as readonly number[]) as Tensor);
}

/**
 * Reads an expression and its values and traces it. Throws FormulaError for mistakes in the text, Failure for a
 * variable without a value, a value without a variable, and a result that is not one number.
 */
export function readTask(source: string, at: readonly string[]): Task {
  const text = source.trim();
  const point = readPoint(at);
  const program = parse(text, { variables: Object.keys(point) });
  const { variables } = program;
  const missing = variables.filter((name) => !Object.hasOwn(point, name));
  if (missing.length > 0) {
    const extra = Object.keys(point).find((name) => !variables.includes(name));
    const meant = extra === undefined ? undefined : nearest(extra, missing);
    throw new Failure(
      exitCodes.usage,
      messages.missingValues(missing.join(", ")),
      extra === undefined || meant === undefined
        ? (missing.includes("e") ? messages.addEuler : messages.addValues)(
            missing.map((name) => `${name}=1`).join(","),
          )
        : messages.misnamedValue(extra, meant),
    );
  }
  refuseUnused(point, variables);
  refuseConstants(variables);
  const values = variables.map((name) => point[name] as number | Tensor);
  return { source: text, program, variables, values, graph: graphOf(program, variables, values) };
}

/** Throws Failure where there is nothing to differentiate by. */
export function refuseConstants(variables: readonly string[]): void {
  if (variables.length === 0)
    throw new Failure(exitCodes.usage, messages.nothingToDifferentiate, messages.useAVariable);
}

/** Throws Failure for a value whose variable the expression does not have. */
export function refuseUnused(point: Point, variables: readonly string[]): void {
  for (const name of Object.keys(point)) {
    if (variables.includes(name)) continue;
    throw new Failure(exitCodes.usage, messages.unusedValue(name), remedy(name, variables));
  }
}

/** The graph of a program over its variables, in the order given; throws Failure for results that are no scalar. */
export function graphOf(
  program: Program,
  variables: readonly string[],
  values: readonly (number | Tensor)[],
): Graph {
  const graph = traceProgram(program, variables, values);
  const output = graph.outputs[0] as Tensor;
  const type = `${output.dtype}${output.ndim === 0 ? "" : `[${output.shape.join(", ")}]`}`;
  if (output.dtype !== "f64" && output.dtype !== "f32")
    throw new Failure(exitCodes.usage, messages.noDerivative(type), messages.chooseByIt);
  if (output.ndim > 0) {
    throw new Failure(exitCodes.usage, messages.notScalar(type), messages.makeScalar);
  }
  return graph;
}

/** The variables chosen by `--wrt`, or all. Throws Failure for a name the expression does not have. */
export function chosen(variables: readonly string[], wrt: readonly string[]): readonly string[] {
  for (const name of wrt) {
    if (!variables.includes(name))
      throw new Failure(exitCodes.usage, messages.unusedValue(name), remedy(name, variables));
  }
  return wrt.length === 0 ? variables : variables.filter((name) => wrt.includes(name));
}

function remedy(name: string, variables: readonly string[]) {
  const suggestion = nearest(name, variables);
  if (suggestion !== undefined) return messages.didYouMean(suggestion);
  return variables.length === 0
    ? messages.noVariables
    : messages.itsVariables(variables.join(", "));
}
