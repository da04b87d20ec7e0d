import type { ArrayPlace } from "../../core/kernel.js";
import type { Node } from "../../core/node.js";
import { sizeOf } from "../../core/shape.js";
import { moved, sizeOfNode, tensorOf } from "../../ops/kernels/location.js";
import { bytesOf } from "../../program/elements.js";
import type { Plan } from "./classify.js";
import type { Ownership } from "./ownership.js";
import { denseAt } from "./place.js";
import { startOf } from "./shapes.js";

/** What is joined one after another is computed where it will stand: in `targetOf` what joins it. */
export function placeJoined(
  { nodes, modes }: Plan,
  outputs: ReadonlySet<Node>,
  memory: Ownership,
  targetOf: (node: Node) => ArrayPlace,
): void {
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i] as Node;
    const { lower } = node.primitive;
    if (lower.kind !== "kernel" || lower.inline?.kind !== "concatenate") continue;
    const { shape, dtype } = tensorOf(node);
    const axis = lower.inline.axis(node.params);
    if (modes.get(node) !== "unit" || sizeOf(shape.slice(0, axis)) !== 1) continue;
    const target = targetOf(node);
    memory.want(node, target);
    let start = 0;
    for (const input of node.inputs) {
      const from = shownBy(input, modes);
      const mode = modes.get(from);
      const own = from.primitive.lower;
      const isPlaced = mode === "root" || (mode === "unit" && own.kind === "contraction");
      if (isPlaced && memory.wantedAt(from) === undefined && !outputs.has(from)) {
        const place = moved(target.place, start * bytesOf(dtype));
        memory.want(from, denseAt(place, tensorOf(from)));
      }
      start += sizeOfNode(input);
    }
  }
}

/** What inlined views show whole. */
function shownBy(node: Node, modes: Plan["modes"]): Node {
  let from = node;
  while (modes.get(from) === "inline" && startOf(from) === 0) {
    const shown = from.inputs[0] as Node;
    if (sizeOfNode(shown) !== sizeOfNode(from)) break;
    from = shown;
  }
  return from;
}
