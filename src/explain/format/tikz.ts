import { latexName } from "../../formula/latex-names.js";
import type { ExplainedNode, Explanation } from "../explanation.js";
import { latexValue } from "../latex-value.js";
import { type Layout, layOut, type Point } from "../layout.js";
import { round } from "./curve.js";

/** Points that a page has for the picture. */
const page = { width: 480, height: 660 } as const;

/** Points: one character, a line, room around the text of a node. */
const size = { character: 5.6, line: 14, padding: 12 } as const;

/** The colours of the SVG; what a document that holds the picture must define. */
export const tikzColours =
  "\\definecolor{forward}{HTML}{0072B2}\n\\definecolor{backward}{HTML}{B34700}";

/**
 * The graph by TikZ, no larger than a page: each node with its value and its gradient, local partials on the edges.
 * Throws RangeError for graphs too large to draw.
 */
export function tikz(explanation: Explanation): string {
  const [layout, direction, scale] = fitting(explanation);
  const { nodes, edges } = explanation;
  const index = new Map(nodes.map(({ id }, i) => [id, `n${i}`]));
  const drawnNodes = nodes.map((node) => {
    const { width, height } = sizeOf(node);
    const place = layout.nodes.get(node.id) as Point;
    return `  \\node[box, minimum width=${round(width)}pt, minimum height=${height}pt] (${index.get(node.id)}) at ${at(place)} {${linesOf(node).join(" \\\\ ")}};`;
  });
  const drawnEdges = edges.map(({ id, partial }) => {
    const { points, label } = layout.edges.get(id) as NonNullable<
      ReturnType<Layout["edges"]["get"]>
    >;
    const way = `  \\draw[edge] ${curve(points, direction)};`;
    return partial === null
      ? way
      : `${way}\n  \\node[partial] at ${at(label)} {$${latexValue(partial)}$};`;
  });
  return [
    `\\begin{center}\\scalebox{${scale}}{\\begin{tikzpicture}[`,
    "  box/.style={draw, rounded corners, align=center, inner sep=0pt},",
    "  edge/.style={->},",
    "  partial/.style={fill=white, inner sep=1.5pt, font=\\small, text=backward}]",
    ...drawnNodes,
    ...drawnEdges,
    "\\end{tikzpicture}}\\end{center}",
  ].join("\n");
}

/** Left to right, or downwards where the page can hold that larger. */
function fitting(explanation: Explanation): [Layout, "LR" | "TB", number] {
  const across = layoutOf(explanation, "LR");
  const scale = scaleOf(across);
  if (scale === 1) return [across, "LR", scale];
  const down = layoutOf(explanation, "TB");
  return scaleOf(down) > scale ? [down, "TB", scaleOf(down)] : [across, "LR", scale];
}

/** A smooth way through all the points, level at each of them along the drawing. */
function curve(points: readonly Point[], direction: "LR" | "TB"): string {
  const [first, ...rest] = points as [Point, ...Point[]];
  let from = first;
  let way = at(first);
  for (const to of rest) {
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    const [one, other] =
      direction === "LR"
        ? [
            { x: middle.x, y: from.y },
            { x: middle.x, y: to.y },
          ]
        : [
            { x: from.x, y: middle.y },
            { x: to.x, y: middle.y },
          ];
    way += ` .. controls ${at(one)} and ${at(other)} .. ${at(to)}`;
    from = to;
  }
  return way;
}

/** TikZ counts upwards. */
function at({ x, y }: Point): string {
  return `(${round(x)}pt,${round(-y)}pt)`;
}

function scaleOf({ width, height }: Layout): number {
  const most = Math.min(1, page.width / width, page.height / height);
  return Math.floor(1000 * most) / 1000;
}

function layoutOf({ nodes, edges }: Explanation, direction: "LR" | "TB"): Layout {
  return layOut({
    direction,
    nodes: nodes.map((node) => ({ id: node.id, ...sizeOf(node) })),
    // in the order of the forward pass, which keeps the inputs' order
    edges: [...edges].reverse().map(({ id, from, to, partial }) => ({
      id,
      from,
      to,
      width: partial === null ? 0 : widthOf(latexValue(partial)) + 8,
      height: size.line,
    })),
  });
}

function linesOf({ kind, id, latex, value, gradient }: ExplainedNode): string[] {
  const head = kind === "input" ? latexName(id) : `${latexName(id)} = ${latex}`;
  return [
    `$${head}$`,
    `\\color{forward}$${latexValue(value)}$`,
    `\\color{backward}$${latexValue(gradient)}$`,
  ];
}

function sizeOf(node: ExplainedNode): { width: number; height: number } {
  const lines = linesOf(node);
  const tall = /\\d?frac/.test(lines[0] as string) ? 14 : 0;
  return {
    width: Math.max(...lines.map(widthOf)) + size.padding,
    height: lines.length * size.line + tall + 8,
  };
}

/** About how wide LaTeX sets a formula, in points: commands count as one sign, signs between operands have room. */
function widthOf(latex: string): number {
  const text = latex
    .replace(/\\color\{\w+\}/g, "")
    .replace(/\\(?:operatorname|mathrm|text|left|right|frac)(?![a-z])/g, "")
    .replace(/\\cdot|[=+]|(?<=[^\s({[$,])\s*-/g, "xxx")
    .replace(/\\[a-zA-Z]+/g, "x")
    .replace(/[\s{}^_$\\]/g, "");
  return [...text].length * size.character;
}
