import { ShapeError, ValueError } from "../../core/errors.js";
import { Node, Tensor } from "../../core/node.js";
import { formatShape } from "../../core/shape.js";
import { describeValue } from "../../core/tree.js";

/** Which entries of a matrix may be other than 0, row by row. */
export interface Pattern {
  readonly rows: number;
  readonly columns: number;
  /** Where the entries of each row start; rows + 1 numbers. */
  readonly indptr: Int32Array;
  /** The column of each entry, ascending in each row. */
  readonly indices: Int32Array;
}

/** Numbers of rows or columns. */
export type IndexList = ArrayLike<number> | Tensor;

/** A pattern by rows: `scipy.sparse.csr_array`, `jax.experimental.sparse.BCSR`, or a result of `sparseJacobian`. */
export interface RowPattern {
  /** Where the entries of each row start in `indices`, and where the last ends: one more than there are rows. */
  readonly indptr: IndexList;
  /** The column of each entry. */
  readonly indices: IndexList;
  readonly shape?: readonly [number, number];
}

/** A pattern by places, in any order: `scipy.sparse.coo_array`. */
export interface PlacePattern {
  readonly row: IndexList;
  readonly col: IndexList;
  readonly shape?: readonly [number, number];
}

export type Sparsity = RowPattern | PlacePattern;

/** A pattern as the caller gave it, in order and without repetitions. Throws ShapeError or ValueError. */
export function patternFrom(sparsity: Sparsity, rows: number, columns: number): Pattern {
  const { shape } = sparsity;
  if (shape !== undefined && (shape[0] !== rows || shape[1] !== columns))
    throw new ShapeError("sparseJacobian", {
      expected: `sparsity of shape ${formatShape([rows, columns])}: elements of the result, elements differentiated by`,
      received: formatShape(shape),
    });
  const places = "row" in sparsity ? placesOf(sparsity) : placesByRow(sparsity, rows);
  requireInside("row", places.row, rows);
  requireInside("column", places.col, columns);
  // by columns and back: each time the order of the one before is kept
  const byColumn = grouped(places.col, places.row, columns);
  const column = new Int32Array(places.col.length);
  for (let c = 0; c < columns; c++) column.fill(c, byColumn.starts[c], byColumn.starts[c + 1]);
  const { starts, items } = grouped(byColumn.items, column, rows);
  return withoutRepetitions(rows, columns, starts, items);
}

/** The columns of a pattern as rows. */
export function transposed({ rows, columns, indptr, indices }: Pattern): Pattern {
  const row = new Int32Array(indices.length);
  for (let r = 0; r < rows; r++) row.fill(r, indptr[r], indptr[r + 1]);
  const { starts, items } = grouped(indices, row, columns);
  return { rows: columns, columns: rows, indptr: starts, indices: items };
}

interface Places {
  readonly row: Int32Array;
  readonly col: Int32Array;
}

function placesOf({ row, col }: PlacePattern): Places {
  const places = { row: indexList("row", row), col: indexList("col", col) };
  if (places.row.length === places.col.length) return places;
  throw new ShapeError("sparseJacobian", {
    expected: "sparsity with as many rows as columns: one of each for an entry",
    received: `${places.row.length} and ${places.col.length}`,
  });
}

function placesByRow({ indptr, indices }: RowPattern, rows: number): Places {
  const starts = indexList("indptr", indptr);
  const col = indexList("indices", indices);
  const ascends = starts.every((start, r) => start >= (r === 0 ? 0 : (starts[r - 1] as number)));
  if (starts.length !== rows + 1 || starts[0] !== 0 || starts[rows] !== col.length || !ascends)
    throw new ShapeError("sparseJacobian", {
      expected: `sparsity.indptr of ${rows + 1} ascending numbers from 0 to ${col.length}, the number of indices`,
      received: `${starts.length} numbers${starts.length === 0 ? "" : ` from ${starts[0]} to ${starts.at(-1)}`}`,
    });
  const row = new Int32Array(col.length);
  for (let r = 0; r < rows; r++) row.fill(r, starts[r], starts[r + 1]);
  return { row, col };
}

function indexList(name: string, list: IndexList): Int32Array {
  const numbers = list instanceof Tensor ? list.data : list;
  if (
    !(list instanceof Node) &&
    typeof (list as ArrayLike<number> | undefined)?.length !== "number"
  )
    throw new ValueError("sparseJacobian", {
      expected: "sparsity as { indptr, indices } or { row, col }",
      received: `${describeValue(list)} for ${name}`,
    });
  const result = Int32Array.from(numbers as ArrayLike<number>);
  const wrong = result.findIndex((value, i) => value !== (numbers as ArrayLike<number>)[i]);
  if (wrong < 0) return result;
  throw new ValueError("sparseJacobian", {
    expected: `whole numbers in sparsity.${name}`,
    received: String((numbers as ArrayLike<number>)[wrong]),
  });
}

function requireInside(what: string, list: Int32Array, count: number): void {
  const wrong = list.find((value) => value < 0 || value >= count);
  if (wrong === undefined) return;
  throw new ValueError("sparseJacobian", {
    expected: `sparsity with ${what}s ${count === 0 ? "of which there are none" : `from 0 to ${count - 1}`}`,
    received: `${what} ${wrong}`,
  });
}

/** Items by key, in their order where keys are equal, and where those of each key start. */
export function grouped(
  keys: Int32Array,
  items: Int32Array,
  count: number,
): { starts: Int32Array; items: Int32Array } {
  const starts = new Int32Array(count + 1);
  for (const key of keys) starts[key + 1] = (starts[key + 1] as number) + 1;
  for (let key = 0; key < count; key++)
    starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number);
  const next = starts.slice();
  const result = new Int32Array(items.length);
  for (let i = 0; i < items.length; i++) {
    const key = keys[i] as number;
    const at = next[key] as number;
    result[at] = items[i] as number;
    next[key] = at + 1;
  }
  return { starts, items: result };
}

function withoutRepetitions(
  rows: number,
  columns: number,
  starts: Int32Array,
  items: Int32Array,
): Pattern {
  const indptr = new Int32Array(rows + 1);
  const indices = new Int32Array(items.length);
  let to = 0;
  for (let r = 0; r < rows; r++) {
    for (let i = starts[r] as number; i < (starts[r + 1] as number); i++)
      if (i === starts[r] || items[i] !== items[i - 1]) indices[to++] = items[i] as number;
    indptr[r + 1] = to;
  }
  return { rows, columns, indptr, indices: indices.slice(0, to) };
}
