import type { Language } from "./catalogue.js";
import { cellsOf, printable } from "./characters.js";
import type { Problem } from "./problem.js";
import { isLineEnd, Source, type Span } from "./source.js";

/** Parts of a rendered error, for colour. */
export type ErrorPart = "head" | "message" | "gutter" | "mark" | "related" | "note";

export interface RenderOptions {
  /** Cells of source shown per line; longer lines are cut to a window around the place. */
  readonly width?: number;
  /** Wraps a part in colour; the default leaves it. */
  readonly style?: (part: ErrorPart, text: string) => string;
}

interface Mark {
  readonly span: Span;
  readonly text: string;
  readonly primary: boolean;
}

/** A source line as terminal cells. */
interface Line {
  readonly number: number;
  readonly span: Span;
  /** What each code point shows as, and the cell it starts at (one more for the end). */
  readonly shown: readonly string[];
  readonly columns: readonly number[];
}

const tabStop = 4;
const heads = { en: "error", ru: "ошибка" };

/**
 * The problem for a terminal: its text, the source lines it concerns with carets under the places, and what to do.
 * Columns are aligned in terminal cells (wide characters take two, tabs reach the next stop of four).
 */
export function renderError(
  problem: Problem,
  source: string,
  language: Language = "en",
  options: RenderOptions = {},
): string {
  const { width = 80, style = (_part, text) => text } = options;
  const text = new Source(source);
  const marks: Mark[] = [
    {
      span: problem.span,
      text: oneLine((problem.label ?? problem.fix)?.[language] ?? ""),
      primary: true,
    },
    ...(problem.related ?? []).map(({ span, message }) => ({
      span,
      text: oneLine(message[language]),
      primary: false,
    })),
  ];
  const byLine = new Map<number, Mark[]>();
  for (const mark of marks) {
    const { line } = text.locate(mark.span.start);
    byLine.set(line, [...(byLine.get(line) ?? []), mark]);
  }
  const numbers = [...byLine.keys()].sort((a, b) => a - b);
  const gutter = Math.max(3, String(numbers.at(-1)).length);
  const head = style("head", `${heads[language]}[${problem.code}]`);
  const rows = [`${head}: ${style("message", oneLine(problem.message[language]))}`];
  for (const number of numbers) {
    const line = layLine(text, number);
    for (const group of fitting(byLine.get(number) as Mark[], line, width)) {
      const [excerpt, ...below] = drawExcerpt(group, line, width, style);
      rows.push(`${style("gutter", `${String(number).padStart(gutter)} |`)} ${excerpt}`);
      for (const row of below) rows.push(`${style("gutter", `${" ".repeat(gutter)} |`)} ${row}`);
    }
  }
  if (problem.label !== undefined && problem.fix !== undefined) {
    const note = style("note", oneLine(problem.fix[language]));
    rows.push(`${style("gutter", `${" ".repeat(gutter)} =`)} ${note}`);
  }
  return rows.map((row) => row.trimEnd()).join("\n");
}

function oneLine(text: string): string {
  return Array.from(text, (point) => (isLineEnd(point) ? " " : printable(point))).join("");
}

function layLine(source: Source, number: number): Line {
  const span = source.lineSpan(number);
  const shown: string[] = [];
  const columns = [0];
  let column = 0;
  for (let i = span.start; i < span.end; i++) {
    const point = source.points[i] as string;
    const tab = tabStop - (column % tabStop);
    const text = point === "\t" ? " ".repeat(tab) : printable(point);
    column += point === "\t" ? tab : cellsOf(text);
    shown.push(text);
    columns.push(column);
  }
  return { number, span, shown, columns };
}

/** Cells a mark covers on its line: at least one, and the first line only of a longer span. */
function cellsUnder(mark: Mark, line: Line): { from: number; to: number } {
  const at = (offset: number): number => {
    const index = Math.min(Math.max(offset - line.span.start, 0), line.shown.length);
    return line.columns[index] as number;
  };
  const from = at(mark.span.start);
  return { from, to: Math.max(from + 1, at(mark.span.end)) };
}

/** Marks that can be shown in one window stay together; otherwise each has its own. */
function fitting(marks: readonly Mark[], line: Line, width: number): (readonly Mark[])[] {
  const all = marks.map((mark) => cellsUnder(mark, line));
  const from = Math.min(...all.map((cells) => cells.from));
  const to = Math.max(...all.map((cells) => cells.to));
  return to - from <= width - 2 || (line.columns.at(-1) as number) <= width
    ? [marks]
    : marks.map((mark) => [mark]);
}

/** The part of a line to show, as indices of its code points. */
function windowOf(marks: readonly Mark[], line: Line, width: number): Span {
  const total = line.columns.at(-1) as number;
  if (total <= width) return { start: 0, end: line.shown.length };
  const all = marks.map((mark) => cellsUnder(mark, line));
  const from = Math.min(...all.map((cells) => cells.from));
  const to = Math.min(Math.max(...all.map((cells) => cells.to)), from + width);
  const wanted = Math.floor((from + to - width) / 2);
  const first = Math.max(0, Math.min(wanted, total - width));
  const start = line.columns.findIndex((column) => column >= first);
  let end = start;
  while (end < line.shown.length && (line.columns[end + 1] as number) <= first + width) end++;
  return { start, end };
}

function drawExcerpt(
  marks: readonly Mark[],
  line: Line,
  width: number,
  style: (part: ErrorPart, text: string) => string,
): string[] {
  const { start, end } = windowOf(marks, line, width);
  const before = start > 0 ? "…" : "";
  const after = end < line.shown.length ? "…" : "";
  const shift = before.length - (line.columns[start] as number);
  const limit = (line.columns[end] as number) + shift + 1;
  const placed = marks
    .map((mark) => {
      const { from, to } = cellsUnder(mark, line);
      return { mark, from: Math.max(0, from + shift), to: Math.min(to + shift, limit) };
    })
    .sort((a, b) => b.from - a.from);
  const cells: { sign: string; part: ErrorPart }[] = [];
  for (const { mark, from, to } of [...placed].sort((a, b) => rank(a.mark) - rank(b.mark))) {
    for (let i = from; i < to; i++) {
      cells[i] = mark.primary ? { sign: "^", part: "mark" } : { sign: "-", part: "related" };
    }
  }
  let signs = "";
  for (let from = 0; from < cells.length; ) {
    let to = from + 1;
    while (to < cells.length && cells[to]?.part === cells[from]?.part) to++;
    const cell = cells[from];
    const count = to - from;
    signs += cell === undefined ? " ".repeat(count) : style(cell.part, cell.sign.repeat(count));
    from = to;
  }
  const [last, ...others] = placed;
  const told = (mark: Mark) => style(mark.primary ? "mark" : "related", mark.text);
  return [
    `${before}${line.shown.slice(start, end).join("")}${after}`,
    `${signs} ${told((last as { mark: Mark }).mark)}`,
    ...others
      .filter(({ mark }) => mark.text !== "")
      .map(({ mark, from }) => `${" ".repeat(from)}${told(mark)}`),
  ];
}

/** Related places are drawn first, so that the place itself shows where they overlap. */
function rank(mark: Mark): number {
  return mark.primary ? 1 : 0;
}
