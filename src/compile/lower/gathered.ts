import type { ArrayPlace } from "../../core/kernel.js";
import type { Node } from "../../core/node.js";
import { sizeOf } from "../../core/shape.js";
import type { Builder } from "../../program/builder.js";
import { entry as entryOf } from "../../program/entry.js";
import type { Place } from "../../program/types.js";
import { type Unknown, unknownOf } from "./affine.js";
import type { Entry } from "./cone.js";
import { loadAt, placeAt, storeAt } from "./place.js";
import type { ProgramState } from "./program-state.js";

/** Elements are put side by side for so many runs of a loop of such a length, and so many of them. */
const fewestRuns = 8;
const shortest = 4;
const mostGathered = 1 << 16;

/** What this asks of the nest's body. */
interface GatherContext {
  readonly builder: Builder;
  arrayOf(node: Node): ArrayPlace | undefined;
  readonly state: Pick<ProgramState, "temporary">;
}

/** Where elements are now, in the loop that reads them. */
export type Gathered = ReadonlyMap<Entry, () => Place>;

/**
 * Elements that the innermost loop reads far apart, and all runs of it alike, are put side by side once, so that it
 * reads them as vectors.
 */
export function gather(
  context: GatherContext,
  leaves: readonly Entry[],
  ranges: readonly (readonly [number, number])[],
  counters: readonly Unknown[],
): Gathered {
  const gathered = new Map<Entry, () => Place>();
  const { builder: b } = context;
  const inner = counters[counters.length - 1];
  const [low, high] = ranges[ranges.length - 1] ?? [0, 0];
  const runs = ranges.slice(0, -1).reduce((product, [from, to]) => product * (to - from), 1);
  if (inner === undefined || runs < fewestRuns || high - low < shortest) return gathered;
  const byNode = new Map<Node, Entry[]>();
  for (const entry of leaves) {
    const [term, other] = entry.flat.terms;
    if (term === undefined || other !== undefined || term[0].id !== inner.id || term[1] < 2)
      continue;
    entryOf(byNode, entry.node, (): Entry[] => []).push(entry);
  }
  for (const [node, entries] of byNode) {
    const array = context.arrayOf(node) as ArrayPlace;
    const length = high - low;
    if (entries.length * length > Math.min(mostGathered, 2 * sizeOf(array.shape))) continue;
    const { dtype } = array;
    const together = context.state.temporary({ shape: [entries.length * length], dtype });
    const place = (k: number, counter: Unknown) =>
      placeAt(b, together, { constant: k * length - low, terms: [[counter, 1]] });
    b.loop(low, high, (i) => {
      const counter = unknownOf(i, low, high);
      entries.forEach(({ flat: { constant, terms } }, k) => {
        const by = terms[0]?.[1] as number;
        const from = placeAt(b, array, { constant, terms: [[counter, by]] });
        storeAt(b, together, place(k, counter), loadAt(b, array, from));
      });
    });
    entries.forEach((entry, k) => {
      gathered.set(entry, () => place(k, inner));
    });
  }
  return gathered;
}
