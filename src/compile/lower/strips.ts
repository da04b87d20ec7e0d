import type { Node } from "../../core/node.js";
import { sizeOf, stridesOf } from "../../core/shape.js";
import { sizeOfNode, tensorOf } from "../../ops/kernels/location.js";
import { countersOf, indexKey, indicesOf, positionOf, sumIndex, undivided } from "./affine.js";
import type { Mode } from "./mode.js";
import { offsets, productsOf, type Reads, readsOf } from "./reads.js";
import { startOf } from "./shapes.js";

/**
 * How a tensor lies along the long axes of a domain: a step along each moves by its stride, and what belongs to one
 * step lies at `offsets` from there, in elements. Small axes are in the offsets alone.
 */
export interface Layout {
  readonly domain: readonly number[];
  readonly strides: readonly number[];
  readonly offsets: readonly number[];
}

/** What a loop nest over long axes computes in each step. */
export interface Columns {
  /** Of the node; of its input where it is folded to numbers. */
  readonly layout: Layout;
  /** By their offsets in it: elements, or those that are added up to one number. */
  readonly offsets: readonly (readonly number[])[];
  readonly total: boolean;
}

/** Nodes computed in one loop nest over long axes, their small axes written out. */
export interface Strip {
  readonly domain: readonly number[];
  /** Elements of one step. */
  size: number;
}

export interface Strips {
  /** So ordered that the nodes of a strip may all be computed where its first is, and their inputs before. */
  readonly nodes: readonly Node[];
  readonly of: ReadonlyMap<Node, Strip>;
  readonly columns: ReadonlyMap<Node, Columns>;
  /** Whether `node` reads of `input` what the same step computed. */
  isInside(node: Node, input: Node): boolean;
}

/** Axes of up to this length are small. */
const small = 16;
/** Elements of a node in one step, at most; and those that they are computed from. */
const mostOffsets = 32;
const mostReads = 64;
/** Elements of a strip in one step, about. */
const mostElements = 1500;
/** Fewer steps are not worth it. */
const fewest = 64;

interface Member extends Columns {
  /** What the elements of one step read, in the order of the offsets. */
  readonly reads: readonly Reads[];
}

/** The strips of a body; undefined where loops over small axes do no harm. */
export function findStrips(
  nodes: readonly Node[],
  modes: ReadonlyMap<Node, Mode>,
  outputs: readonly Node[],
): Strips | undefined {
  const members = new Map<Node, Member>();
  const worth = new Set<string>();
  for (const node of nodes) {
    const mode = modes.get(node);
    if (mode === "tiny" || mode === "project" || node.type.kind !== "tensor") continue;
    const member = memberOf(node, members);
    if (member === undefined) continue;
    members.set(node, member);
    if (gains(node, member)) worth.add(member.layout.domain.join());
  }
  if (worth.size === 0) return undefined;
  // elements that only others than members read are computed where they read them
  const needed = new Set(outputs);
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i] as Node;
    const member = members.get(node);
    if (member === undefined) continue;
    const { kind } = node.primitive.lower;
    const isNeeded = needed.has(node) || (kind !== "scalar" && kind !== "view");
    if (isNeeded && worth.has(member.layout.domain.join()))
      for (const input of node.inputs) needed.add(input);
    else members.delete(node);
  }
  const { levels, inside } = levelsOf(nodes, members);
  const order = (node: Node): number =>
    2 * (levels.get(node) as number) + (members.has(node) ? 1 : 0);
  const sorted = [...nodes].sort((a, b) => order(a) - order(b));
  const of = new Map<Node, Strip>();
  const open = new Map<string, Strip>();
  for (const node of sorted) {
    const member = members.get(node);
    if (member === undefined) continue;
    const { domain } = member.layout;
    const key = `${levels.get(node)}/${domain.join()}`;
    let strip = open.get(key);
    if (strip === undefined || strip.size > mostElements) {
      strip = { domain, size: 0 };
      open.set(key, strip);
    }
    strip.size += member.reads.reduce((sum, { inputs }) => sum + Math.max(1, inputs.length / 2), 0);
    of.set(node, strip);
  }
  return {
    nodes: sorted,
    of,
    columns: members,
    isInside: (node, input) =>
      of.get(node) === of.get(input) && inside.get(node)?.has(input) === true,
  };
}

/**
 * When each node is computed: at a level behind all levels that it needs whole, and as late as its readers allow. Of
 * each node the inputs of which it reads what the same step computed.
 */
function levelsOf(
  nodes: readonly Node[],
  members: ReadonlyMap<Node, Member>,
): { levels: ReadonlyMap<Node, number>; inside: ReadonlyMap<Node, ReadonlySet<Node>> } {
  const levels = new Map<Node, number>();
  const inside = new Map<Node, Set<Node>>();
  for (const node of nodes) {
    const member = members.get(node);
    let level = 0;
    const near = new Set<Node>();
    for (const input of node.inputs) {
      const from = members.get(input);
      if (from !== undefined && member !== undefined && follows(member, input, from))
        near.add(input);
      const whole = from !== undefined && !near.has(input);
      level = Math.max(level, (levels.get(input) ?? 0) + (whole ? 1 : 0));
    }
    levels.set(node, level);
    inside.set(node, near);
  }
  const latest = new Map<Node, number>();
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i] as Node;
    const level = Math.max(levels.get(node) as number, latest.get(node) ?? 0);
    levels.set(node, level);
    for (const input of node.inputs) {
      if (!members.has(input)) continue;
      const allowed = inside.get(node)?.has(input) === true ? level : 0;
      latest.set(input, Math.min(latest.get(input) ?? level, allowed));
    }
  }
  return { levels, inside };
}

function memberOf(node: Node, members: ReadonlyMap<Node, Member>): Member | undefined {
  const { lower } = node.primitive;
  const given = members.get(node.inputs[0] as Node);
  const isReduction = lower.kind === "reduce";
  if (isReduction && given !== undefined && !given.total && sizeOfNode(node) <= small) {
    const total = totalOf(node, lower.axes(node.params), given.layout);
    if (total !== undefined) return total;
  }
  const layout = layoutOf(node, members);
  if (layout === undefined) return undefined;
  const known = countersOf(layout.domain);
  if (layout.offsets.length * termsOf(node) > mostReads) return undefined;
  const reads = undivided((divided) =>
    layout.offsets.map((offset) =>
      readsOf(node, positionOf(layout.strides, known, offset), divided),
    ),
  );
  if (reads === undefined) return undefined;
  return { layout, offsets: layout.offsets.map((offset) => [offset]), total: false, reads };
}

/** How many elements one of a fold is computed from; of others, which read a few, 0. */
function termsOf(node: Node): number {
  const { lower } = node.primitive;
  const [first] = node.inputs as [Node];
  if (lower.kind === "reduce") return sizeOfNode(first) / Math.max(1, sizeOfNode(node));
  return lower.kind === "contraction" ? 2 * productsOf(node) : 0;
}

function layoutOf(node: Node, members: ReadonlyMap<Node, Member>): Layout | undefined {
  const { lower } = node.primitive;
  let joined: number | undefined;
  switch (lower.kind) {
    case "scalar":
    case "view": {
      // elements in the same order as those of an input: as they lie there
      for (const input of node.inputs) {
        const from = members.get(input);
        if (from === undefined || from.total || sizeOfNode(input) !== sizeOfNode(node)) continue;
        if (lower.kind === "scalar" || keepsOrder(node)) return from.layout;
      }
      break;
    }
    case "reduce":
    case "contraction":
      // a sum of nothing reads nothing, as a leaf does
      if (termsOf(node) === 0) return undefined;
      break;
    case "kernel": {
      const { inline } = lower;
      if (
        inline === undefined ||
        inline.kind === "gather" ||
        (inline.kind === "pad" && !inline.applies(node.params))
      )
        return undefined;
      if (inline.kind === "concatenate") joined = inline.axis(node.params);
      break;
    }
    default:
      return undefined;
  }
  return naturalLayout(tensorOf(node).shape, joined);
}

/** Whether a view is its input in another shape. */
function keepsOrder(node: Node): boolean {
  return startOf(node) === 0 && sizeOfNode(node) === sizeOfNode(node.inputs[0] as Node);
}

/** `joined`: an axis along which parts are put together, small while it is not too long to be written out. */
function naturalLayout(shape: readonly number[], joined?: number): Layout | undefined {
  const strides = stridesOf(shape);
  const isLong = (n: number, axis: number): boolean => n > (axis === joined ? mostOffsets : small);
  const domain = shape.filter(isLong);
  const size = sizeOf(domain);
  if (domain.length === 0 || size < fewest || sizeOf(shape) > size * mostOffsets) return undefined;
  if (sizeOf(shape) === 0) return undefined;
  return {
    domain,
    strides: strides.filter((_, axis) => isLong(shape[axis] as number, axis)),
    offsets: offsets(
      shape.flatMap((n, axis) => (isLong(n, axis) ? [] : [[n, strides[axis] as number]])),
    ).map(([at = 0]) => at),
  };
}

/** A reduction over all long axes: every step adds to the same few numbers. */
function totalOf(node: Node, axes: readonly number[], layout: Layout): Member | undefined {
  const { shape } = tensorOf(node.inputs[0] as Node);
  const dense = stridesOf(tensorOf(node).shape);
  const parts = Array.from({ length: sizeOfNode(node) }, (): number[] => []);
  for (const offset of layout.offsets) {
    const flat = positionOf(layout.strides, countersOf(layout.domain), offset);
    const indices = undivided((divided) => indicesOf(flat, shape, divided));
    if (indices === undefined) return undefined;
    const kept = indices.filter((_, axis) => !axes.includes(axis));
    const { constant: at, terms } = sumIndex(dense, kept);
    if (terms.length > 0) return undefined;
    parts[at]?.push(offset);
  }
  return { layout, offsets: parts, total: true, reads: [] };
}

/** Whether what `member` reads of `input` is what the same step computed. */
function follows(member: Member, input: Node, from: Member): boolean {
  if (from.total || from.layout.domain.join() !== member.layout.domain.join()) return false;
  if (member.total) return from.layout === member.layout;
  const start = positionOf(from.layout.strides, countersOf(from.layout.domain));
  const own = indexKey(start);
  return member.reads.every(({ inputs }) =>
    inputs.every(
      ([node, { constant, terms }]) =>
        node !== input ||
        (indexKey({ constant: 0, terms }) === own && from.layout.offsets.includes(constant)),
    ),
  );
}

/** Whether loops over the small axes of a node would do harm: they are inside, and it moves elements along them. */
function gains(node: Node, { layout, total }: Member): boolean {
  const { lower } = node.primitive;
  if (total || lower.kind === "scalar") return false;
  if (lower.kind === "reduce") {
    const inner = tensorOf(node.inputs[0] as Node).shape.at(-1) ?? 1;
    return inner > 1 && inner <= small;
  }
  return !layout.strides.includes(1) && (lower.kind !== "view" || !keepsOrder(node));
}
