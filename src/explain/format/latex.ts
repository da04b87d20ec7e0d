import { latexName } from "../../formula/latex-names.js";
import type { ExplainedEdge, Explanation, Path, PathSum } from "../explanation.js";
import { latexFactor, latexValue } from "../latex-value.js";
import { formatShort } from "../numbers.js";
import { type Language, type Phrases, phrases } from "./language.js";
import { tikz, tikzColours } from "./tikz.js";

export interface LatexOptions {
  readonly lang?: Language;
  /** A whole document that compiles by itself, with the graph drawn by TikZ; a fragment unless asked for. */
  readonly document?: boolean;
}

/** Columns of a matrix beside its name. More of them a document shrinks to the width of its page. */
const few = 6;

/** Characters that a row has room for, and factors of a product written in several rows. */
const row = { characters: 68, symbols: 12 } as const;

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
  const wide = (explanation.hessian?.variables.length ?? 0) > few;
  const body = shown.map(
    ([title, rows]) =>
      `\\subsection*{${title}}\n${title === say.hessian && wide ? shrunk(rows) : align(rows)}`,
  );
  const all = [...body, `\\subsection*{${say.graph}}\n${picture(explanation, say)}`].join("\n\n");
  const cyrillic = /[\u0400-\u04ff]/.test(all + say.title);
  return `${preamble(cyrillic, say)}\n${all}\n\n\\end{document}\n`;
}

function picture(explanation: Explanation, say: Phrases): string {
  try {
    return tikz(explanation);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return say.tooLarge(explanation.nodes.length);
  }
}

function shrunk(rows: readonly string[]): string {
  const inner = rows.join(" \\\\\n  ");
  return `\\[\\resizebox{\\linewidth}{!}{$\\begin{aligned}\n  ${inner}\n\\end{aligned}$}\\]`;
}

function align(rows: readonly string[]): string {
  return `\\begin{align*}\n${rows.map((row) => `  ${row}`).join(" \\\\\n")}\n\\end{align*}`;
}

function forwardRows({ nodes }: Explanation): string[] {
  return nodes
    .filter((node) => node.kind === "operation")
    .map((node) => `${latexName(node.id)} &= ${node.latex} = ${latexValue(node.value)}`);
}

function partialRows({ edges, output }: Explanation): string[] {
  return edges.flatMap((edge) => {
    if (edge.partial === null) {
      if (edge.ruleLatex === undefined) return [];
      const arriving = partial(output, edge.to);
      return [`${partial(edge.to, edge.from)} &\\colon ${arriving} \\mapsto ${edge.ruleLatex}`];
    }
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
  const terms = sum.listed.map((path) => termRows(path, byId));
  const [first, ...rest] = [...terms, ...dots.map((text) => [text])] as [string[], ...string[][]];
  const [head, ...more] = first as [string, ...string[]];
  const continued = (text: string): string => `&\\qquad\\quad ${text}`;
  return [
    `${left} &= ${head}`,
    ...more.map(continued),
    ...rest.flatMap(([start, ...others]) => [`&\\quad + ${start}`, ...others.map(continued)]),
    `&= ${total}`,
  ];
}

/** A product: its numbers under its symbols where a row has room for both, otherwise in rows of their own. */
function termRows(path: Path, byId: ReadonlyMap<string, ExplainedEdge>): string[] {
  const symbols = path.edges.map((id) => {
    const edge = byId.get(id) as ExplainedEdge;
    return partial(edge.to, edge.from);
  });
  const chain = symbols.join(" ") || "1";
  const { product } = path;
  const factors = path.factors.map(latexFactor);
  const numbers = factors.join(" \\cdot ");
  const fits = numbers.length <= row.characters && symbols.length <= row.symbols;
  if (product === null || factors.length === 0) {
    const rows = fits
      ? [chain]
      : inRows(symbols.map((text) => [text, 5])).map((one) => one.join(" "));
    return [...rows, ...downRows(path)];
  }
  const result = `= ${latexValue(product)}`;
  if (fits) return [`\\underbrace{${chain}}_{${numbers} ${result}}`];
  const written = inRows(symbols.map((text) => [text, 5])).map((one) => one.join(" "));
  const counted = inRows(factors.map((text) => [text, text.length + 3]));
  return [
    ...written,
    ...counted.map((one, i) => {
      const end = i === counted.length - 1 ? ` ${result} \\bigr)` : "";
      return `${i === 0 ? "\\bigl(" : "\\cdot "} ${one.join(" \\cdot ")}${end}`;
    }),
  ];
}

/** What comes down a path through tensors, factor after factor. */
function downRows({ steps = [] }: Path): string[] {
  const values = steps.map(
    ({ value }) => [latexValue(value), formatShort(value).length + 3] as const,
  );
  const written = inRows(values.map(([text, width]) => [`\\mapsto ${text}`, width]));
  return written.map((one, i) => {
    const [open, close] = [i === 0 ? "\\bigl(1 " : "", i === written.length - 1 ? "\\bigr)" : ""];
    return `${open}${one.join(" ")}${close}`;
  });
}

/** Texts with their widths in characters, as many in a row as there is room for. */
function inRows(texts: readonly (readonly [text: string, width: number])[]): string[][] {
  const rows: string[][] = [];
  let room = 0;
  for (const [text, width] of texts) {
    room -= width;
    if (rows.length === 0 || room < 0) {
      rows.push([]);
      room = row.characters - width;
    }
    rows.at(-1)?.push(text);
  }
  return rows;
}

function hessianRows({ hessian, output }: Explanation): string[] {
  if (hessian === undefined) return [];
  const { variables, values } = hessian;
  const left = `\\nabla^2_{(${variables.map(latexName).join(", ")})} ${latexName(output)}`;
  const rows = values.map((line) => line.map(latexValue).join(" & ")).join(" \\\\ ");
  if (variables.length <= few) return [`${left} &= \\begin{pmatrix} ${rows} \\end{pmatrix}`];
  // a pmatrix has at most ten columns
  const columns = "c".repeat(variables.length);
  return [`&${left}`, `&= \\left(\\begin{array}{${columns}} ${rows} \\end{array}\\right)`];
}

function partial(of: string, by: string): string {
  return `\\frac{\\partial ${latexName(of)}}{\\partial ${latexName(by)}}`;
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
    "\\usepackage[a4paper,margin=2cm]{geometry}",
    tikzColours,
    "\\allowdisplaybreaks",
    "\\begin{document}",
    `\\section*{${say.title}}`,
  ].join("\n");
}
