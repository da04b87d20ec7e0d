import { rebind } from "./bind.js";
import type { Node } from "./node.js";
import { nodesBetween } from "./order.js";

/**
 * `outputs` with the nodes of `known` replaced, rebuilt in the current trace. Nodes shallower than `minDepth`
 * cannot depend on what is replaced and stay. `known` is filled with every node met.
 */
export function replay(outputs: readonly Node[], known: Map<Node, Node>, minDepth = 0): Node[] {
  for (const node of nodesBetween(known.keys(), outputs, minDepth)) {
    const inputs = substituted(node.inputs, known);
    if (inputs === node.inputs) continue;
    const copy = rebind(node, inputs);
    copy.label ??= node.label;
    known.set(node, copy);
  }
  return outputs.map((output) => known.get(output) ?? output);
}

/** What stands for nodes; the same list if nothing else stands for any. */
export function substituted(
  nodes: readonly Node[],
  known: ReadonlyMap<Node, Node>,
): readonly Node[] {
  let now: Node[] | undefined;
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as Node;
    const next = known.get(node);
    if (next === undefined || next === node) continue;
    now ??= [...nodes];
    now[i] = next;
  }
  return now ?? nodes;
}
