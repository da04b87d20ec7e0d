import type { DerivativeGraph, Explanation } from "../../../src/explain/index.js";
import type { Layout, LayoutGraph } from "../../../src/explain/layout.js";
import { sizes, widthOf } from "./measure.js";

/** Characters kept free for a value, and for the partial on an edge: boxes stay as they are whatever the numbers. */
export const room = { number: 9, list: 17, label: 7 } as const;

/** From left to right, or from top to bottom. */
export type Direction = LayoutGraph["direction"];

export interface PictureNode {
  readonly id: string;
  readonly kind: "input" | "operation" | "derivative";
  readonly head: string;
  /** All that the node is called, however long. */
  readonly name: string;
  /** In a grown graph: how a derivative is computed, or which derivative a node of the graph happens to be. */
  readonly formula: string;
  /** Characters a value may take. */
  readonly room: number;
  readonly width: number;
  readonly height: number;
}

export interface PictureEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/** What the canvas shows, without numbers. */
export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  readonly layout: LayoutGraph;
}

const digit = sizes.number / 2;

/** Width of the partial on an edge. */
const label = Math.ceil((room.label * sizes.label) / 2 + 8);

export function pictureOf(explanation: Explanation, direction: Direction): Picture {
  const nodes = explanation.nodes.map((node): PictureNode => {
    const name = node.kind === "input" ? node.id : `${node.id} = ${node.text}`;
    const head = cut(name, 28);
    const scalar = typeof node.value === "number";
    const narrow = direction === "TB" ? 1 : 0;
    const space = (scalar ? room.number : room.list) - narrow;
    const width = Math.max(widthOf(head, sizes.head), (space + 0.5) * digit) + 14;
    return {
      id: node.id,
      kind: node.kind,
      head,
      name,
      formula: "",
      room: space,
      width: Math.ceil(width),
      height: 3 * sizes.line + 10,
    };
  });
  const { edges } = explanation;
  return {
    nodes,
    edges,
    layout: {
      ...placed(direction),
      nodes: nodes.map(({ id, width, height }) => ({ id, width, height })),
      // in the order of the forward pass, which keeps the inputs' order
      edges: [...edges].reverse().map(({ id, from, to, partial }) => ({
        id,
        from,
        to,
        width: partial === null ? 0 : label,
        height: sizes.line,
      })),
    },
  };
}

/** The graph with its derivatives: these carry their names and formulas, its own edges their partials. */
export function grownPicture(
  { nodes, edges }: DerivativeGraph,
  explanation: Explanation,
  direction: Direction,
): Picture {
  const partials = new Set(
    explanation.edges.flatMap(({ id, partial }) => (partial === null ? [] : [id])),
  );
  const drawn = nodes.map((node): PictureNode => {
    const names = node.derivatives.join(" = ");
    const grown = node.kind === "derivative";
    const own = node.kind === "input" ? node.id : `${node.id} = ${node.text}`;
    const named = grown && node.derivatives.length > 0;
    const space = typeof node.value === "number" ? room.number : room.list;
    const also = !grown && names !== "";
    const name = named ? names : also ? `${own} = ${names}` : own;
    const head = cut(named ? names : own, 34);
    const formula = cut(named ? node.text : grown ? "" : names, 34);
    const width = Math.max(
      widthOf(head, sizes.head),
      widthOf(formula, sizes.number),
      (space + 0.5) * digit,
    );
    return {
      id: node.id,
      kind: node.kind,
      head,
      name,
      formula,
      room: space,
      width: Math.ceil(width + 14),
      height: (also ? 4 : 3) * sizes.line + 10,
    };
  });
  return {
    nodes: drawn,
    edges,
    layout: {
      ...placed(direction),
      nodes: drawn.map(({ id, width, height }) => ({ id, width, height })),
      // an operation's last operand first: this keeps the inputs' order
      edges: nodes.flatMap(({ id: user }) =>
        edges
          .filter(({ to }) => to === user)
          .reverse()
          .map(({ id, from, to }) =>
            partials.has(id)
              ? { id, from, to, width: label, height: sizes.line }
              : { id, from, to, width: 12, height: 12 },
          ),
      ),
    },
  };
}

/** Room between the ranks of a drawing that goes down, where height is dear. */
const close = 18;

function placed(direction: Direction): Pick<LayoutGraph, "direction" | "gap"> {
  return direction === "LR" ? { direction } : { direction, gap: close };
}

/** How high a picture placed from left to right would be at least if it went down: a rank for each column. */
export function leastHeight({ nodes }: Layout): number {
  const columns = new Set([...nodes.values()].map(({ x }) => Math.round(x)));
  return columns.size * (3 * sizes.line + 10 + close);
}

function cut(text: string, longest: number): string {
  const points = [...text];
  return points.length > longest ? `${points.slice(0, longest - 1).join("")}…` : text;
}
