import type { Node } from "./node.js";

/**
 * The nodes that `outputs` need, inputs first, without `inputs` and what lies behind them. Iterative; inputs
 * are always older than a node, so ascending ids are a topological order.
 */
export function nodesBetween(
  inputs: Iterable<Node>,
  outputs: Iterable<Node>,
  minDepth = 0,
): Node[] {
  const seen = new Set<Node>(inputs);
  const found: Node[] = [];
  const stack: Node[] = [];
  const visit = (node: Node): void => {
    if (seen.has(node) || node.depth < minDepth) return;
    seen.add(node);
    found.push(node);
    stack.push(node);
  };
  for (const output of outputs) visit(output);
  while (stack.length > 0) for (const input of (stack.pop() as Node).inputs) visit(input);
  return found.sort((a, b) => a.id - b.id);
}
