import type { Body } from "../../core/body.js";
import { constant, project } from "../../core/leaves.js";
import { isCheap } from "../../core/lowering.js";
import type { Node } from "../../core/node.js";
import { sizeOf } from "../../core/shape.js";
import { sizeOfNode, tensorOf } from "../../ops/kernels/location.js";
import { unknownIndex, unplacedUnknown } from "./affine.js";
import type { Mode } from "./mode.js";
import { productsOf, takenBy } from "./reads.js";
import { mostInRegisters, tinySize } from "./registers.js";
import { repeats, startOf, throughViews } from "./shapes.js";
import { findStrips, type Strips } from "./strips.js";

/** What lowering a body is planned by. */
export interface Plan {
  /** Inputs of each before it; without leaves. */
  readonly nodes: readonly Node[];
  readonly modes: ReadonlyMap<Node, Mode>;
  /** Nodes that something outside loop nests reads: they must lie in memory. */
  readonly inMemory: ReadonlySet<Node>;
  /** Whether any node is computed in a loop nest. */
  readonly loops: boolean;
  /** Nodes whose small axes are written out in loops over long ones. */
  readonly strips?: Strips | undefined;
}

/** Products that are written out have up to this many factors. */
const tinyProducts = 256;
/** Contractions that loop nests compute: sums of up to so many products, in rows of so many elements and more. */
const mostTerms = 4;
const fewInRow = 8;
/** Joined by loops over pieces, of so many tensors at most. */
const mostJoined = 8;
/** Inlined again for each reader: up to this cost. */
const cheap = 4;
/** A loop body computes at most so many nodes. */
const longest = 150;
/** Views and pads are read through so many others: a position that was divided is divided again by each. */
const deepest = 8;

/** Decides for every node that `body` computes. `known`: nodes that have a place already. */
export function classify(body: Body, known: (node: Node) => boolean): Plan {
  let nodes: readonly Node[] = body.nodes.filter(
    (node) => node.primitive !== constant && !known(node),
  );
  const limit = mostInRegisters(nodes);
  const modes = new Map<Node, Mode>();
  let loops = false;
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as Node;
    const mode = modeOf(node, limit);
    modes.set(node, mode);
    if (mode === "inline" || mode === "root") loops = true;
  }
  const inMemory = new Set<Node>();
  if (!loops) return { nodes, modes, inMemory, loops };
  const strips = findStrips(nodes, modes, body.outputs);
  nodes = strips?.nodes ?? nodes;
  for (const node of strips?.of.keys() ?? [])
    modes.set(node, strips?.columns.get(node)?.total === true ? "root" : "inline");
  // a view is read through, or stands in the memory of what it shows: that must be there
  const require = (node: Node, isThrough: (view: Node) => boolean): void => {
    let at = node;
    for (;;) {
      const mode = modes.get(at);
      if (mode !== "inline" && mode !== "root") return;
      if (!isView(at) || !isThrough(at)) {
        inMemory.add(at);
        modes.set(at, "root");
        return;
      }
      at = at.inputs[0] as Node;
    }
  };
  for (const output of body.outputs) require(output, () => false);
  for (const node of nodes) {
    const mode = modes.get(node);
    if (mode === "inline" && takenBy(node) !== undefined)
      node.inputs.forEach((input, at) => {
        require(input, at === 0 ? any : isPart);
      });
    if (mode === "tiny" || mode === "unit") {
      const isRead = mode === "tiny" || node.primitive.lower.kind === "contraction";
      for (const input of node.inputs) require(input, isRead ? any : isPart);
    }
    if (strips !== undefined && (mode === "inline" || mode === "root"))
      for (const input of node.inputs)
        if (strips.of.has(input) && !strips.isInside(node, input)) require(input, any);
  }
  chooseRoots(nodes, modes, strips);
  return { nodes, modes, inMemory, loops, strips };
}

const any = (): boolean => true;
const isView = ({ primitive }: Node): boolean => primitive.lower.kind === "view";
const isPart = (view: Node): boolean => startOf(view) !== undefined;

function modeOf(node: Node, limit: number): Mode {
  const { lower } = node.primitive;
  if (node.primitive === project) return "project";
  if (node.type.kind !== "tensor") return "unit";
  const size = sizeOf(node.type.shape);
  if (lower.kind === "scalar" || lower.kind === "view") return size <= limit ? "tiny" : "inline";
  const areTiny = (most: number): boolean =>
    size <= most && node.inputs.every((input) => sizeOfNode(input) <= most);
  switch (lower.kind) {
    case "reduce":
      return areTiny(limit) ? "tiny" : "root";
    case "contraction":
      if (limit > 1 && areTiny(tinySize) && size * productsOf(node) <= tinyProducts) return "tiny";
      return isSlight(node) ? "inline" : "unit";
    case "kernel": {
      const { inline } = lower;
      if (inline === undefined) return "unit";
      if (inline.kind === "gather") {
        const width = sizeOf(takenBy(node)?.slice ?? []);
        return width >= fewInRow && size > limit ? "inline" : "unit";
      }
      if (inline.kind === "pad" && !inline.applies(node.params)) return "unit";
      if (areTiny(limit)) return "tiny";
      if (inline.kind !== "concatenate") return "inline";
      // what lies one behind the other is computed where it will stand
      const before = node.type.shape.slice(0, inline.axis(node.params));
      return sizeOf(before) > 1 && node.inputs.length <= mostJoined ? "root" : "unit";
    }
    default:
      return "unit";
  }
}

/** Whether a contraction is a few multiples of rows of its second factor, rows that vectors take up. */
function isSlight(node: Node): boolean {
  const { lower } = node.primitive;
  const factor = node.inputs[1] as Node;
  const { shape } = tensorOf(factor);
  const last = shape.length - 1;
  const length = shape[last] ?? 0;
  if (lower.kind !== "contraction" || length < fewInRow) return false;
  const products = productsOf(node);
  if (products === 0 || products > mostTerms) return false;
  const { batch, contract } = lower.axes(node.params);
  if ([...batch, ...contract].some(([, axis]) => axis === last)) return false;
  const along = unknownIndex(unplacedUnknown(0, length));
  const [, { terms }] = throughViews(factor, along, isView);
  return terms.length === 1 && terms[0]?.[1] === 1;
}

/**
 * Of the inlined nodes those that are computed once into memory: what several read and is not cheap, what is
 * repeated, and what would make a loop body too long.
 */
function chooseRoots(nodes: readonly Node[], modes: Map<Node, Mode>, strips?: Strips): void {
  const readers = new Map<Node, number>();
  for (const node of nodes)
    for (const input of new Set(node.inputs)) readers.set(input, (readers.get(input) ?? 0) + 1);
  const costs = new Map<Node, number>();
  const counts = new Map<Node, number>();
  const depths = new Map<Node, number>();
  for (const node of nodes) {
    const mode = modes.get(node);
    if ((mode !== "inline" && mode !== "root") || strips?.of.has(node) === true) continue;
    const { kind } = node.primitive.lower;
    let cost = ownCost(node);
    let count = 1;
    let depth = 0;
    for (const input of new Set(node.inputs)) {
      if (modes.get(input) !== "inline" || !costs.has(input)) continue;
      const again = kind === "contraction" || (kind === "view" && repeats(node));
      const inputCost = costs.get(input) as number;
      if ((again && inputCost > 1) || count + (counts.get(input) as number) > longest) {
        makeRoot(input, modes);
        continue;
      }
      cost += inputCost;
      count += (kind === "contraction" ? productsOf(node) : 1) * (counts.get(input) as number);
      depth = Math.max(depth, depths.get(input) as number);
    }
    if (depth >= deepest) modes.set(node, "root");
    depths.set(node, depth + (kind === "view" || kind === "kernel" ? 1 : 0));
    costs.set(node, cost);
    counts.set(node, count);
    const several = (readers.get(node) ?? 0) > 1;
    if (mode === "inline" && several && cost > cheap && !isView(node)) modes.set(node, "root");
  }
}

/** The node, or what it shows if it is a view. */
function makeRoot(node: Node, modes: Map<Node, Mode>): void {
  let at = node;
  while (isView(at) && modes.get(at.inputs[0] as Node) === "inline") at = at.inputs[0] as Node;
  modes.set(at, "root");
}

function ownCost(node: Node): number {
  const { lower } = node.primitive;
  if (lower.kind === "view") return 0;
  if (lower.kind === "contraction") return 2 * productsOf(node);
  if (lower.kind !== "scalar") return 1;
  return isCheap(lower.instruction) ? 1 : 10;
}
