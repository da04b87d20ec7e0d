import Papa from "papaparse";
import { nearest, type Text } from "../formula/index.js";
import type { Dataset } from "../train/index.js";
import { exitCodes, Failure } from "./failure.js";
import { csvMessages as messages } from "./words/csv.js";
import { messages as errors } from "./words/errors.js";

/** Which columns to learn from what. */
export interface Columns {
  /** The last column unless given. */
  readonly target?: string | undefined;
  /** All others unless given. */
  readonly features?: readonly string[] | undefined;
}

/** The rows of a CSV file under their names, each cell still a text. */
export interface CsvTable {
  readonly path: string;
  readonly names: readonly string[];
  /** What stands before the decimals: a comma only where no comma separates cells and no number has a point. */
  readonly decimal: "." | ",";
  /** Cells, and the row's number in the file from 1. */
  readonly rows: readonly { readonly cells: readonly string[]; readonly row: number }[];
}

/**
 * Reads a CSV file: a row of names (x1, x2, … if the first row is numbers already) and rows of numbers. Throws
 * Failure with row and column: exit 4 for the file, exit 2 for a column that is not there.
 */
export function readCsv(text: string, path: string, columns: Columns = {}): Dataset {
  return datasetOf(readTable(text, path), columns);
}

/**
 * Splits a CSV file into cells; columns at the end that hold nothing are dropped. Throws Failure for a file without
 * rows, and for names that are missing or double.
 */
export function readTable(text: string, path: string): CsvTable {
  const plain = text.replace(/^\uFEFF/, "");
  const delimiter = delimiterOf(plain);
  const { data, errors: problems } = Papa.parse<string[]>(plain, { delimiter });
  const broken = problems.find(({ type }) => type === "Quotes");
  if (broken !== undefined)
    throw fileFailure(messages.quotes(path, (broken.row ?? 0) + 1), undefined);
  const rows = withoutTail(
    data
      .map((cells, i) => ({ cells: cells.map((cell) => cell.trim()), row: i + 1 }))
      .filter(({ cells }) => cells.some((cell) => cell !== "")),
  );
  const [first] = rows;
  if (first === undefined) throw fileFailure(messages.empty(path));
  const decimal = delimiter === "," || rows.some(hasPoint) ? "." : ",";
  const named = !first.cells.every((cell) => numberIn(cell, decimal) !== undefined);
  const names = named ? first.cells : first.cells.map((_, i) => `x${i + 1}`);
  const body = named ? rows.slice(1) : rows;
  checkNames(names, path);
  if (body.length === 0) throw fileFailure(messages.noRows(path));
  return { path, names, decimal, rows: body };
}

type Row = CsvTable["rows"][number];

/** Without the empty cells that a separator at the end of every row leaves. */
function withoutTail(rows: readonly Row[]): readonly Row[] {
  const width = ({ cells }: Row): number => cells.findLastIndex((cell) => cell !== "") + 1;
  const widest = rows.reduce((most, row) => Math.max(most, width(row)), 0);
  return rows.map((row) =>
    row.cells.length > widest ? { ...row, cells: row.cells.slice(0, widest) } : row,
  );
}

function hasPoint({ cells }: Row): boolean {
  return cells.some((cell) => cell.includes(".") && numberIn(cell, ".") !== undefined);
}

/** The numbers of the columns chosen. Throws Failure as `readCsv` does. */
export function datasetOf(table: CsvTable, columns: Columns = {}): Dataset {
  const { path, names, decimal, rows: body } = table;
  const target = columnOf(columns.target ?? (names.at(-1) as string), names);
  const features =
    columns.features === undefined || columns.features.length === 0
      ? names.flatMap((_, i) => (i === target ? [] : [i]))
      : columns.features.map((name) => columnOf(name, names));
  if (features.length === 0) throw fileFailure(messages.oneColumn(path));
  const x = new Float64Array(body.length * features.length);
  const y = new Float64Array(body.length);
  body.forEach(({ cells, row }, i) => {
    if (cells.length !== names.length)
      throw fileFailure(messages.ragged(path, row, names.length, cells.length));
    const read = (column: number): number => {
      const cell = cells[column] as string;
      const value = numberIn(cell, decimal);
      if (value !== undefined) return value;
      throw fileFailure(
        messages.notANumber(path, row, names[column] as string, cell),
        /^[+-]?\d+,\d+$/.test(cell) ? messages.decimalComma : messages.chooseColumns,
      );
    };
    features.forEach((column, j) => {
      x[i * features.length + j] = read(column);
    });
    y[i] = read(target);
  });
  return {
    features: features.map((column) => names[column] as string),
    target: names[target] as string,
    x,
    y,
  };
}

/** What separates the cells: a comma, unless the first line has something that rarely stands in a name. */
function delimiterOf(text: string): string {
  const [first = ""] = text.trimStart().split(/[\r\n]/);
  const unquoted = first.replace(/"[^"]*"/g, "");
  return ["\t", ";", "|"].find((mark) => unquoted.includes(mark)) ?? ",";
}

/** The number in a cell; undefined for what is none. */
export function numberIn(cell: string, decimal: "." | ","): number | undefined {
  const plain = (decimal === "," ? cell.replace(",", ".") : cell).replace("\u2212", "-");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

function checkNames(names: readonly string[], path: string): void {
  names.forEach((name, i) => {
    if (name === "") throw fileFailure(messages.unnamed(path, i + 1));
    if (names.indexOf(name) < i) throw fileFailure(messages.twice(path, name));
  });
}

function columnOf(name: string, names: readonly string[]): number {
  const at = names.indexOf(name);
  if (at >= 0) return at;
  const suggestion = nearest(name, names);
  throw new Failure(
    exitCodes.usage,
    messages.noColumn(name),
    suggestion === undefined ? messages.columns(names.join(", ")) : errors.didYouMean(suggestion),
  );
}

function fileFailure(text: Text, fix?: Text): Failure {
  return new Failure(exitCodes.file, text, fix);
}
