import type { Node } from "../../core/node.js";
import { sizeOf, stridesOf } from "../../core/shape.js";
import { tensorOf } from "../../ops/kernels/location.js";
import { entry } from "../../program/entry.js";
import { constantIndex, countersOf, indexKey, positionOf } from "./affine.js";
import type { Plan } from "./classify.js";
import { collectCone, wantedOf } from "./cone.js";
import type { Strip } from "./strips.js";

/** Nodes computed in one loop nest over `domain`. */
export interface Group {
  readonly kind: "group";
  readonly domain: readonly number[];
  readonly roots: Node[];
  /** What it reads from memory, and whether each only at the element just computed; undefined: who knows. */
  readonly reads?: Map<Node, boolean>;
}

/** What is emitted, one after another: loop nests, and single nodes. */
export type Unit = Group | { readonly kind: "node"; readonly node: Node };

/** What a loop nest takes at most. */
const mostRoots = 24;
const mostEntries = 300;

interface Open {
  readonly group: Group & { readonly reads: Map<Node, boolean> };
  readonly time: number;
  entries: number;
}

/**
 * Puts the nodes of a body in an order to emit, roots over the same domain together where one does not need all of
 * the other first. Units are numbered; a root joins a unit not earlier than any it reads, or the very one if it reads
 * there the element just computed.
 */
export function schedule({ nodes, modes, loops, strips }: Plan): Unit[] {
  if (!loops) return nodes.map((node) => ({ kind: "node", node }));
  const units: Unit[] = [];
  const time = new Map<Node, number>();
  const byDomain = new Map<string, Open[]>();
  const byStrip = new Map<Strip, number>();
  for (const node of nodes) {
    const mode = modes.get(node);
    if (mode === "inline") {
      // available when all it reads is
      time.set(node, latest(node, time));
      continue;
    }
    if (mode !== "root") {
      time.set(node, units.length);
      units.push({ kind: "node", node });
      continue;
    }
    const strip = strips?.of.get(node);
    if (strip !== undefined) {
      const at = byStrip.get(strip) ?? units.length;
      byStrip.set(strip, at);
      time.set(node, at);
      if (at < units.length) (units[at] as Group).roots.push(node);
      else units.push({ kind: "group", domain: strip.domain, roots: [node] });
      continue;
    }
    // its own elements, or those of what it reduces
    const domain = tensorOf(wantedOf(node, constantIndex(0)).node).shape;
    const { leaves, entries } = readsOf(node, domain, modes);
    const open = entry(byDomain, domain.join(), (): Open[] => []);
    const joined = findOpen(open, leaves, entries, time, sizeOf(domain));
    if (joined !== undefined) {
      joined.group.roots.push(node);
      for (const [leaf, pointwise] of leaves) noteRead(joined.group.reads, leaf, pointwise);
      joined.entries += entries;
      time.set(node, joined.time);
      continue;
    }
    const group: Open["group"] = { kind: "group", domain, roots: [node], reads: leaves };
    time.set(node, units.length);
    open.push({ group, time: units.length, entries });
    units.push(group);
  }
  return units;
}

function latest(node: Node, time: ReadonlyMap<Node, number>): number {
  return node.inputs.reduce((last, input) => Math.max(last, time.get(input) ?? -1), -1);
}

/** How far back a root looks for company. */
const reach = 8;
/** Over so few elements roots that share nothing go together too, and so many times more of them. */
const small = 256;
const roomOfSmall = 4;

function findOpen(
  open: readonly Open[],
  leaves: ReadonlyMap<Node, boolean>,
  entries: number,
  time: ReadonlyMap<Node, number>,
  size: number,
): Open | undefined {
  let last = -1;
  for (const leaf of leaves.keys()) last = Math.max(last, time.get(leaf) ?? -1);
  const room = size <= small ? roomOfSmall : 1;
  let best: Open | undefined;
  let most = size <= small ? -1 : 0;
  for (let i = open.length - 1; i >= Math.max(0, open.length - reach); i--) {
    const one = open[i] as Open;
    if (one.time < last) break;
    if (one.group.roots.length >= room * mostRoots) continue;
    if (one.entries + entries > room * mostEntries) continue;
    const { roots, reads } = one.group;
    let shared = 0;
    let fits = true;
    for (const [leaf, pointwise] of leaves) {
      const isRoot = roots.includes(leaf);
      if (isRoot && !pointwise) fits = false;
      if (isRoot || reads.has(leaf)) shared++;
    }
    // anything else of that time is the unit itself
    if (fits && shared > most) {
      best = one;
      most = shared;
    }
  }
  return best;
}

/** What a root reads from memory, and whether only the element just computed of a root over the same domain. */
function readsOf(
  root: Node,
  domain: readonly number[],
  modes: Plan["modes"],
): { leaves: Map<Node, boolean>; entries: number } {
  const flat = positionOf(stridesOf(domain), countersOf(domain));
  const isLeaf = (one: Node): boolean => modes.get(one) !== "inline";
  const { entries } = collectCone([wantedOf(root, flat)], isLeaf);
  const own = indexKey(flat);
  const leaves = new Map<Node, boolean>();
  for (const { node, flat } of entries) {
    if (node === root || !isLeaf(node)) continue;
    noteRead(leaves, node, node.primitive.lower.kind !== "reduce" && indexKey(flat) === own);
  }
  return { leaves, entries: entries.length };
}

function noteRead(reads: Map<Node, boolean>, node: Node, pointwise: boolean): void {
  reads.set(node, (reads.get(node) ?? true) && pointwise);
}
