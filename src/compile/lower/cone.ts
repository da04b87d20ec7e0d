import type { Node } from "../../core/node.js";
import { type Affine, type Divided, type Held, indexKey } from "./affine.js";
import { readsOf } from "./reads.js";
import type { PadPosition } from "./shapes.js";

/** One element of one node, at a flat position that depends on loop counters. */
export interface Entry {
  readonly node: Node;
  readonly flat: Affine;
  /** Elements it is computed from. */
  readonly inputs: Entry[];
  /** Where it depends which of them it is. */
  choices?: readonly PadPosition[];
  /** Of an iota: which index it is. */
  index?: Affine;
  /** Of what takes slices: which it takes. */
  place?: Held;
}

export interface Cone {
  /** Inputs of each before it. */
  readonly entries: readonly Entry[];
  readonly results: readonly Entry[];
}

export interface Wanted {
  readonly node: Node;
  readonly flat: Affine;
  /** Whether this element itself is computed here; otherwise it is a leaf if `isLeaf` says so. */
  readonly compute: boolean;
}

/**
 * Everything that `wanted` elements are computed from, down to leaves; every element once. `held`: what is read here
 * and there only is read at 0 elsewhere.
 */
export function collectCone(
  wanted: readonly Wanted[],
  isLeaf: (node: Node) => boolean,
  { divided, held = false }: { readonly divided?: Divided; readonly held?: boolean } = {},
): Cone {
  const forced = new Set(wanted.filter((one) => one.compute).map(({ node }) => node));
  const seen = new Set<Node>();
  const computed = new Set<Node>();
  const stack = wanted.map(({ node }) => node);
  const nodes: Node[] = [];
  while (stack.length > 0) {
    const node = stack.pop() as Node;
    if (seen.has(node)) continue;
    seen.add(node);
    nodes.push(node);
    if (!forced.has(node) && isLeaf(node)) continue;
    computed.add(node);
    for (let i = 0; i < node.inputs.length; i++) stack.push(node.inputs[i] as Node);
  }
  nodes.sort((a, b) => b.id - a.id);
  // few entries of each node: most are read at one position
  const entries = new Map<Node, Entry[]>();
  const entryOf = (node: Node, flat: Affine): Entry => {
    let own = entries.get(node);
    if (own === undefined) {
      own = [];
      entries.set(node, own);
    }
    for (let i = 0; i < own.length; i++) {
      const known = own[i] as Entry;
      if (known.flat === flat || indexKey(known.flat) === indexKey(flat)) return known;
    }
    const fresh: Entry = { node, flat, inputs: [] };
    own.push(fresh);
    return fresh;
  };
  const results = wanted.map(({ node, flat }) => entryOf(node, flat));
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as Node;
    const own = entries.get(node);
    if (own === undefined || !computed.has(node)) continue;
    for (let k = 0; k < own.length; k++) {
      const one = own[k] as Entry;
      const { inputs, choices, index, place } = readsOf(node, one.flat, divided, held);
      for (let j = 0; j < inputs.length; j++) {
        const [input, flat] = inputs[j] as (typeof inputs)[number];
        one.inputs.push(entryOf(input, flat));
      }
      if (choices !== undefined) one.choices = choices;
      if (index !== undefined) one.index = index;
      if (place !== undefined) one.place = place;
    }
  }
  const order: Entry[] = [];
  for (let i = nodes.length - 1; i >= 0; i--) {
    const own = entries.get(nodes[i] as Node);
    if (own !== undefined) for (let k = 0; k < own.length; k++) order.push(own[k] as Entry);
  }
  return { entries: order, results };
}

/** What a loop nest computes of a root in each step: an element, or what a reduction folds. */
export function wantedOf(root: Node, flat: Affine): Wanted {
  const reduces = root.primitive.lower.kind === "reduce";
  return { node: reduces ? (root.inputs[0] as Node) : root, flat, compute: !reduces };
}
