import type { ExplainedNode, Explanation } from "../explanation.js";
import { type Layout, layOut, type Point } from "../layout.js";
import { formatValue } from "../numbers.js";
import { curve, round } from "./curve.js";
import { equation } from "./heading.js";
import { type Language, phrases } from "./language.js";
import { escapeMarkup } from "./markup.js";

export interface SvgOptions {
  readonly lang?: Language;
  /** Inputs at the left (`LR`, the default) or on top (`TB`). */
  readonly direction?: "LR" | "TB";
  /** `auto` (the default) follows the viewer's preference. */
  readonly theme?: "light" | "dark" | "auto";
}

/** Pixels: size of text, width of one monospace character, height of a line, padding. */
const size = 13;
const advance = 7.85;
const line = 18;
const padding = 10;

/** Longest text in a node. */
const longest = 34;

/**
 * The graph as a drawing: each node with its operation, value (blue) and gradient (orange, dashed border),
 * local partials on the edges. Plain SVG text, styles inside: it opens alone, in any viewer.
 */
export function formatSvg(explanation: Explanation, options: SvgOptions = {}): string {
  const say = phrases[options.lang ?? "en"];
  const boxes = new Map(
    explanation.nodes.map((node) => [node.id, linesOf(node, explanation.output)]),
  );
  const direction = options.direction ?? "LR";
  const layout = layOut({
    direction,
    nodes: explanation.nodes.map(({ id }) => ({ id, ...sizeOf(boxes.get(id) as string[]) })),
    // in the order of the forward pass, which keeps the inputs' order from top to bottom
    edges: [...explanation.edges].reverse().map((edge) => {
      const label = edge.partial === null ? "" : formatValue(edge.partial, 3);
      return { id: edge.id, from: edge.from, to: edge.to, width: width(label) + 8, height: line };
    }),
  });
  const title = `${say.title}: ${equation(explanation)}`;
  const [w, h] = [Math.ceil(layout.width), Math.ceil(layout.height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" role="img" aria-labelledby="title" lang="${options.lang ?? "en"}">`,
    `<title id="title">${escapeMarkup(title)}</title>`,
    `<style>${styles(options.theme ?? "auto")}</style>`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0 8 4 0 8z"/></marker></defs>',
    `<rect class="page" width="${w}" height="${h}"/>`,
    ...explanation.edges.map((edge) =>
      drawEdge(
        edge.id,
        edge.partial === null ? "" : formatValue(edge.partial, 3),
        layout,
        direction,
      ),
    ),
    ...explanation.nodes.map((node) => drawNode(node, boxes.get(node.id) as string[], layout)),
    "</svg>",
    "",
  ].join("\n");
}

function linesOf(node: ExplainedNode, output: string): string[] {
  const head = node.kind === "input" ? node.id : `${node.id} = ${node.text}`;
  return [
    cut(head),
    cut(formatValue(node.value, 3)),
    cut(`∂${output}/∂${node.id} = ${formatValue(node.gradient, 3)}`),
  ];
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : text;
}

function width(text: string): number {
  return [...text].length * advance;
}

function sizeOf(lines: readonly string[]): { width: number; height: number } {
  return {
    width: Math.max(...lines.map(width)) + 2 * padding,
    height: lines.length * line + padding,
  };
}

function drawNode(node: ExplainedNode, lines: readonly string[], layout: Layout): string {
  const { x, y } = layout.nodes.get(node.id) as Point;
  const box = sizeOf(lines);
  const [left, top] = [x - box.width / 2, y - box.height / 2];
  const texts = lines.map((text, i) => {
    const kind = ["name", "forward", "backward"][i];
    return `<text class="${kind}" x="${round(x)}" y="${round(top + padding / 2 + (i + 0.72) * line)}">${escapeMarkup(text)}</text>`;
  });
  const rect = `<rect class="${node.kind}" x="${round(left)}" y="${round(top)}" width="${round(box.width)}" height="${round(box.height)}" rx="6"/>`;
  return `<g data-node="${escapeMarkup(node.id)}">${rect}${texts.join("")}</g>`;
}

function drawEdge(id: string, label: string, layout: Layout, direction: "LR" | "TB"): string {
  const { points, label: at } = layout.edges.get(id) as { points: readonly Point[]; label: Point };
  const path = `<path class="edge" d="${curve(points, direction)}" marker-end="url(#arrow)"/>`;
  if (label === "") return `<g data-edge="${escapeMarkup(id)}">${path}</g>`;
  const box = width(label) + 6;
  const back = `<rect class="label" x="${round(at.x - box / 2)}" y="${round(at.y - line / 2)}" width="${round(box)}" height="${line}"/>`;
  const text = `<text class="backward" x="${round(at.x)}" y="${round(at.y + size * 0.35)}">${escapeMarkup(label)}</text>`;
  return `<g data-edge="${escapeMarkup(id)}">${path}${back}${text}</g>`;
}

const light =
  "--ink:#1b1f24;--page:#ffffff;--box:#f6f8fa;--line:#8c959f;--forward:#0072b2;--backward:#b34700";
const dark =
  "--ink:#e6edf3;--page:#14161a;--box:#1f242b;--line:#7d8590;--forward:#56b4e9;--backward:#ffa552";

function styles(theme: "light" | "dark" | "auto"): string {
  const colours =
    theme === "auto"
      ? `svg{${light}}@media(prefers-color-scheme:dark){svg{${dark}}}`
      : `svg{${theme === "dark" ? dark : light}}`;
  return [
    colours,
    `text{font:${size}px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;text-anchor:middle;fill:var(--ink)}`,
    ".page,.label{fill:var(--page)}",
    ".input,.operation{fill:var(--box);stroke:var(--line)}.input{stroke-width:2}",
    ".forward{fill:var(--forward)}.backward{fill:var(--backward)}.name{font-weight:600}",
    ".edge{fill:none;stroke:var(--line);stroke-width:1.5}.head{fill:var(--line)}",
  ].join("");
}
