import {
  type Explanation,
  explain,
  findNode,
  growDerivatives,
  nameGraph,
  traceProgram,
} from "../../../src/explain/index.js";
import { FormulaError, noteOnE, type Program, parse } from "../../../src/formula/index.js";
import {
  type Graph,
  multiply,
  type Tensor,
  tensor,
  treeFlatten,
  ValueError,
} from "../../../src/index.js";
import type { InputValue } from "../state/state.js";
import type { Answer, Question, RefusalReason, Reply } from "./messages.js";

/** Squares as products of a value with itself: two edges, two paths. */
const twice = { functions: { square: (x: Tensor): Tensor => multiply(x, x) as Tensor } };

/** Reads a formula, differentiates it and explains everything: the same steps as `cotangent explain`. */
export function answer(question: Question): Reply {
  let inputs: Answer["inputs"] | undefined;
  try {
    const program = parse(question.expr, {
      variables: Object.keys(question.inputs),
      ...(question.twice ? twice : {}),
    });
    inputs = program.variables.map(
      (name, i) =>
        [name, given(question.inputs, name) ?? (usual[i % usual.length] as number)] as const,
    );
    return explained(question, program, inputs);
  } catch (error) {
    const known = inputs === undefined ? {} : { inputs };
    return { kind: "refusal", question, problem: problemOf(error), ...known };
  }
}

/** The value of a variable, which may be called as what objects inherit. */
function given(inputs: Question["inputs"], name: string): InputValue | undefined {
  return Object.hasOwn(inputs, name) ? inputs[name] : undefined;
}

class Refused extends Error {
  readonly reason: RefusalReason;
  constructor(reason: RefusalReason) {
    super(reason.reason);
    this.reason = reason;
  }
}

function explained(question: Question, program: Program, inputs: Answer["inputs"]): Answer {
  const { variables } = program;
  if (variables.length === 0) throw new Refused({ reason: "no variables" });
  const values = inputs.map(([, value]) => asTensor(value));
  const graph = traceProgram(program, variables, values, question.twice ? twice : {});
  const result = graph.outputs[0] as Tensor;
  const type = formatType(result);
  if (result.dtype !== "f64" && result.dtype !== "f32")
    throw new Refused({ reason: "no derivative", type });
  if (result.ndim > 0) throw new Refused({ reason: "not scalar", type });
  nameGraph(graph);
  const target = targetOf(graph, question.of);
  const [wrt, explanation] = explainBy(target, values, question, variables[0] as string);
  const squares = question.twice || explanation.nodes.some((node) => node.operation === "square");
  const noted = noteOnE(program);
  const { order } = question;
  const grown = order === 0 ? {} : { grown: growDerivatives(target, values, order) };
  return {
    kind: "answer",
    question,
    inputs,
    explanation,
    result: result.label ?? explanation.output,
    wrt,
    squares,
    ...(noted === undefined ? {} : { noted }),
    ...grown,
  };
}

function formatType({ dtype, shape }: Tensor): string {
  return shape.length === 0 ? dtype : `${dtype}[${shape.join(", ")}]`;
}

/** The graph of the node asked for, a derivative perhaps; of the result where there is no such node. */
function targetOf(graph: Graph, name: string): Graph {
  const node = name === "" ? undefined : findNode(graph, name);
  if (node === undefined || node.depth === 0 || node.ndim > 0) return graph;
  return graph.with([node], treeFlatten(0).definition);
}

/** By the node asked for, or by the first variable where there is no such node. */
function explainBy(
  graph: Graph,
  values: readonly (number | Tensor)[],
  { wrt, order, expr: expression }: Question,
  first: string,
): [string, Explanation] {
  const options = { expression, ...(order === 2 ? { order } : {}) };
  try {
    return [wrt, explain(graph, values, { ...options, wrt: [wrt] })];
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return [first, explain(graph, values, { ...options, wrt: [first] })];
  }
}

/** Values of variables nobody gave one. */
const usual = [2, 3, 1, 0.5, -1];

function asTensor(value: InputValue): number | Tensor {
  return typeof value === "number" ? value : (tensor(value as readonly number[]) as Tensor);
}

function problemOf(error: unknown) {
  if (error instanceof FormulaError) return error.problem;
  if (error instanceof Refused) return error.reason;
  if (error instanceof Error) return { reason: "other", text: error.message } as const;
  throw error;
}
