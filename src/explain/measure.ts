import { scalarNode } from "../core/bind.js";
import { Body } from "../core/body.js";
import { isFloat } from "../core/dtype.js";
import type { Node, Tensor } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import type { Inputs, Partial } from "../core/primitive.js";
import { runBody } from "../core/run-body.js";
import { reopenTrace } from "../core/trace.js";
import type { TensorType, Value } from "../core/type.js";
import { zero } from "../core/zero.js";
import type { Graph } from "../graph/graph.js";
import { mask } from "../ops/select.js";
import { filled } from "../ops/shape.js";
import { reverse } from "../transforms/pullback.js";
import { type MaybeTangent, nodeOf } from "../transforms/tangent.js";
import { type Rule, ruleOf } from "./rules.js";

/** One use of a node by an operation, with the nodes that hold its numbers. */
export interface MeasuredEdge {
  readonly to: Node;
  readonly at: number;
  readonly from: Node;
  /** Local partial, or undefined where it is no tensor of the operation's shape. */
  readonly partial: Tensor | undefined;
  /** The branch taken, where the partial is one masked by a condition. */
  readonly branch: Branch | undefined;
  /** Cotangents of `to`, one or one per element of a tuple; zeros left out. */
  readonly upstream: readonly (Tensor | undefined)[];
  /** Of graphs with tensors. */
  readonly rule: Rule | undefined;
  /** What it adds to the cotangent of `from`; undefined for a structural zero. */
  readonly contribution: Tensor | undefined;
}

/** A partial that is `value` under a condition and 0 otherwise. */
export interface Branch {
  readonly condition: Tensor;
  readonly value: Tensor;
}

/** The graph's operations and its edges in backward order, as nodes of the same graph. */
export interface Measured {
  /** Nodes that depend on an input, inputs first. */
  readonly nodes: readonly Node[];
  readonly edges: readonly MeasuredEdge[];
}

/** Builds local partials and the backward pass of the graph's scalar output beside it. */
export function measure(graph: Graph, output: Tensor): Measured {
  const inputs = new Set<Node>(graph.inputs);
  const between = nodesBetween(graph.inputs, [output]);
  // a result that depends on nothing is shown all the same
  const nodes = [...graph.inputs, ...between.filter((node) => node.depth > 0 || node === output)];
  const scalar = nodes.every(({ type }) => type.kind === "tensor" && type.shape.length === 0);
  const edges = reopenTrace(graph.trace, () => {
    const heard = listen(graph, output);
    const found: MeasuredEdge[] = [];
    for (let i = nodes.length - 1; i >= 0; i--) {
      const to = nodes[i] as Node;
      if (inputs.has(to)) continue;
      to.inputs.forEach((from, at) => {
        if (from.depth === 0) return;
        const { upstream, contribution } = heard.get(to)?.[at] ?? {
          upstream: [],
          contribution: undefined,
        };
        const rule = scalar ? undefined : ruleOf(graph, to, at);
        found.push({ to, at, from, ...partialOf(to, at), rule, upstream, contribution });
      });
    }
    return found;
  });
  return { nodes, edges };
}

type Heard = Pick<MeasuredEdge, "upstream" | "contribution">;

function listen(graph: Graph, output: Tensor): Map<Node, Heard[]> {
  const heard = new Map<Node, Heard[]>();
  const asNode = (tangent: MaybeTangent): Tensor | undefined => {
    const node = nodeOf(tangent);
    return node === zero ? undefined : node;
  };
  const wrt = graph.inputs.filter((input) => isFloat(input.dtype));
  const seed = scalarNode(1, { ...output.type, weak: false });
  reverse([output], wrt, graph.trace.depth, (node, at, cotangents, contribution) => {
    const list = heard.get(node) ?? [];
    list[at] = {
      upstream: Array.from(cotangents, (ct) => asNode(ct ?? zero)),
      contribution: asNode(contribution),
    };
    heard.set(node, list);
  }).pull([{ node: seed }]);
  return heard;
}

/** ∂node/∂input at a position as a node of the operation's shape. */
function partialOf(node: Node, at: number): Pick<MeasuredEdge, "partial" | "branch"> {
  if (node.type.kind !== "tensor" || !isFloat(node.type.dtype))
    return { partial: undefined, branch: undefined };
  const { derivative } = node.primitive;
  if (derivative.kind !== "elementwise")
    return { partial: localSlope(node, at, node.type), branch: undefined };
  const rule = derivative.partials[at];
  const partial =
    rule === undefined || rule === zero
      ? zero
      : rule(node.inputs as unknown as Inputs<Tensor>, node as Tensor, node.params);
  const branch = branchOf(partial, node.type);
  return {
    partial:
      branch === undefined ? asTensor(partial, node.type) : mask(branch.condition, branch.value),
    branch,
  };
}

/** Derivative of a scalar by a scalar operand, by a backward step of its own. */
function localSlope(node: Node, at: number, type: TensorType): Tensor | undefined {
  const input = (node.inputs[at] as Node).type;
  if (type.shape.length > 0 || input.kind !== "tensor" || input.shape.length > 0) return undefined;
  let found: MaybeTangent = zero;
  const wrt = [...new Set(node.inputs.filter((one) => one.depth > 0))];
  reverse([node], wrt, 1, (heard, position, _, contribution) => {
    if (heard === node && position === at) found = contribution;
  }).pull([{ node: scalarNode(1, { ...type, weak: false }) }]);
  const slope = nodeOf(found);
  return slope === zero ? splat(0, type) : slope;
}

function branchOf(partial: Partial, type: TensorType): Branch | undefined {
  if (typeof partial !== "object" || "primitive" in partial) return undefined;
  return { condition: partial.where, value: asTensor(partial.value, type) };
}

function asTensor(partial: Partial, type: TensorType): Tensor {
  if (partial === zero) return splat(0, type);
  return typeof partial === "number" ? splat(partial, type) : (partial as Tensor);
}

function splat(value: number, type: TensorType): Tensor {
  return filled(type.shape, value, type.dtype);
}

/** Values of nodes of the graph at given inputs. */
export function valuesAt(
  graph: Graph,
  inputs: readonly Value[],
  nodes: readonly Node[],
): Map<Node, Value> {
  const distinct = [...new Set(nodes)];
  const values = runBody(new Body(graph.inputs, distinct), inputs);
  return new Map(distinct.map((node, i) => [node, values[i] as Value]));
}
