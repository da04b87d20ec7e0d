import { scalarNode } from "../core/bind.js";
import { isFloat } from "../core/dtype.js";
import { ValueError } from "../core/errors.js";
import { readValue } from "../core/evaluate.js";
import type { Node, Tensor } from "../core/node.js";
import { reopenTrace } from "../core/trace.js";
import { checkSameTree } from "../core/tree.js";
import { type ArrayValue, formatType, type Value } from "../core/type.js";
import { Graph } from "../graph/graph.js";
import { trace } from "../graph/trace.js";
import { cast } from "../ops/cast.js";
import { zerosOf } from "../ops/tape.js";
import { flattenArguments } from "../transforms/functions.js";
import { scalarOutput } from "../transforms/grad.js";
import type { TreeFunction } from "../transforms/typing.js";
import { conditionsOf, taken } from "./choice.js";
import { dataOf } from "./data.js";
import { checkByDifferences } from "./difference.js";
import type {
  BackwardStep,
  CostComparison,
  ExplainedEdge,
  ExplainedNode,
  Explanation,
  Hessian,
  ValueData,
} from "./explanation.js";
import { applicationOf, formulaOf, latexOf } from "./formula.js";
import { type Measured, type MeasuredEdge, measure, valuesAt } from "./measure.js";
import { nameNodes } from "./names.js";
import { countPaths, pathsTo } from "./paths.js";
import { RuleTexts } from "./rule-texts.js";
import { keptBy } from "./rules.js";
import { spokenOf } from "./spoken.js";
import { findWarnings } from "./warnings.js";

export interface ExplainOptions {
  /** Inputs or other nodes whose paths are listed, by name; all inputs unless given. */
  readonly wrt?: readonly string[];
  /** 2 adds the matrix of second derivatives by the inputs that are scalar floats. */
  readonly order?: 1 | 2;
  /** False leaves the differences out: on large tensors they take the most time by far. */
  readonly check?: boolean;
  /** How many paths to list for each input; 50 unless given. The count is exact all the same. */
  readonly paths?: number;
  /** The text the graph was parsed from. */
  readonly expression?: string;
}

/**
 * Explains value and gradient of a graph, or of a function traced for the arguments, at given arguments: every
 * node, edge, step and path with its numbers. The result must be one scalar float; inputs may be tensors.
 * Throws ShapeError for other results, ValueError for an unknown name in `wrt`.
 */
export function explain(
  what: Graph | TreeFunction,
  args: readonly unknown[],
  options: ExplainOptions = {},
): Explanation {
  const graph = what instanceof Graph ? what : trace(what)(...(args as never[]));
  const given = flattenArguments("explain", args);
  checkSameTree("explain", "arguments", graph.inputTree, given.definition);
  const inputs = given.leaves.map(
    (leaf, i) => cast(leaf, (graph.inputs[i] as Tensor).dtype) as Tensor,
  );
  const output = scalarOutput("explain", graph.outputs);
  return assemble(graph, output, inputs.map(arrayOf), options);
}

function arrayOf({ shape, dtype, data }: Tensor): ArrayValue {
  return { shape, dtype, data };
}

function assemble(
  graph: Graph,
  output: Tensor,
  inputs: readonly ArrayValue[],
  options: ExplainOptions,
): Explanation {
  const measured = measure(graph, output);
  const names = nameNodes(measured.nodes, output);
  const nameOf = (node: Node): string => names.get(node) as string;
  const inputNames = graph.inputs.map(nameOf);
  const zeros = new Map<Node, Tensor>();
  reopenTrace(graph.trace, () => {
    for (const node of measured.nodes)
      if (node.type.kind === "tensor") zeros.set(node, zerosOf(node.type));
  });
  const values = valuesAt(graph, inputs, [
    output, // a constant is no node of its own
    ...measured.nodes,
    ...zeros.values(),
    ...measured.edges.flatMap(({ partial, branch, upstream, contribution }) =>
      [partial, branch?.condition, contribution, ...upstream].filter((node) => node !== undefined),
    ),
    ...measured.edges.flatMap(({ partial, branch }) => {
      const formula = branch?.value ?? partial;
      return formula === undefined ? [] : conditionsOf(formula);
    }),
  ]);
  const data = (node: Node): ValueData => dataOf(values.get(node) as Value);
  const rules = new RuleTexts(measured, output, names, values, (edge) => shownPartial(edge, data));
  const { backward, gradients } = backwardSteps(measured, output, nameOf, values, zeros, rules);
  const gradientOf = (node: Node): ValueData => {
    const found = gradients.get(node);
    return found === undefined ? data(zeros.get(node) ?? node) : dataOf(found);
  };
  const contributed = new Map(backward.map((step) => [step.edge, step.contribution]));
  const edges = measured.edges.map((edge): ExplainedEdge => {
    const id = idOf(edge, nameOf);
    const shown = shownPartial(edge, data);
    const partial = edge.partial === undefined ? rules.gradient(edge) : data(edge.partial);
    const formula =
      shown !== undefined
        ? { text: formulaOf(shown, names), latex: latexOf(shown, names) }
        : partial !== null
          ? rules.gradientFormula(edge, partial)
          : { text: `∂${nameOf(edge.to)}/∂${nameOf(edge.from)}`, latex: "" };
    return {
      id,
      from: nameOf(edge.from),
      to: nameOf(edge.to),
      position: edge.at,
      partial,
      formula: formula.text,
      formulaLatex: formula.latex,
      ...rules.symbols(edge),
      contribution: contributed.get(id) ?? 0,
    };
  });
  const partials = new Map<Node, Node[]>(measured.nodes.map((node) => [node, []]));
  for (const { to, partial, rule } of measured.edges)
    partials
      .get(to)
      ?.push(...(partial === undefined ? (rule === undefined ? [] : keptBy(rule)) : [partial]));
  const nodes = measured.nodes.map((node) =>
    explainNode(node, graph, partials.get(node) ?? [], names, data, gradientOf),
  );
  const wrt = chosenNodes(nodes, options.wrt) ?? inputNames;
  const carrying = new Set(backward.map(({ edge }) => edge));
  const passed = edges.filter(({ id }) => carrying.has(id));
  const counts = countPaths(nameOf(output), passed);
  const gradient = Object.fromEntries(
    graph.inputs.map((input) => [nameOf(input), gradientOf(input)]),
  );
  const derivatives = new Map(nodes.map(({ id, gradient: value }) => [id, value]));
  const gradientValues = graph.inputs.map(
    (input) => gradients.get(input) ?? (values.get(zeros.get(input) as Node) as ArrayValue),
  );
  const cost: CostComparison = {
    pathFactors: String(
      inputNames.reduce((total, name) => total + (counts.lengths.get(name) ?? 0n), 0n),
    ),
    backwardEdges: passed.length,
  };
  const hessian = options.order === 2 ? hessianAt(graph, output, inputs, inputNames) : undefined;
  return {
    schema: 1,
    ...(options.expression === undefined ? {} : { expression: options.expression }),
    output: nameOf(output),
    value: data(output),
    inputs: graph.inputs.map((input) => ({
      name: nameOf(input),
      type: formatType(input.type),
      value: data(input),
    })),
    gradient,
    nodes,
    edges,
    forward: nodes
      .filter((node) => node.kind === "operation")
      .map((node) => ({ node: node.id, text: `${node.id} = ${node.text}`, value: node.value })),
    backward,
    paths: wrt
      .map((name) =>
        pathsTo(
          name,
          nameOf(output),
          passed,
          counts,
          options.paths ?? 50,
          derivatives.get(name) as ValueData,
        ),
      )
      .map((sum) => rules.along(sum)),
    check:
      options.check === false
        ? []
        : [
            ...checkByDifferences(graph.inputs, output, inputs, inputNames, gradientValues),
            ...measured.nodes.flatMap((node) => {
              const name = nameOf(node);
              const gradient = gradients.get(node);
              const asked = wrt.includes(name) && !inputNames.includes(name);
              if (!asked || node === output || gradient === undefined) return [];
              const given = [values.get(node) as ArrayValue, ...inputs];
              return checkByDifferences([node, ...graph.inputs], output, given, [name], [gradient]);
            }),
          ],
    cost,
    ...(hessian === undefined ? {} : { hessian }),
    warnings: findWarnings(
      nodes,
      edges,
      backward,
      new Map(measured.nodes.map((node) => [nameOf(node), node.where])),
    ),
  };
}

/** What to write for a partial: of a scalar with cases, the case that holds. */
function shownPartial(
  { partial, branch }: MeasuredEdge,
  data: (node: Node) => ValueData,
): Tensor | undefined {
  if (partial === undefined || partial.shape.length > 0) return partial;
  const holds = (condition: Tensor): boolean => data(condition) === true;
  if (branch === undefined) return taken(partial, holds);
  return holds(branch.condition)
    ? taken(branch.value, holds)
    : (scalarNode(0, partial.type) as Tensor);
}

function idOf(edge: MeasuredEdge, nameOf: (node: Node) => string): string {
  return `${nameOf(edge.from)}→${nameOf(edge.to)}#${edge.at}`;
}

function explainNode(
  node: Node,
  graph: Graph,
  partials: readonly Node[],
  names: ReadonlyMap<Node, string>,
  data: (node: Node) => ValueData,
  gradientOf: (node: Node) => ValueData,
): ExplainedNode {
  const id = names.get(node) as string;
  const isInput = (graph.inputs as readonly Node[]).includes(node);
  return {
    id,
    kind: isInput ? "input" : "operation",
    ...(isInput ? {} : { operation: node.primitive.name }),
    text: isInput ? id : applicationOf(node, names),
    latex: latexOf(node, names, !isInput),
    ...argumentsOf(node, names),
    ...(isInput ? {} : callOf(node)),
    operands: node.inputs.map((input) => names.get(input) ?? formulaOf(input, names)),
    type: formatType(node.type),
    value: data(node),
    gradient: gradientOf(node),
    cache: cacheOf(partials, names),
  };
}

function callOf(node: Node): Pick<ExplainedNode, "call"> {
  const spoken = spokenOf(node);
  if (spoken === undefined || spoken.informal === true) return {};
  const { asCall: _, ...call } = spoken;
  return { call };
}

function argumentsOf(
  node: Node,
  names: ReadonlyMap<Node, string>,
): Pick<ExplainedNode, "arguments" | "params"> {
  const list = node.inputs.map((input) => {
    const name = names.get(input);
    if (name !== undefined) return { node: name };
    return { constant: dataOf(readValue(input)), dtype: (input as Tensor).dtype };
  });
  if (node.params === undefined) return { arguments: list };
  const plain = isPlain(node.params);
  return { arguments: list, params: plain ? node.params : null };
}

function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return typeof value !== "function";
  const isData = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  return isData && Object.values(value).every(isPlain);
}

/** Names of the nodes that partials read: what a module keeps from its forward pass. */
function cacheOf(partials: readonly Node[], names: ReadonlyMap<Node, string>): string[] {
  const read = new Set<string>();
  const between = new Set<Node>();
  const stack: Node[] = [];
  const consider = (node: Node): void => {
    const name = names.get(node);
    if (name !== undefined) read.add(name);
    else if (!between.has(node)) {
      between.add(node);
      stack.push(node);
    }
  };
  partials.forEach(consider);
  for (let node = stack.pop(); node !== undefined; node = stack.pop())
    node.inputs.forEach(consider);
  return [...read];
}

function backwardSteps(
  measured: Measured,
  output: Tensor,
  nameOf: (node: Node) => string,
  values: ReadonlyMap<Node, Value>,
  zeros: ReadonlyMap<Node, Tensor>,
  rules: RuleTexts,
): { backward: BackwardStep[]; gradients: Map<Node, ArrayValue> } {
  const zeroOf = (node: Node): ArrayValue => values.get(zeros.get(node) as Node) as ArrayValue;
  const one = values.get(output) as ArrayValue;
  const gradients = new Map<Node, ArrayValue>([
    [output, { ...one, data: one.data.slice().fill(1) }],
  ]);
  const backward = measured.edges.filter(carries).map((edge): BackwardStep => {
    const isTuple = edge.from.type.kind !== "tensor";
    const contribution =
      edge.contribution === undefined ? undefined : (values.get(edge.contribution) as ArrayValue);
    const before = isTuple ? undefined : (gradients.get(edge.from) ?? zeroOf(edge.from));
    const after =
      before === undefined || contribution === undefined ? before : plus(before, contribution);
    if (after !== undefined) gradients.set(edge.from, after);
    const upstream = gradients.get(edge.to);
    const show = (value: ArrayValue | undefined): ValueData =>
      value === undefined ? [] : dataOf(value);
    return {
      edge: idOf(edge, nameOf),
      ...(upstream === undefined ? {} : rules.numbers(edge, upstream)),
      upstream:
        upstream === undefined
          ? edge.upstream.map((node) =>
              node === undefined ? 0 : dataOf(values.get(node) as Value),
            )
          : dataOf(upstream),
      partial:
        edge.partial === undefined
          ? rules.gradient(edge)
          : dataOf(values.get(edge.partial) as Value),
      contribution:
        contribution === undefined && !isTuple ? dataOf(zeroOf(edge.from)) : show(contribution),
      before: show(before),
      after: show(after),
    };
  });
  return { backward, gradients };
}

/** Whether a derivative goes along an edge: none to or from integers and truth values. */
function carries({ from, to }: MeasuredEdge): boolean {
  return [from, to].every(({ type }) => type.kind !== "tensor" || isFloat(type.dtype));
}

function plus(a: ArrayValue, b: ArrayValue): ArrayValue {
  const data = a.data.slice();
  for (let i = 0; i < data.length; i++) data[i] = (data[i] as number) + (b.data[i] as number);
  return { ...a, data };
}

function chosenNodes(
  nodes: readonly ExplainedNode[],
  wrt: readonly string[] | undefined,
): readonly string[] | undefined {
  const names = nodes.map(({ id }) => id);
  const unknown = wrt?.find((name) => !names.includes(name));
  if (unknown === undefined) return wrt;
  throw new ValueError("explain", {
    expected: `nodes among ${names.join(", ")} in wrt`,
    received: unknown,
  });
}

function hessianAt(
  graph: Graph,
  output: Tensor,
  inputs: readonly ArrayValue[],
  variables: readonly string[],
): Hessian | undefined {
  const scalars = [...graph.inputs.keys()].filter((i) => {
    const { shape, dtype } = graph.inputs[i] as Tensor;
    return shape.length === 0 && isFloat(dtype);
  });
  if (scalars.length === 0) return undefined;
  const rows = scalars.map((i) => {
    const first = graph.gradient(i, output);
    return scalars.map((j) => first.gradient(j).outputs[0] as Tensor);
  });
  const values = valuesAt(graph, inputs, rows.flat());
  return {
    variables: scalars.map((i) => variables[i] as string),
    values: rows.map((row) => row.map((node) => dataOf(values.get(node) as Value) as number)),
  };
}
