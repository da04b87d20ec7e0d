import type { Operand, Rows } from "./operand.js";
import { problem } from "./problem.js";
import type { TokenStream } from "./stream.js";

/** The shape of a value as far as it can be seen without its variables. */
function rowsOf({ node, rows }: Operand): Rows | undefined {
  const scalar =
    node.kind === "number" || (node.kind === "negation" && node.operand.kind === "number");
  return scalar ? "scalar" : rows;
}

/**
 * The shape of a list of these elements, if it can be seen. Refuses elements that are seen to differ: `[[1, 2], [3]]`,
 * `[1, [2]]`; those that only the values decide are left to them.
 */
export function checkRows(items: readonly Operand[], stream: TokenStream): Rows | undefined {
  let first: Rows | undefined;
  let allSeen = true;
  for (const item of items) {
    const rows = rowsOf(item);
    if (rows === undefined) allSeen = false;
    else if (first === undefined) first = rows;
    else if (!sameRows(first, rows)) {
      const span = { start: item.start, end: item.end };
      stream.fail(problem("E034", { span }, showRows(first), showRows(rows)));
    }
  }
  return allSeen && first !== undefined ? { length: items.length, element: first } : undefined;
}

function sameRows(a: Rows, b: Rows): boolean {
  while (a !== "scalar" && b !== "scalar") {
    if (a.length !== b.length) return false;
    a = a.element;
    b = b.element;
  }
  return a === b;
}

function showRows(rows: Rows): string {
  const lengths: (number | string)[] = [];
  for (; rows !== "scalar"; rows = rows.element) {
    if (lengths.length === 8) return `[${lengths.join(", ")}, …]`;
    lengths.push(rows.length);
  }
  return `[${lengths.join(", ")}]`;
}
