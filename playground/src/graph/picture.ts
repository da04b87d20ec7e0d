import type { DerivativeGraph, Explanation } from "../../../src/explain/index.js";
import type { Layout, LayoutGraph } from "../../../src/explain/layout.js";
import { sizes, widthOf } from "./measure.js";

/** Characters kept free for a value: boxes stay as they are whatever the numbers. */
const room = { number: 9, list: 17 } as const;

/**
 * From left to right, or from top to bottom, where height is dear; or closer from left to right, which shows more of a
 * graph in a size that can be read.
 */
export type Placing = "across" | "down" | "closer";

/** Characters for a partial and fewer for a value; pixels beside the text in a box, between ranks, and for no partial. */
const spaces = {
  across: { label: 7, fewer: 0, beside: 14, between: 34, bare: 0 },
  down: { label: 7, fewer: 1, beside: 14, between: 18, bare: 0 },
  closer: { label: 5, fewer: 1, beside: 6, between: 10, bare: 14 },
} as const;

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
  /** Characters that the partial on an edge may take. */
  readonly label: number;
  readonly layout: LayoutGraph;
}

const digit = sizes.number / 2;

/** Width of the partial on an edge. */
function labelWidth(placing: Placing): number {
  return Math.ceil((spaces[placing].label * sizes.label) / 2 + 8);
}

export function pictureOf(explanation: Explanation, placing: Placing): Picture {
  const { label, beside, fewer, bare } = spaces[placing];
  const nodes = explanation.nodes.map((node): PictureNode => {
    const name = node.kind === "input" ? node.id : `${node.id} = ${node.text}`;
    const head = cut(name, 28);
    const scalar = typeof node.value === "number";
    const space = (scalar ? room.number : room.list) - fewer;
    const margin = scalar ? beside : spaces.across.beside;
    const width = Math.max(widthOf(head, sizes.head), (space + 0.5) * digit) + margin;
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
    label,
    layout: {
      ...placed(placing),
      nodes: nodes.map(({ id, width, height }) => ({ id, width, height })),
      // in the order of the forward pass, which keeps the inputs' order
      edges: [...edges].reverse().map(({ id, from, to, partial }) => ({
        id,
        from,
        to,
        width: partial === null ? bare : labelWidth(placing),
        height: sizes.line,
      })),
    },
  };
}

/** The graph with its derivatives: these carry their names and formulas, its own edges their partials. */
export function grownPicture(
  { nodes, edges }: DerivativeGraph,
  explanation: Explanation,
  placing: Placing,
): Picture {
  const { label, beside } = spaces[placing];
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
      width: Math.ceil(width + beside),
      height: (also ? 4 : 3) * sizes.line + 10,
    };
  });
  return {
    nodes: drawn,
    edges,
    label,
    layout: {
      ...placed(placing),
      nodes: drawn.map(({ id, width, height }) => ({ id, width, height })),
      // an operation's last operand first: this keeps the inputs' order
      edges: nodes.flatMap(({ id: user }) =>
        edges
          .filter(({ to }) => to === user)
          .reverse()
          .map(({ id, from, to }) =>
            partials.has(id)
              ? { id, from, to, width: labelWidth(placing), height: sizes.line }
              : { id, from, to, width: 12, height: 12 },
          ),
      ),
    },
  };
}

function placed(placing: Placing): Pick<LayoutGraph, "direction" | "gap"> {
  return { direction: placing === "down" ? "TB" : "LR", gap: spaces[placing].between };
}

/** Columns of a picture placed from left to right. */
function columnsOf({ nodes }: Layout): number {
  return new Set([...nodes.values()].map(({ x }) => Math.round(x))).size;
}

/** How high a picture placed from left to right would be at least if it went down: a rank for each column. */
export function leastHeight(across: Layout): number {
  return columnsOf(across) * (3 * sizes.line + 10 + spaces.down.between);
}

/** How wide it would be at least if all stood closer. */
export function leastWidth(across: Layout): number {
  const narrower = spaces.across.beside - spaces.closer.beside + spaces.closer.fewer * digit;
  const label = labelWidth("across") - labelWidth("closer");
  const nearer = spaces.across.between - spaces.closer.between + label;
  const margins = 2 * (spaces.down.between - spaces.closer.between);
  return across.width - columnsOf(across) * (narrower + nearer) - margins;
}

function cut(text: string, longest: number): string {
  const points = [...text];
  return points.length > longest ? `${points.slice(0, longest - 1).join("")}…` : text;
}
