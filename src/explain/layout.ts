import dagre from "@dagrejs/dagre";

/** Sizes in pixels, in; centres in pixels, out. */
export interface LayoutGraph {
  readonly nodes: readonly {
    readonly id: string;
    readonly width: number;
    readonly height: number;
  }[];
  readonly edges: readonly {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly width: number;
    readonly height: number;
  }[];
  /** Inputs at the left (`LR`) or on top (`TB`). */
  readonly direction: "LR" | "TB";
  /** Room between ranks, beside what labels take; 34 unless given. */
  readonly gap?: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Centre of each node. */
  readonly nodes: ReadonlyMap<string, Point>;
  /** Way of each edge, and the centre of its label. */
  readonly edges: ReadonlyMap<string, { readonly points: readonly Point[]; readonly label: Point }>;
}

/** Ranks that edges may cross in all: above, a drawing takes minutes and nobody can read it. */
const mostCrossed = 20_000;

/** Nodes from which on ranks that are nearly the best will do. */
const many = 80;

/**
 * Layered drawing of a graph (Gansner et al. 1993, by dagre). Edge labels get room of their own. Throws RangeError
 * for graphs too large to draw.
 */
export function layOut(graph: LayoutGraph): Layout {
  if (ranksCrossed(graph) > mostCrossed)
    throw new RangeError(
      `layOut: expected a graph small enough to draw, got ${graph.nodes.length} nodes`,
    );
  const drawing = new dagre.graphlib.Graph({ multigraph: true });
  drawing.setGraph({
    rankdir: graph.direction,
    nodesep: 28,
    ranksep: graph.gap ?? 34,
    edgesep: 14,
    marginx: Math.min(16, graph.gap ?? 16),
    marginy: Math.min(16, graph.gap ?? 16),
    // the best ranks take most of the time: of 300 nodes 3.1 s against 0.9
    ranker: graph.nodes.length < many ? "network-simplex" : "tight-tree",
  });
  for (const { id, width, height } of graph.nodes) drawing.setNode(keyOf(id), { width, height });
  for (const { id, from, to, width, height } of graph.edges) {
    drawing.setEdge(keyOf(from), keyOf(to), { width, height, labelpos: "c" }, id);
  }
  dagre.layout(drawing);
  const { width = 0, height = 0 } = drawing.graph();
  const box = (id: string): Box => drawing.node(keyOf(id)) as Box;
  const depths = depthsOf(
    graph.nodes.map(({ id }) => box(id)),
    graph.direction,
  );
  return {
    width,
    height,
    nodes: new Map(graph.nodes.map(({ id }) => [id, box(id)])),
    edges: new Map(
      graph.edges.map(({ id, from, to }) => {
        const edge = drawing.edge({ v: keyOf(from), w: keyOf(to), name: id });
        const way = edge.points.slice(1, -1) as Point[];
        const start = port(box(from), way[0] ?? box(to), graph.direction, 1);
        const end = port(box(to), way.at(-1) ?? box(from), graph.direction, -1);
        const points = [
          start,
          ...past(box(from), start, depths, graph.direction, 1),
          ...way,
          ...past(box(to), end, depths, graph.direction, -1),
          end,
        ];
        return [id, { points, label: { x: edge.x as number, y: edge.y as number } }];
      }),
    ),
  };
}

/** dagre keeps nodes in plain objects: none may be called as what these inherit (`constructor`). */
function keyOf(id: string): string {
  return `:${id}`;
}

interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/**
 * Where an edge meets a box: on the side that looks along the drawing (`1`) or back (`-1`), so that it passes behind
 * no neighbour, shifted towards where it comes from or goes.
 */
function port(box: Box, next: Point, direction: "LR" | "TB", side: 1 | -1): Point {
  const shift = (distance: number, length: number): number =>
    Math.max(-0.35 * length, Math.min(0.35 * length, distance / 3));
  return direction === "LR"
    ? { x: box.x + (side * box.width) / 2, y: box.y + shift(next.y - box.y, box.height) }
    : { x: box.x + shift(next.x - box.x, box.width), y: box.y + (side * box.height) / 2 };
}

/** Size along the drawing of the largest box of each rank, by where its boxes are centred. */
function depthsOf(boxes: readonly Box[], direction: "LR" | "TB"): ReadonlyMap<number, number> {
  const depths = new Map<number, number>();
  for (const { x, y, width, height } of boxes) {
    const [at, depth] = direction === "LR" ? [x, width] : [y, height];
    depths.set(at, Math.max(depths.get(at) ?? 0, depth));
  }
  return depths;
}

/** Where an edge has passed the boxes beside its own: before, it must not turn. */
function past(
  box: Box,
  from: Point,
  depths: ReadonlyMap<number, number>,
  direction: "LR" | "TB",
  side: 1 | -1,
): Point[] {
  const at = direction === "LR" ? box.x : box.y;
  const [own, depth] = [direction === "LR" ? box.width : box.height, depths.get(at) ?? 0];
  if (depth <= own) return [];
  const edge = at + (side * depth) / 2;
  return [direction === "LR" ? { x: edge, y: from.y } : { x: from.x, y: edge }];
}

/** Sum over the edges of the ranks between their ends, with each node one rank behind the last of its operands. */
function ranksCrossed({ nodes, edges }: LayoutGraph): number {
  const into = new Map<string, LayoutGraph["edges"][number][]>();
  for (const edge of edges) {
    const list = into.get(edge.to);
    if (list === undefined) into.set(edge.to, [edge]);
    else list.push(edge);
  }
  const ranks = new Map<string, number>();
  let crossed = 0;
  // operands come before what uses them
  for (const { id } of nodes) {
    const before = (into.get(id) ?? []).map(({ from }) => ranks.get(from) ?? 0);
    const rank = before.reduce((most, from) => Math.max(most, from + 1), 0);
    ranks.set(id, rank);
    for (const from of before) crossed += rank - from;
  }
  return crossed;
}
