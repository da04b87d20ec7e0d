import { type CsvTable, datasetOf, numberIn, readTable } from "../../../src/cli/csv.js";
import { decodeData } from "../../../src/cli/decode.js";
import { Failure } from "../../../src/cli/failure.js";
import { nearest } from "../../../src/formula/index.js";
import { type Dataset, randomKey } from "../../../src/train/index.js";
import type { Columns, Target } from "./messages.js";
import { Refusal } from "./refusal.js";
import type { Setup } from "./setup.js";

/** Rows that the page trains on at most: what can be watched. */
const mostRows = 2000;

/** Characters of a file that a link carries at most. */
const longestInLink = 6000;

/** A column of so many different values, or of fewer, can be a class to tell from the others. */
const mostClasses = 8;

/** A file of one's own: what can be learnt from it, and the numbers. */
export class OwnFile {
  readonly columns: Columns;
  private readonly table: CsvTable;

  /** Throws Failure for a file that nothing can be learnt from. */
  constructor(content: string | Uint8Array, name: string) {
    const text = typeof content === "string" ? content : decodeData(content, name);
    const whole = readTable(text, name);
    const { numbers, leftOut } = sortColumns(whole);
    const table = thinned(whole);
    const targets = [
      ...numbers.map((column): Target => ({ name: column, column, value: undefined })),
      ...whole.names.flatMap((column) => classesOf(table, column)),
    ].filter(({ column }) => numbers.some((one) => one !== column));
    const last = table.names.findLast((column) => targets.some((one) => one.column === column));
    if (last === undefined) throw leftOut[0]?.failure ?? new Error("no columns");
    this.table = table;
    this.columns = {
      name,
      rows: whole.rows.length,
      used: table.rows.length,
      numbers,
      targets,
      target: usualTarget(targets.filter(({ column }) => column === last)),
      leftOut: leftOut
        .filter(({ column }) => targets.every((one) => one.column !== column))
        .map(({ failure }) => failure.text),
      text: text.length <= longestInLink ? text : undefined,
    };
  }

  /** What a setup predicts. Throws Refusal for what the file does not have. */
  target({ target }: Setup): Target {
    const { targets, target: usual } = this.columns;
    const found = targets.find(({ name }) => name === (target === "" ? usual : target));
    if (found !== undefined) return found;
    const near =
      nearest(
        target,
        targets.map(({ name }) => name),
      ) ?? usual;
    throw new Refusal("file", {
      en: `${this.columns.name} has no '${target}' to predict; it has, for example, '${near}'`,
      ru: `в ${this.columns.name} нет '${target}', чтобы предсказать; есть, например, '${near}'`,
    });
  }

  /** The rows as a setup asks for them. Throws Failure for a column that is not there. */
  dataset(setup: Setup): Dataset {
    const { name, column, value } = this.target(setup);
    const others = this.columns.numbers.filter((one) => one !== column);
    const features = setup.features.length > 0 ? setup.features : others;
    if (value === undefined) return datasetOf(this.table, { target: column, features });
    const { names, rows, decimal } = this.table;
    const at = names.indexOf(column);
    const told: CsvTable = {
      ...this.table,
      names: [...names, name],
      rows: rows.map(({ cells, row }) => {
        const same = plain(cells[at] as string, decimal) === value;
        return { row, cells: [...cells, same ? "1" : "0"] };
      }),
    };
    return datasetOf(told, { target: name, features });
  }
}

interface LeftOut {
  readonly column: string;
  readonly failure: Failure;
}

/** The columns of numbers, and what is wrong with each of the others. Throws Failure where there is none to learn from. */
function sortColumns(table: CsvTable): { numbers: string[]; leftOut: LeftOut[] } {
  const numbers: string[] = [];
  const leftOut: LeftOut[] = [];
  for (const column of table.names) {
    try {
      datasetOf(table, { target: column, features: [column] });
      numbers.push(column);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      leftOut.push({ column, failure: error });
    }
  }
  // one column, and none of numbers, are told as they are on the command line
  if (table.names.length < 2) datasetOf(table);
  if (numbers.length === 0 && leftOut[0] !== undefined) throw leftOut[0].failure;
  return { numbers, leftOut };
}

/** As many rows as can be watched, in the order of the file: a random sample (Floyd 1987), the same each time. */
function thinned(table: CsvTable): CsvTable {
  const { length } = table.rows;
  if (length <= mostRows) return table;
  const u = randomKey(0).fold(4).uniform(mostRows);
  const chosen = new Set<number>();
  for (let i = 0; i < mostRows; i++) {
    const last = length - mostRows + i;
    const row = Math.floor((u[i] as number) * (last + 1));
    chosen.add(chosen.has(row) ? last : row);
  }
  const rows = [...chosen].sort((a, b) => a - b);
  return { ...table, rows: rows.map((row) => table.rows[row] as CsvTable["rows"][number]) };
}

/** Each value of a column of few, told from the others: texts, and whole numbers. */
function classesOf({ names, rows, decimal }: CsvTable, column: string): Target[] {
  const at = names.indexOf(column);
  const values = [...new Set(rows.map(({ cells }) => plain(cells[at] ?? "", decimal)))];
  const few = values.length >= 2 && values.length <= mostClasses;
  if (!few || values.includes("") || 2 * values.length > rows.length) return [];
  const given = values.map((value) => numberIn(value, "."));
  const whole = given.every((value) => Number.isInteger(value));
  if (!whole && given.every((value) => value !== undefined)) return [];
  const order = whole
    ? (a: string, b: string): number => Number(a) - Number(b)
    : (a: string, b: string): number => a.localeCompare(b, "en");
  return values.sort(order).map((value) => ({ name: `${column} = ${value}`, column, value }));
}

/** A cell as its class is called: 1 for 1.0. */
function plain(cell: string, decimal: CsvTable["decimal"]): string {
  const value = numberIn(cell, decimal);
  return value === undefined ? cell : String(value);
}

/** Of two values the last, of texts too; of numbers the number itself. */
function usualTarget(targets: readonly Target[]): string {
  const [first] = targets;
  const classes = targets.filter(({ value }) => value !== undefined);
  const numeric = first?.value === undefined;
  const usual = numeric && classes.length !== 2 ? first : classes.at(-1);
  return (usual as Target).name;
}
