import { latexName } from "../../formula/latex-names.js";
import type {
  ExplainedEdge,
  ExplainedNode,
  Explanation,
  PathSum,
  ValueData,
} from "../explanation.js";
import { latexNumber } from "../formula.js";
import { formatNumber } from "../numbers.js";
import { type Language, type Phrases, phrases } from "./language.js";

export interface LatexOptions {
  readonly lang?: Language;
  /** A whole document that compiles by itself, with the graph drawn by TikZ; a fragment unless asked for. */
  readonly document?: boolean;
}

/** Elements shown of a tensor. */
const longest = 6;

/**
 * The derivation in LaTeX: `align*` environments (amsmath, KaTeX). With `document`, a file for pdflatex, xelatex
 * or lualatex that also draws the graph.
 */
export function formatLatex(explanation: Explanation, options: LatexOptions = {}): string {
  const lang = options.lang ?? "en";
  const say = phrases[lang];
  const blocks = [
    [say.forward, forwardRows(explanation)],
    [say.localPartials, partialRows(explanation)],
    [say.chainRule, chainRows(explanation, say)],
    [say.hessian, hessianRows(explanation)],
  ] as const;
  const shown = blocks.filter(([, rows]) => rows.length > 0);
  if (options.document !== true) return `${shown.map(([, rows]) => align(rows)).join("\n\n")}\n`;
  const body = shown.map(([title, rows]) => `\\subsection*{${title}}\n${align(rows)}`);
  const picture = `\\subsection*{${say.graph}}\n${tikz(explanation)}`;
  const cyrillic = /[\u0400-\u04ff]/.test(body.join("") + say.title);
  return `${preamble(cyrillic, say)}\n${body.join("\n\n")}\n\n${picture}\n\n\\end{document}\n`;
}

function align(rows: readonly string[]): string {
  return `\\begin{align*}\n${rows.map((row) => `  ${row}`).join(" \\\\\n")}\n\\end{align*}`;
}

function forwardRows({ nodes }: Explanation): string[] {
  return nodes
    .filter((node) => node.kind === "operation")
    .map((node) => `${latexName(node.id)} &= ${node.latex} = ${latexValue(node.value)}`);
}

function partialRows({ edges }: Explanation): string[] {
  return edges.flatMap((edge) => {
    if (edge.partial === null) return [];
    const left = partial(edge.to, edge.from);
    const value = latexValue(edge.partial);
    return [
      edge.formulaLatex === value
        ? `${left} &= ${value}`
        : `${left} &= ${edge.formulaLatex} = ${value}`,
    ];
  });
}

function chainRows(explanation: Explanation, say: Phrases): string[] {
  const byId = new Map(explanation.edges.map((edge) => [edge.id, edge]));
  return explanation.paths.flatMap((sum) => pathRows(explanation.output, sum, byId, say));
}

function pathRows(
  output: string,
  sum: PathSum,
  byId: ReadonlyMap<string, ExplainedEdge>,
  say: Phrases,
): string[] {
  const left = partial(output, sum.input);
  const total = latexValue(sum.total);
  if (sum.listed.length === 0) return [`${left} &= ${total}`];
  const dots =
    String(sum.listed.length) === sum.count
      ? []
      : [`\\cdots\\quad\\text{(${say.paths(sum.count)})}`];
  const terms = sum.listed.map((path) => {
    const symbols = path.edges.map((id) => {
      const edge = byId.get(id) as ExplainedEdge;
      return partial(edge.to, edge.from);
    });
    const factors = path.factors.map((factor) => latexFactor(factor)).join(" \\cdot ");
    const chain = symbols.join(" ") || "1";
    return path.product === null || factors === ""
      ? chain
      : `\\underbrace{${chain}}_{${factors} = ${latexValue(path.product)}}`;
  });
  const [first, ...rest] = [...terms, ...dots] as [string, ...string[]];
  return [`${left} &= ${first}`, ...rest.map((term) => `&\\quad + ${term}`), `&= ${total}`];
}

function hessianRows({ hessian, output }: Explanation): string[] {
  if (hessian === undefined) return [];
  const rows = hessian.values
    .map((row) => row.map((value) => latexValue(value)).join(" & "))
    .join(" \\\\ ");
  const variables = hessian.variables.map(latexName).join(", ");
  return [
    `\\nabla^2_{(${variables})} ${latexName(output)} &= \\begin{pmatrix} ${rows} \\end{pmatrix}`,
  ];
}

function partial(of: string, by: string): string {
  return `\\frac{\\partial ${latexName(of)}}{\\partial ${latexName(by)}}`;
}

function latexValue(value: ValueData): string {
  if (typeof value === "number") return latexNumber(formatNumber(value));
  if (typeof value === "boolean") return `\\text{${value}}`;
  const items = value.slice(0, longest).map(latexValue);
  return `\\left[${[...items, ...(value.length > longest ? ["\\ldots"] : [])].join(", ")}\\right]`;
}

function latexFactor(value: number): string {
  const text = latexValue(value);
  return text.startsWith("-") ? `(${text})` : text;
}

function preamble(cyrillic: boolean, say: Phrases): string {
  return [
    "\\documentclass{article}",
    "\\usepackage{iftex}",
    "\\ifPDFTeX",
    "  \\usepackage[utf8]{inputenc}",
    ...(cyrillic ? ["  \\usepackage[T2A]{fontenc}"] : ["  \\usepackage[T1]{fontenc}"]),
    "\\else",
    "  \\usepackage{fontspec}",
    ...(cyrillic ? ["  \\setmainfont{DejaVu Serif}"] : []),
    "\\fi",
    "\\usepackage{amsmath,amssymb,tikz}",
    "\\allowdisplaybreaks",
    "\\begin{document}",
    `\\section*{${say.title}}`,
  ].join("\n");
}

/** The graph by TikZ: one column per distance from the inputs. */
function tikz(explanation: Explanation): string {
  const column = new Map<string, number>();
  const rows = new Map<number, number>();
  const index = new Map(explanation.nodes.map((node, i) => [node.id, `n${i}`]));
  const lines = [
    "\\begin{center}\\begin{tikzpicture}[every node/.style={draw, rounded corners, align=center}]",
  ];
  for (const node of explanation.nodes) {
    const at = 1 + Math.max(-1, ...operandIds(node).map((id) => column.get(id) ?? 0));
    column.set(node.id, at);
    const row = rows.get(at) ?? 0;
    rows.set(at, row + 1);
    const label =
      node.kind === "input" ? latexName(node.id) : `${latexName(node.id)} = ${node.latex}`;
    lines.push(
      `  \\node (${index.get(node.id)}) at (${at * 4}, ${-row * 2}) {$${label}$ \\\\ $${latexValue(node.value)}$};`,
    );
  }
  for (const edge of explanation.edges) {
    const label = edge.partial === null ? "" : latexValue(edge.partial);
    const bend = edge.position === 0 ? "" : ", bend left=15";
    lines.push(
      `  \\draw[->${bend}] (${index.get(edge.from)}) to node[draw=none, fill=white, font=\\small] {$${label}$} (${index.get(edge.to)});`,
    );
  }
  return [...lines, "\\end{tikzpicture}\\end{center}"].join("\n");
}

function operandIds(node: ExplainedNode): string[] {
  return node.arguments.flatMap((argument) => ("node" in argument ? [argument.node] : []));
}
