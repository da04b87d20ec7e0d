import type { ArrayPlace } from "../../core/kernel.js";
import type { Node } from "../../core/node.js";
import { denseArray, sizeOfNode, tensorOf } from "../../ops/kernels/location.js";
import type { Plan } from "./classify.js";
import type { Unit } from "./schedule.js";

/** Elements from which on memory is worth sparing. */
const large = 1024;

export function isLarge(node: Node): boolean {
  return sizeOfNode(node) >= large && node.primitive.lower.kind !== "reduce";
}

/**
 * Of large results: what they are computed from, element by element, and what nothing else reads later, is computed
 * where they are wanted.
 */
export function placeUpdated(
  units: readonly Unit[],
  { modes, strips }: Plan,
  wanted: Map<Node, ArrayPlace>,
  lastUse: () => ReadonlyMap<Node, number>,
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
      !wanted.has(input) &&
      !roots.includes(input) &&
      strips?.of.has(input) !== true &&
      (lastUse().get(input) as number) <= i;
    for (const node of roots) {
      const target = wanted.get(node);
      if (target === undefined || !isLarge(node)) continue;
      const input = [...reads.keys()].find((one) => fits(one, node));
      if (input === undefined) continue;
      const { buffer, at, offset } = target.place;
      wanted.set(input, denseArray(buffer, tensorOf(input), at, offset));
    }
  }
}
