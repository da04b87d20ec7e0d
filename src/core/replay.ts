import { bind } from "./bind.js";
import type { Node } from "./node.js";
import { nodesBetween } from "./order.js";

/**
 * `outputs` with the nodes of `known` replaced, rebuilt in the current trace. Nodes shallower than `minDepth`
 * cannot depend on what is replaced and stay. `known` is filled with every node met.
 */
export function replay(outputs: readonly Node[], known: Map<Node, Node>, minDepth = 0): Node[] {
  for (const node of nodesBetween(known.keys(), outputs, minDepth)) {
    let changed = false;
    const inputs = node.inputs.map((input) => {
      const now = known.get(input) ?? input;
      changed ||= now !== input;
      return now;
    });
    if (!changed) continue;
    const copy = bind(node.primitive, inputs, node.params);
    copy.label ??= node.label;
    copy.where ??= node.where;
    known.set(node, copy);
  }
  return outputs.map((output) => known.get(output) ?? output);
}
