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

/** Layered drawing of a graph (Gansner et al. 1993, by dagre). Edge labels get room of their own. */
export function layOut(graph: LayoutGraph): Layout {
  const drawing = new dagre.graphlib.Graph({ multigraph: true });
  drawing.setGraph({
    rankdir: graph.direction,
    nodesep: 28,
    ranksep: 34,
    edgesep: 14,
    marginx: 16,
    marginy: 16,
  });
  for (const { id, width, height } of graph.nodes) drawing.setNode(id, { width, height });
  for (const { id, from, to, width, height } of graph.edges) {
    drawing.setEdge(from, to, { width, height, labelpos: "c" }, id);
  }
  dagre.layout(drawing);
  const { width = 0, height = 0 } = drawing.graph();
  return {
    width,
    height,
    nodes: new Map(graph.nodes.map(({ id }) => [id, drawing.node(id) as Point])),
    edges: new Map(
      graph.edges.map(({ id, from, to }) => {
        const edge = drawing.edge({ v: from, w: to, name: id });
        return [id, { points: edge.points, label: { x: edge.x as number, y: edge.y as number } }];
      }),
    ),
  };
}
