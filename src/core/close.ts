import { parameterNode } from "./bind.js";
import { Body } from "./body.js";
import { constant } from "./leaves.js";
import type { Node } from "./node.js";
import { nodesBetween } from "./order.js";
import { replay } from "./replay.js";
import { withTrace } from "./trace.js";
import type { Type } from "./type.js";

export interface Closed {
  /** Inputs: one per captured node, then one per given type. */
  readonly body: Body;
  /** Nodes of the traces outside (and constants other than scalars) that the function reads. */
  readonly captured: readonly Node[];
}

/**
 * Traces `build` over fresh inputs without values and closes the graph: what it reads from outside becomes its
 * first inputs. Expressions of constants alone are computed outside, once.
 */
export function traceBody(
  name: string,
  types: readonly Type[],
  build: (inputs: Node[]) => readonly Node[],
): Closed {
  return withTrace(name, (trace) => {
    const inputs = types.map((type) => parameterNode(type, trace));
    const outputs = build(inputs);
    const captured = capturedBy(inputs, outputs, trace.depth);
    if (captured.length === 0) return { body: new Body(inputs, outputs), captured };
    const formal = captured.map((node) => parameterNode(node.type, trace, node.label));
    const known = new Map<Node, Node>();
    for (const input of inputs) known.set(input, input);
    captured.forEach((node, i) => {
      known.set(node, formal[i] as Node);
    });
    return { body: new Body([...formal, ...inputs], replay(outputs, known)), captured };
  });
}

function capturedBy(inputs: readonly Node[], outputs: readonly Node[], depth: number): Node[] {
  const captured = new Set<Node>();
  const consider = (node: Node): void => {
    if (node.depth < depth && !isScalarLeaf(node)) captured.add(node);
  };
  outputs.forEach(consider);
  for (const node of nodesBetween(inputs, outputs, depth)) node.inputs.forEach(consider);
  return [...captured].sort((a, b) => a.id - b.id);
}

function isScalarLeaf(node: Node): boolean {
  return node.primitive === constant && node.type.kind === "tensor" && node.type.shape.length === 0;
}

/** A closed body over other inputs: replays `body` in the current trace. */
export function inlineBody(body: Body, inputs: readonly Node[]): Node[] {
  const known = new Map<Node, Node>();
  body.inputs.forEach((input, i) => {
    known.set(input, inputs[i] as Node);
  });
  return replay(body.outputs, known);
}
