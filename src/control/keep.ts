import { isCheap as isCheapInstruction, type Lowering } from "../core/lowering.js";
import type { Node } from "../core/node.js";
import { sizeOf } from "../core/shape.js";
import type { Type } from "../core/type.js";
import { bytesOf } from "../program/elements.js";
import { nodeMayFail } from "./bodies.js";
import { lightestCut, type Vertex } from "./cut.js";

/** Vertices times wanted ones, up to which a cut takes no time to speak of. */
const mostWork = 1e6;

/** What a tensor more takes, in bytes. */
const perTensor = 8;

/** The fewest bytes from which cheap operations give `wanted` again; what is free need not be kept. */
export function leastKept(wanted: readonly Node[], isFree: (node: Node) => boolean): Node[] {
  const ends = [...new Set(wanted)].filter((node) => !isFree(node));
  const kept = new Set(ends.filter((node) => !isCheap(node)));
  const cheap = ends.filter(isCheap);
  const at = new Map(cheap.map((node, i) => [node, i]));
  const vertices: Vertex[] = [];
  for (const node of at.keys()) {
    const from = isCheap(node)
      ? node.inputs.filter((input) => !isFree(input) && !kept.has(input))
      : undefined;
    for (const input of from ?? []) if (!at.has(input)) at.set(input, at.size);
    vertices.push({
      weight: bytesOfType(node.type) + perTensor,
      from: from?.map((input) => at.get(input) as number),
    });
  }
  const nodes = [...at.keys()];
  const cut =
    nodes.length * cheap.length > mostWork
      ? cheap
      : lightestCut(vertices, [...cheap.keys()]).map((i) => nodes[i] as Node);
  return [...kept, ...cut].sort((a, b) => a.id - b.id);
}

/** What `wanted` is computed from, oldest first: `kept`, and of what is free the nodes that are met first. */
export function sourcesOf(
  wanted: readonly Node[],
  kept: readonly Node[],
  isFree: (node: Node) => boolean,
): Node[] {
  const sources = new Set(kept);
  const seen = new Set(wanted);
  for (const node of seen)
    if (isFree(node)) sources.add(node);
    else if (!sources.has(node)) for (const input of node.inputs) seen.add(input);
  return [...sources].filter(({ depth }) => depth > 0).sort((a, b) => a.id - b.id);
}

/** Arithmetic on elements that lie there, at most moved: as cheap as reading the result. */
function isCheap(node: Node): boolean {
  const lower: Lowering<never> = node.primitive.lower;
  if (node.type.kind !== "tensor" || nodeMayFail(node)) return false;
  switch (lower.kind) {
    case "scalar":
      return isCheapInstruction(lower.instruction);
    case "view":
      return true;
    case "kernel":
      return lower.inline !== undefined;
    default:
      return false;
  }
}

function bytesOfType(type: Type): number {
  return type.kind === "tensor" ? sizeOf(type.shape) * bytesOf(type.dtype) : 8;
}
