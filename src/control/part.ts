import { bind, elementsOf } from "../core/bind.js";
import { Body } from "../core/body.js";
import { elementIndex, project } from "../core/leaves.js";
import type { Node } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import type { Part } from "../core/primitive.js";
import { makeBody, pick } from "./bodies.js";

const remembered = new WeakMap<Body, Map<string, Body>>();

/** The body that gives only the wanted outputs; loops and branches inside it lose what these do not need. */
export function partOfBody(body: Body, wanted: readonly boolean[]): Body {
  const key = wanted.map(Number).join("");
  let known = remembered.get(body);
  if (known === undefined) {
    known = new Map();
    remembered.set(body, known);
  }
  let part = known.get(key);
  if (part === undefined) {
    part = makePart(body, pick(body.outputs, wanted));
    known.set(key, part);
  }
  return part;
}

function makePart(body: Body, outputs: readonly Node[]): Body {
  const nodes = nodesBetween(body.inputs, outputs, 1);
  const { needed, parts } = findNeeded(nodes, outputs);
  if (parts.size === 0) return new Body(body.inputs, outputs);
  const types = body.inputs.map(({ type }) => type);
  return makeBody("part", types, (inputs) => {
    const now = new Map<Node, Node>();
    const elements = new Map<Node, ReadonlyMap<number, Node>>();
    body.inputs.forEach((input, i) => {
      now.set(input, inputs[i] as Node);
    });
    const of = (node: Node): Node => now.get(node) ?? node;
    for (const node of nodes) {
      if (!needed.has(node)) continue;
      const part = parts.get(node);
      if (part !== undefined) {
        const given = part.inputs.map((at) => of(node.inputs[at] as Node));
        const results = elementsOf(bind(node.primitive, given, part.params));
        elements.set(node, new Map(part.elements.map((at, i) => [at, results[i] as Node])));
        continue;
      }
      const reduced = node.primitive === project ? elements.get(node.inputs[0] as Node) : undefined;
      const copy =
        reduced === undefined
          ? bind(node.primitive, node.inputs.map(of), node.params)
          : (reduced.get(elementIndex(node)) as Node);
      copy.label ??= node.label;
      now.set(node, copy);
    }
    return outputs.map(of);
  });
}

/** What the outputs need, last node first, and the operations that can leave out some of their results. */
function findNeeded(
  nodes: readonly Node[],
  outputs: readonly Node[],
): { needed: ReadonlySet<Node>; parts: ReadonlyMap<Node, Part<unknown>> } {
  const needed = new Set<Node>(outputs);
  const wanted = new Map<Node, boolean[]>();
  const parts = new Map<Node, Part<unknown>>();
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i] as Node;
    if (!needed.has(node)) continue;
    if (node.primitive === project) {
      const [tuple] = node.inputs as [Node];
      const own = wanted.get(tuple) ?? allOf(tuple).map(() => false);
      own[elementIndex(node)] = true;
      wanted.set(tuple, own);
      needed.add(tuple);
      continue;
    }
    const own = wanted.get(node);
    const part = own?.includes(false) ? node.primitive.part?.(node.params, own) : undefined;
    if (part !== undefined) parts.set(node, part);
    const positions = part?.inputs ?? [...node.inputs.keys()];
    for (const at of positions) needed.add(node.inputs[at] as Node);
  }
  return { needed, parts };
}

function allOf(tuple: Node): readonly unknown[] {
  return tuple.type.kind === "tuple" ? tuple.type.elements : [tuple];
}
