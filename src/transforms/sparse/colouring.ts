import type { Pattern } from "./pattern.js";

/** Columns of one colour have no row in common, so that one direction serves them all. */
export interface Colouring {
  /** By column; −1 where the column has no entries. */
  readonly colours: Int32Array;
  readonly count: number;
}

/**
 * Colours the columns of a pattern so that no two of one colour meet in a row: a partial distance-2 colouring of the
 * bipartite graph of rows and columns (Curtis, Powell and Reid 1974; Coleman and Moré 1983; Gebremedhin, Manne and
 * Pothen 2005). Greedy, largest first; where that takes more colours than the fullest row has entries, which no
 * colouring can do without, by incidence degree too, and the better of both.
 *
 * `byColumn` is the same pattern by columns: the columns' rows. Time: the sum over rows of their entries squared.
 */
export function colourColumns(byRow: Pattern, byColumn: Pattern): Colouring {
  const columns = [...Array(byRow.columns).keys()].filter((c) => lengthOf(byColumn, c) > 0);
  const fewest = fullest(byRow);
  if (fewest === columns.length) return eachItsOwn(byRow.columns, columns);
  const degrees = degreesOf(byRow, byColumn);
  const largestFirst = Int32Array.from(columns).sort(
    (a, b) => (degrees[b] as number) - (degrees[a] as number) || a - b,
  );
  const first = greedy(byRow, byColumn, largestFirst);
  if (first.count === fewest) return first;
  const second = greedy(byRow, byColumn, byIncidence(byRow, byColumn, largestFirst));
  return second.count < first.count ? second : first;
}

/** How many entries the fullest row has: no colouring of the columns takes fewer colours. */
export function fullest(pattern: Pattern): number {
  let most = 0;
  for (let row = 0; row < pattern.rows; row++) most = Math.max(most, lengthOf(pattern, row));
  return most;
}

function lengthOf({ indptr }: Pattern, row: number): number {
  return (indptr[row + 1] as number) - (indptr[row] as number);
}

function eachItsOwn(count: number, columns: readonly number[]): Colouring {
  const colours = new Int32Array(count).fill(-1);
  columns.forEach((column, colour) => {
    colours[column] = colour;
  });
  return { colours, count: columns.length };
}

/** How many entries each column meets in its rows: its degree in the graph of columns that meet, or more. */
function degreesOf(byRow: Pattern, byColumn: Pattern): Float64Array {
  const degrees = new Float64Array(byColumn.rows);
  for (let c = 0; c < byColumn.rows; c++)
    for (let i = byColumn.indptr[c] as number; i < (byColumn.indptr[c + 1] as number); i++)
      degrees[c] = (degrees[c] as number) + lengthOf(byRow, byColumn.indices[i] as number) - 1;
  return degrees;
}

/** Calls `visit` for the columns that meet a column in a row, itself included, once for each such row. */
function forEachMeeting(
  byRow: Pattern,
  byColumn: Pattern,
  column: number,
  visit: (other: number) => void,
): void {
  const end = byColumn.indptr[column + 1] as number;
  for (let i = byColumn.indptr[column] as number; i < end; i++) {
    const row = byColumn.indices[i] as number;
    const last = byRow.indptr[row + 1] as number;
    for (let j = byRow.indptr[row] as number; j < last; j++) visit(byRow.indices[j] as number);
  }
}

/** Each column in turn gets the first colour that none of those it meets has. */
function greedy(byRow: Pattern, byColumn: Pattern, order: Int32Array): Colouring {
  const colours = new Int32Array(byRow.columns).fill(-1);
  const takenBy = new Int32Array(order.length).fill(-1);
  let count = 0;
  for (const column of order) {
    forEachMeeting(byRow, byColumn, column, (other) => {
      const colour = colours[other] as number;
      if (colour >= 0) takenBy[colour] = column;
    });
    let colour = 0;
    while (takenBy[colour] === column) colour++;
    colours[column] = colour;
    count = Math.max(count, colour + 1);
  }
  return { colours, count };
}

/** Next comes a column that meets most of those before; of several the first of `order`. */
function byIncidence(byRow: Pattern, byColumn: Pattern, order: Int32Array): Int32Array {
  const met = new Int32Array(byRow.columns);
  const counted = new Int32Array(byRow.columns).fill(-1);
  const placed = new Uint8Array(byRow.columns);
  // by number of columns met: a stack of columns, in which all but the last place of each is out of date
  const stacks: number[][] = [Array.from(order).reverse()];
  const result = new Int32Array(order.length);
  let highest = 0;
  for (let at = 0; at < result.length; ) {
    const column = stacks[highest]?.pop();
    if (column === undefined) highest--;
    else if (placed[column] === 0 && met[column] === highest) {
      placed[column] = 1;
      result[at++] = column;
      forEachMeeting(byRow, byColumn, column, (other) => {
        if (placed[other] === 1 || counted[other] === column) return;
        counted[other] = column;
        const now = (met[other] as number) + 1;
        met[other] = now;
        const stack = stacks[now];
        if (stack === undefined) stacks[now] = [other];
        else stack.push(other);
        highest = Math.max(highest, now);
      });
    }
  }
  return result;
}
