import { parameterNode, rebind } from "../core/bind.js";
import { Body } from "../core/body.js";
import { inlineBody } from "../core/close.js";
import type { Node } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import type { Primitive } from "../core/primitive.js";
import { substituted } from "../core/replay.js";
import { withTrace } from "../core/trace.js";

/** A law that holds exactly, in IEEE arithmetic too. */
export interface Rule {
  /** The law in mathematics, like `−(−x) = x`. */
  readonly law: string;
  /** The operation at the root of its left side; every operation if left out. */
  readonly on?: Primitive;
  /** The right side for a node that matches, undefined for one that does not. Nodes it makes may match again. */
  rewrite(node: Node): Node | undefined;
}

/** How often one node is rewritten at most: a circle of laws would be a mistake, not an endless loop. */
const limit = 20;

/**
 * `outputs` rewritten by `rules` from the inputs up, in the current trace; bodies of control flow too. What is
 * equal becomes one node, what nothing needs is gone. Linear in the size of the graph, without recursion over depth.
 */
export function rewrite(
  inputs: readonly Node[],
  outputs: readonly Node[],
  rules: readonly Rule[],
): Node[] {
  const index = new Map<Primitive | undefined, Rule[]>();
  for (const rule of rules) index.set(rule.on, [...(index.get(rule.on) ?? []), rule]);
  const anywhere = index.get(undefined) ?? [];
  const settle = (start: Node): Node => {
    let node = start;
    for (let round = 0; round < limit; round++) {
      const own = index.get(node.primitive);
      const next =
        (own === undefined ? undefined : firstMatch(own, node)) ?? firstMatch(anywhere, node);
      if (next === undefined || next === node) return node;
      node = next;
    }
    return node;
  };
  const done = new Map<Node, Node>();
  for (const node of nodesBetween(inputs, outputs)) {
    if (node.inputs.length === 0) continue;
    const now = substituted(node.inputs, done);
    const params = mapBodies(node.params, (body) => rewriteBody(body, rules));
    const same = params === node.params && now === node.inputs;
    const result = settle(same ? node : rebind(node, now, params));
    result.label ??= node.label;
    if (result !== node) done.set(node, result);
  }
  return outputs.map((output) => done.get(output) ?? output);
}

function firstMatch(rules: readonly Rule[], node: Node): Node | undefined {
  for (const rule of rules) {
    const result = rule.rewrite(node);
    if (result !== undefined) return result;
  }
  return undefined;
}

const rewritten = new WeakMap<Body, Body>();

function rewriteBody(body: Body, rules: readonly Rule[]): Body {
  const known = rewritten.get(body);
  if (known !== undefined) return known;
  // Nodes of a body belong to a finished trace: a copy of them is rewritten.
  const result = withTrace("simplify", (trace) => {
    const inputs = body.inputs.map((input) => parameterNode(input.type, trace, input.label));
    const copies = inlineBody(body, inputs);
    const outputs = rewrite(inputs, copies, rules);
    return outputs.every((output, i) => output === copies[i]) ? body : new Body(inputs, outputs);
  });
  rewritten.set(body, result);
  rewritten.set(result, result);
  return result;
}

/** Parameters with every body replaced; the same object if none changed. */
function mapBodies(params: unknown, map: (body: Body) => Body): unknown {
  if (typeof params !== "object" || params === null) return params;
  if (params instanceof Body) return map(params);
  if (Array.isArray(params)) {
    const items = params.map((item) => mapBodies(item, map));
    return items.every((item, i) => item === params[i]) ? params : items;
  }
  if (Object.getPrototypeOf(params) !== Object.prototype) return params;
  const entries = Object.entries(params).map(
    ([key, value]) => [key, value, mapBodies(value, map)] as const,
  );
  if (entries.every(([, before, after]) => before === after)) return params;
  return Object.fromEntries(entries.map(([key, , after]) => [key, after]));
}
