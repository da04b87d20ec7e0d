import { isFloat } from "../core/dtype.js";
import { NotDifferentiableError } from "../core/errors.js";
import { elementIndex, project } from "../core/leaves.js";
import type { Node } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import type { BodyFlow, Derivative, Flow, Severed } from "../core/primitive.js";
import { elementTypes, type Type } from "../core/type.js";
import { zero } from "../core/zero.js";

/**
 * Which of `nodes` (in topological order) carry a derivative with respect to `seeds`. An integer that came from
 * a differentiable input through an operation declared not differentiable may be used as an index or compared;
 * turned back into a float it throws NotDifferentiableError, because its derivative would be a silent zero.
 */
export function activeNodes(seeds: Iterable<Node>, nodes: readonly Node[]): NodeSet {
  const flows = new Map<Node, Flow>();
  for (const seed of seeds) flows.set(seed, "active");
  spreadFlows(flows, nodes);
  return { has: (node) => flows.get(node) === "active" };
}

export type NodeSet = Pick<ReadonlySet<Node>, "has">;

/**
 * Throws NotDifferentiableError if an output came from `seeds` through an operation without a derivative: its
 * tangent was asked for, and zero would be a wrong answer.
 */
export function refuseSevered(
  seeds: Iterable<Node>,
  outputs: readonly Node[],
  minDepth: number,
): void {
  const flows = new Map<Node, Flow>();
  for (const seed of seeds) flows.set(seed, "active");
  spreadFlows(flows, nodesBetween(flows.keys(), outputs, minDepth));
  for (const output of outputs) {
    const flow = flows.get(output);
    if (typeof flow === "object") throw severedError(flow);
  }
}

const throughBody: BodyFlow = (body, inputs) => {
  const flows = new Map(body.inputs.map((input, i) => [input, inputs[i]]));
  spreadFlows(flows, nodesBetween(body.inputs, body.outputs, 1));
  return body.outputs.map((output) => flows.get(output));
};

/** Adds the flow of each node; a tuple is active where any of its elements is. */
function spreadFlows(flows: Map<Node, Flow>, nodes: readonly Node[]): void {
  const elements = new Map<Node, readonly Flow[]>();
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as Node;
    if (node.primitive === project) {
      const tuple = node.inputs[0] as Node;
      const own = elements.get(tuple)?.[elementIndex(node)];
      if (own !== undefined) flows.set(node, own);
      continue;
    }
    if (node.primitive.derivative.kind === "elementwise") {
      const flow = flowThrough(node, node.primitive.derivative, flows);
      if (flow !== undefined) flows.set(node, flow);
      continue;
    }
    const inputs = node.inputs.map((input) => flows.get(input));
    if (inputs.every((flow) => flow === undefined)) continue;
    const own = flowsOf(node, inputs);
    if (node.type.kind === "tuple") elements.set(node, own);
    const total = own.find((flow) => flow === "active") ?? own.find((flow) => flow !== undefined);
    if (total !== undefined) flows.set(node, total);
  }
}

/** The flow through an elementwise operation: what `flowsOf` gives, without lists. */
function flowThrough(
  node: Node,
  { partials }: Extract<Derivative<unknown>, { kind: "elementwise" }>,
  flows: ReadonlyMap<Node, Flow>,
): Flow {
  let active = false;
  let cut: Severed | undefined;
  for (let at = 0; at < partials.length; at++) {
    if (partials[at] === zero) continue;
    const flow = flows.get(node.inputs[at] as Node);
    if (flow === "active") active = true;
    else cut ??= flow;
  }
  const { type } = node;
  const carries = type.kind === "tensor" ? isFloat(type.dtype) : carriesTangent(type);
  if (!carries) return cut;
  if (cut !== undefined) throw severedError(cut);
  return active ? "active" : undefined;
}

/** The flow to each element of a node. */
function flowsOf(node: Node, inputs: readonly Flow[]): readonly Flow[] {
  const { derivative } = node.primitive;
  if (derivative.kind === "general" && derivative.flow !== undefined)
    return derivative.flow(inputs, node.params, throughBody);
  const reaching = differentiablePositions(node).map((at) => inputs[at]);
  const active = reaching.includes("active");
  const cut =
    active && derivative.kind === "none"
      ? { operation: node.primitive.name, why: derivative.why }
      : reaching.find((flow) => typeof flow === "object");
  return elementTypes(node.type).map((type) => {
    if (!carriesTangent(type)) return cut;
    if (cut !== undefined) throw severedError(cut);
    return active ? "active" : undefined;
  });
}

function severedError({ operation, why }: Severed): NotDifferentiableError {
  return new NotDifferentiableError(operation, {
    expected: "a differentiable operation",
    received: `${operation}, which has no derivative: ${why}`,
    fix: "wrap its result in stopGradient(…) if it is meant as a constant",
  });
}

/** Whether values of this type have tangents: floats, and tuples or tapes of them. */
export function carriesTangent(type: Type): boolean {
  if (type.kind === "tuple") return type.elements.some(carriesTangent);
  return type.kind === "tape" ? carriesTangent(type.element) : isFloat(type.dtype);
}

/** The inputs that an operation other than an elementwise one depends on differentiably, by position. */
function differentiablePositions({ primitive, inputs, params }: Node): readonly number[] {
  const { derivative } = primitive;
  if (derivative.kind === "linear") return derivative.groups(inputs.length, params).flat();
  const inert =
    derivative.kind === "general" ? derivative.inert?.(inputs.length, params) : undefined;
  return [...inputs.keys()].filter((at) => !inert?.includes(at));
}
