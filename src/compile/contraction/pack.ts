import type { KernelContext } from "../kernels/context.js";
import type { Operand, Place, Routine } from "../program/types.js";
import { type LoopAxis, lengthOf, offsetsOf } from "./axes.js";
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

/** The terms of a vector side by side: as it lies, or copied. */
export function packVector(
  context: KernelContext,
  type: Float,
  summed: readonly LoopAxis[],
  which: 0 | 1,
  address: (which: 0 | 1) => Operand,
): Operand {
  const { builder: b } = context;
  const from = address(which);
  const [spacing, table] = spacingOf(context, summed, which, bytesOf(type));
  const length = lengthOf(summed);
  if (spacing === bytesOf(type) || length === 1) return from;
  const width = widthOf(type);
  const to = b.address(context.scratch(type, Math.ceil(length / width) * width).place);
  const run = (rows: number, first: number, panels: number): void => {
    if (rows === 0 || panels === 0) return;
    const routine = context.routine(`pack ${type} ${width} ${rows} ${spacing} 0`, () =>
      packRoutine(type, width, rows, spacing, 0),
    );
    const start = spacing === "table" ? from : b.add(from, b.i32(first * spacing));
    const entries = table === undefined ? b.i32(0) : b.add(b.address(table), b.i32(first * 4));
    const into = b.add(to, b.i32(first * bytesOf(type)));
    b.perform(routine, [start, entries, b.i32(0), b.i32(panels), b.i32(1), into]);
  };
  const whole = length - (length % width);
  run(width, 0, whole / width);
  run(length % width, whole, 1);
  return to;
}

/** How elements along some axes of a factor are spaced, and the table that tells if it is one. */
export function spacingOf(
  context: KernelContext,
  axes: readonly LoopAxis[],
  which: 0 | 1,
  bytes: number,
): [Spacing, Place | undefined] {
  if (axes.length < 2) return [(axes[0]?.moves[which] ?? 0) * bytes, undefined];
  const offsets = offsetsOf(axes, which).map((offset) => offset * bytes);
  return ["table", context.table(Int32Array.from(offsets))];
}
