import type { Operand, Routine } from "../program/types.js";
import { advance, behind, bytesOf, type Float, routineOf, vectorOf, widthOf } from "./routine.js";

/** How far apart elements are: so many bytes each, or as a table of i32 tells. */
export type Spacing = number | "table";

/**
 * Copies panels one after another: of each, `rows` elements side by side, padded with zeros to `width`, for every
 * term of the sums.
 *
 * Parameters: where the first element is, tables of offsets in bytes from there by row and by term (if there are),
 * the number of panels, of terms, and where they go.
 */
export function packRoutine(
  type: Float,
  width: number,
  rows: number,
  row: Spacing,
  term: Spacing,
): Routine {
  const [bytes, lanes, vector] = [bytesOf(type), widthOf(type), vectorOf(type)];
  const names = ["from", "rows", "terms", "panels", "count", "to"] as const;
  return routineOf("pack", names, (b, given) => {
    const [first, table] = [b.variable("i32"), b.variable("i32")];
    const [at, to] = [b.variable("i32"), b.variable("i32")];
    b.assign(first, given.from);
    b.assign(table, given.rows);
    b.assign(to, given.to);
    b.loop(0, given.panels, () => {
      const start = b.read(first);
      const entries = b.read(table);
      const starts = Array.from({ length: rows }, (_, i) =>
        row === "table" ? b.add(start, b.load("i32", "i32", behind(entries, 4 * i))) : start,
      );
      b.assign(at, term === "table" ? given.terms : b.i32(0));
      b.loop(0, given.count, () => {
        const here = b.read(at);
        const further = term === "table" ? b.load("i32", "i32", behind(here)) : here;
        const target = b.read(to);
        const spaced = row === "table" ? 0 : row;
        const place = (i: number) => behind(b.add(starts[i] as Operand, further), i * spaced);
        for (let i = 0; i < width; i += lanes) {
          const whole = row === bytes && i + lanes <= rows;
          const value = whole
            ? b.load(vector, type, place(i))
            : b.pack(
                vector,
                Array.from({ length: lanes }, (_, lane) =>
                  i + lane < rows ? b.load(type, type, place(i + lane)) : b.constant(type, 0),
                ),
              );
          b.store(type, behind(target, i * bytes), value);
        }
        advance(b, to, b.i32(width * bytes));
        advance(b, at, b.i32(term === "table" ? 4 : term));
      });
      if (row === "table") advance(b, table, b.i32(4 * rows));
      else advance(b, first, b.i32(row * rows));
    });
  });
}
