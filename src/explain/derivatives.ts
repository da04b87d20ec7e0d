import { scalarNode } from "../core/bind.js";
import { isFloat } from "../core/dtype.js";
import type { Node, Tensor } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import { reopenTrace } from "../core/trace.js";
import { type ArrayValue, formatType, type Value } from "../core/type.js";
import { zero } from "../core/zero.js";
import type { Graph } from "../graph/graph.js";
import { cast } from "../ops/cast.js";
import { flattenArguments } from "../transforms/functions.js";
import { scalarOutput } from "../transforms/grad.js";
import { reverse } from "../transforms/pullback.js";
import { instantiate, nodeOf } from "../transforms/tangent.js";
import { dataOf } from "./data.js";
import type { ValueData } from "./explanation.js";
import { applicationOf } from "./formula.js";
import { valuesAt } from "./measure.js";
import { nameNodes } from "./names.js";

/** A graph with its derivatives grown beside it: plain data. */
export interface DerivativeGraph {
  /** Inputs first, then operations in an order they can be computed in. */
  readonly nodes: readonly DerivativeNode[];
  readonly edges: readonly DerivativeEdge[];
}

export interface DerivativeNode {
  readonly id: string;
  /** `derivative`: needed for a derivative and not for the result. */
  readonly kind: "input" | "operation" | "derivative";
  /** The derivatives it is, all of them: one node serves whatever has the same formula. */
  readonly derivatives: readonly string[];
  readonly text: string;
  readonly type: string;
  readonly value: ValueData;
}

export interface DerivativeEdge {
  /** `from→to#position` */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly position: number;
}

/**
 * Names the nodes of a graph as explanations do (`u`, `v`, …, `f`), so that every graph grown from it keeps the
 * names. What has a label keeps it.
 */
export function nameGraph(graph: Graph): void {
  const output = scalarOutput("nameGraph", graph.outputs);
  const between = nodesBetween(graph.inputs, [output]).filter((node) => node.depth > 0);
  for (const [node, name] of nameNodes([...graph.inputs, ...between], output)) node.label ??= name;
}

/**
 * The first derivatives of a scalar graph by its inputs and everything on the way, with `order` 2 also the second ones
 * by pairs of scalar inputs, in the same graph: shared subexpressions are one node. Derivatives are labelled `∂f/∂a`,
 * `∂²f/∂a∂b`, and `Graph.node` finds them. Throws ShapeError for results that are no scalar.
 */
export function growDerivatives(
  graph: Graph,
  args: readonly unknown[],
  order: 1 | 2,
): DerivativeGraph {
  const output = scalarOutput("growDerivatives", graph.outputs);
  nameGraph(graph);
  const own = new Set<Node>([
    ...graph.inputs,
    ...nodesBetween(graph.inputs, [output]).filter((node) => node.depth > 0),
  ]);
  const found = namedDerivatives(graph, output, order);
  const roots = [...found.keys()].filter((node) => !own.has(node));
  const grown = nodesBetween(graph.inputs, [output, ...roots]).filter(
    (node) => node.depth > 0 || found.has(node),
  );
  for (const [node, [first]] of found) if (node.depth > 0) node.label ??= first as string;
  const nodes = [...graph.inputs, ...grown];
  // a number that happens to be a derivative is no node that others read
  const names = nameNodes(
    nodes.filter((node) => node.depth > 0 || node === output),
    output,
  );
  const nameOf = (node: Node): string => names.get(node) ?? (found.get(node)?.[0] as string);
  const given = flattenArguments("growDerivatives", args);
  const inputs = given.leaves.map((leaf, i): ArrayValue => {
    const { shape, dtype, data } = cast(leaf, (graph.inputs[i] as Tensor).dtype) as Tensor;
    return { shape, dtype, data };
  });
  const values = valuesAt(graph, inputs, nodes);
  const isInput = (node: Node): boolean => (graph.inputs as readonly Node[]).includes(node);
  return {
    nodes: nodes.map((node) => ({
      id: nameOf(node),
      kind: isInput(node) ? "input" : own.has(node) ? "operation" : "derivative",
      derivatives: found.get(node) ?? [],
      text: isInput(node) ? nameOf(node) : applicationOf(node, names),
      type: formatType(node.type),
      value: dataOf(values.get(node) as Value),
    })),
    edges: nodes
      .filter((node) => !isInput(node))
      .flatMap((to) =>
        to.inputs.flatMap((from, position): DerivativeEdge[] => {
          if (!names.has(from)) return [];
          const id = `${nameOf(from)}→${nameOf(to)}#${position}`;
          return [{ id, from: nameOf(from), to: nameOf(to), position }];
        }),
      ),
  };
}

/**
 * The node of that name in a graph or among its first and second derivatives (`h`, `∂f/∂a`, `∂²f/∂a∂b`), of a graph
 * named by `nameGraph`; undefined where there is none.
 */
export function findNode(graph: Graph, name: string): Tensor | undefined {
  const own = graph.nodes.find((node) => node.label === name);
  if (own !== undefined || !name.startsWith("∂")) return own as Tensor | undefined;
  const output = scalarOutput("findNode", graph.outputs);
  const found = namedDerivatives(graph, output, name.startsWith("∂²") ? 2 : 1);
  const [node, names] = [...found].find(([, all]) => all.includes(name)) ?? [];
  if (node !== undefined && node.depth > 0) node.label ??= names?.[0] as string;
  return node as Tensor | undefined;
}

/** Every derivative asked for, by node, with all its names. */
function namedDerivatives(graph: Graph, output: Tensor, order: 1 | 2): Map<Node, string[]> {
  const found = new Map<Node, string[]>();
  const note = (node: Node | undefined, name: string): void => {
    if (node === undefined || node === output) return;
    const list = found.get(node);
    if (list === undefined) found.set(node, [name]);
    else if (!list.includes(name)) list.push(name);
  };
  const f = output.label?.startsWith("∂") ? `(${output.label})` : output.label;
  const floats = graph.inputs.filter((input) => isFloat(input.dtype));
  const { firsts, between } = backward(graph, output, floats);
  for (const [i, first] of firsts.entries()) note(first, `∂${f}/∂${floats[i]?.label}`);
  for (const [node, derivative] of between) note(derivative, `∂${f}/∂${node.label}`);
  if (order === 1) return found;
  for (const [i, first] of firsts.entries()) {
    if (first.shape.length > 0) continue;
    for (const second of floats.slice(i).filter(({ shape }) => shape.length === 0)) {
      const [a, b] = [floats[i]?.label, second.label];
      const by = a === b ? `∂${a}²` : `∂${a}∂${b}`;
      note(graph.gradient(second, first).outputs[0], `∂²${f}/${by}`);
    }
  }
  return found;
}

/** One backward pass: the derivatives by the inputs, and those met on the way. */
function backward(
  graph: Graph,
  output: Tensor,
  inputs: readonly Tensor[],
): { firsts: Tensor[]; between: Map<Node, Node> } {
  const between = new Map<Node, Node>();
  const firsts = reopenTrace(graph.trace, () => {
    const seed = scalarNode(1, output.type);
    const pulled = reverse([output], inputs, graph.trace.depth, (node, _, [ct]) => {
      const arrived = nodeOf(ct ?? zero);
      if (arrived !== zero && node !== output) between.set(node, arrived);
    }).pull([{ node: seed }]);
    return pulled.map((tangent, i) => instantiate(tangent, (inputs[i] as Tensor).type) as Tensor);
  });
  return { firsts, between };
}
