import type { Location } from "../../core/emit.js";
import type { ArrayPlace } from "../../core/kernel.js";
import type { Node } from "../../core/node.js";
import { sizeOfNode, tensorOf } from "../../ops/kernels/location.js";
import type { Buffer } from "../../program/types.js";
import type { Plan } from "./classify.js";
import type { Ownership } from "./ownership.js";
import { denseAt } from "./place.js";
import type { Readers } from "./readers.js";
import type { Group, Unit } from "./schedule.js";

/** Elements from which on memory is worth sparing. */
const large = 1024;

function isLarge(node: Node): boolean {
  return sizeOfNode(node) >= large && node.primitive.lower.kind !== "reduce";
}

/**
 * Of large results: what they are computed from, element by element, and what nothing else reads later, is computed
 * where they are wanted.
 */
export function placeUpdated(
  units: readonly Unit[],
  { modes, strips }: Plan,
  memory: Ownership,
  readers: Readers,
): void {
  for (let i = units.length - 1; i >= 0; i--) {
    const unit = units[i] as Unit;
    if (unit.kind === "node" || unit.reads === undefined) continue;
    const { roots, reads } = unit;
    const fits = (input: Node, node: Node): boolean =>
      reads.get(input) === true &&
      modes.get(input) === "root" &&
      isLarge(input) &&
      sizeOfNode(input) === sizeOfNode(node) &&
      tensorOf(input).dtype === tensorOf(node).dtype &&
      memory.wantedAt(input) === undefined &&
      !roots.includes(input) &&
      strips?.of.has(input) !== true &&
      readers.lastUse(input) <= i;
    for (const node of roots) {
      const target = memory.wantedAt(node);
      if (target === undefined || !isLarge(node)) continue;
      const input = [...reads.keys()].find((one) => fits(one, node));
      if (input === undefined) continue;
      memory.want(input, denseAt(target.place, tensorOf(input)));
    }
  }
}

/**
 * The memory of what a loop carries, or of something large, that a nest is the last to read: each element for the one
 * that takes its place. `taken`: what other results of the nest have got.
 */
export function updated(
  node: Node,
  { reads }: Group,
  memory: Ownership,
  locationOf: (input: Node) => Location | undefined,
  taken: Set<Buffer>,
): ArrayPlace | undefined {
  if (reads === undefined || node.primitive.lower.kind === "reduce") return undefined;
  const carry = memory.carriedInto(node);
  const inputs = carry !== undefined ? [carry] : isLarge(node) ? [...reads.keys()] : [];
  for (const input of inputs) {
    const at = locationOf(input);
    if (at?.kind !== "array" || reads.get(input) === false) continue;
    if (memory.wantedAt(input) !== undefined) continue;
    const array = memory.takeOver(node, at.array);
    const buffer = array?.place.buffer;
    if (buffer === undefined || taken.has(buffer)) continue;
    if (memory.residentsOf(buffer).some((one) => one !== input && reads.has(one))) continue;
    taken.add(buffer);
    return array;
  }
  return undefined;
}
