import type { Node } from "./node.js";

let visits = 0;

/**
 * The nodes that `outputs` need, inputs first, without `inputs` and what lies behind them. Iterative; inputs
 * are always older than a node, so ascending ids are a topological order.
 */
export function nodesBetween(
  inputs: Iterable<Node>,
  outputs: Iterable<Node>,
  minDepth = 0,
): Node[] {
  const visit = ++visits;
  for (const input of inputs) input.visit = visit;
  const found: Node[] = [];
  for (const output of outputs) {
    if (output.visit === visit || output.depth < minDepth) continue;
    output.visit = visit;
    found.push(output);
  }
  // loops by index: cold code takes a fraction of the time that an iterator takes
  for (let next = 0; next < found.length; next++) {
    const { inputs: reads } = found[next] as Node;
    for (let i = 0; i < reads.length; i++) {
      const input = reads[i] as Node;
      if (input.visit === visit || input.depth < minDepth) continue;
      input.visit = visit;
      found.push(input);
    }
  }
  return byAge(found);
}

/** Sorts nodes by id. Those of one trace have ids close together and fall into place without comparisons. */
function byAge(nodes: Node[]): Node[] {
  if (nodes.length < 2) return nodes;
  let oldest = Infinity;
  let youngest = 0;
  for (let i = 0; i < nodes.length; i++) {
    const { id } = nodes[i] as Node;
    if (id < oldest) oldest = id;
    if (id > youngest) youngest = id;
  }
  const span = youngest - oldest + 1;
  if (span > 8 * nodes.length) return nodes.sort((a, b) => a.id - b.id);
  const places = new Array<Node | undefined>(span).fill(undefined);
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as Node;
    places[node.id - oldest] = node;
  }
  let count = 0;
  for (let i = 0; i < span; i++) {
    const node = places[i];
    if (node !== undefined) nodes[count++] = node;
  }
  return nodes;
}
