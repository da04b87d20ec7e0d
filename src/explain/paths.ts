import type { Path, PathSum, ValueData } from "./explanation.js";

/** What path counting reads of an edge. */
export interface PathEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly partial: ValueData | null;
}

/** Number of paths from the output to each node, and the factors on them, by one pass over the edges. */
export interface PathCounts {
  readonly paths: ReadonlyMap<string, bigint>;
  /** Total length of these paths, in edges. */
  readonly lengths: ReadonlyMap<string, bigint>;
}

/** `edges` are ordered so that every edge into a node's users comes before its own (the backward order). */
export function countPaths(output: string, edges: readonly PathEdge[]): PathCounts {
  const paths = new Map<string, bigint>([[output, 1n]]);
  const lengths = new Map<string, bigint>([[output, 0n]]);
  for (const { from, to } of edges) {
    const count = paths.get(to) ?? 0n;
    paths.set(from, (paths.get(from) ?? 0n) + count);
    lengths.set(from, (lengths.get(from) ?? 0n) + (lengths.get(to) ?? 0n) + count);
  }
  return { paths, lengths };
}

/** The chain rule for one input: the exact number of paths, and the first `limit` of them with their products. */
export function pathsTo(
  input: string,
  output: string,
  edges: readonly PathEdge[],
  counts: PathCounts,
  limit: number,
  total: ValueData,
): PathSum {
  const count = counts.paths.get(input) ?? 0n;
  return { input, count: String(count), listed: listPaths(input, output, edges, limit), total };
}

/** Depth-first from the output, over edges that lead to `input` only; an explicit stack. */
function listPaths(
  input: string,
  output: string,
  edges: readonly PathEdge[],
  limit: number,
): Path[] {
  const leading = new Set<string>([input]);
  for (let i = edges.length - 1; i >= 0; i--) {
    const edge = edges[i] as PathEdge;
    if (leading.has(edge.from)) leading.add(edge.to);
  }
  const below = new Map<string, PathEdge[]>();
  for (const edge of edges) {
    if (!leading.has(edge.from)) continue;
    const list = below.get(edge.to);
    if (list === undefined) below.set(edge.to, [edge]);
    else list.push(edge);
  }
  const found: Path[] = [];
  const trail: PathEdge[] = [];
  const stack: { readonly node: string; next: number }[] = [{ node: output, next: 0 }];
  while (stack.length > 0 && found.length < limit) {
    const top = stack[stack.length - 1] as { readonly node: string; next: number };
    if (top.next === 0 && top.node === input) found.push(pathOf(trail));
    const edge = below.get(top.node)?.[top.next++];
    if (edge === undefined) {
      stack.pop();
      trail.pop();
      continue;
    }
    trail.push(edge);
    stack.push({ node: edge.from, next: 0 });
  }
  return found;
}

function pathOf(trail: readonly PathEdge[]): Path {
  const scalar = trail.every((edge) => typeof edge.partial === "number");
  const factors = scalar ? trail.map((edge) => edge.partial as number) : [];
  return {
    edges: trail.map((edge) => edge.id),
    factors,
    product: scalar ? factors.reduce((product, factor) => product * factor, 1) : null,
  };
}
