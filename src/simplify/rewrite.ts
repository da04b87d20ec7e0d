import { rebind } from "../core/bind.js";
import type { Node } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import type { Primitive } from "../core/primitive.js";
import { substituted } from "../core/replay.js";

/** What holds exactly for one operation, in IEEE arithmetic too. */
export interface Rule {
  /** The operation at the root of the left sides; every one, of constants, if left out. */
  readonly on?: Primitive;
  /** The right side for a node that matches, undefined for one that does not. Nodes it makes may match again. */
  rewrite(node: Node): Node | undefined;
}

/** How often one node is rewritten at most: a circle of laws would be a mistake, not an endless loop. */
const limit = 20;

/**
 * What a node becomes by `rules`: an equal one, with the bodies it holds rewritten too. For a node just made, whose
 * inputs are settled.
 */
export function settler(rules: readonly Rule[]): (node: Node) => Node {
  const index = new Map(rules.map((rule) => [rule.on, rule]));
  const ofConstants = index.get(undefined);
  const settle = (start: Node): Node => {
    let node = start;
    for (let round = 0; round < limit; round++) {
      let next = index.get(node.primitive)?.rewrite(node);
      next ??= node.primitive.simplify?.(node.inputs as never, node.params);
      if (node.depth === 0) next ??= ofConstants?.rewrite(node);
      if (next === undefined || next === node) return withBodies(node, settle);
      node = next;
    }
    return node;
  };
  return settle;
}

/**
 * `outputs` rewritten by `settle` from the inputs up, in the current trace. What is equal becomes one node, what
 * nothing needs is gone. Linear in the size of the graph, without recursion over depth.
 */
export function rewrite(
  inputs: readonly Node[],
  outputs: readonly Node[],
  settle: (node: Node) => Node,
): Node[] {
  const done = new Map<Node, Node>();
  for (const node of nodesBetween(inputs, outputs)) {
    if (node.inputs.length === 0) continue;
    const now = substituted(node.inputs, done);
    const result = settle(now === node.inputs ? node : rebind(node, now));
    result.label ??= node.label;
    if (result !== node) done.set(node, result);
  }
  return outputs.map((output) => done.get(output) ?? output);
}

function withBodies(node: Node, settle: (node: Node) => Node): Node {
  const { settleBodies } = node.primitive;
  if (settleBodies === undefined) return node;
  const params = settleBodies(node.params, settle);
  return params === node.params ? node : rebind(node, node.inputs, params);
}
