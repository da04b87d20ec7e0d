import type { KernelContext } from "../kernels/context.js";
import type { Operand, Place, Routine } from "../program/types.js";
import { type LoopAxis, lengthOf, offsetsOf } from "./axes.js";
import { advance, behind, bytesOf, type Float, routineOf, vectorOf, widthOf } from "./routine.js";

/** How far apart elements are: so many bytes each, or as a table of i32 tells, for each or for each whole vector. */
export type Spacing = number | "table" | "runs";

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
  const run = row === "runs" ? lanes : 1;
  return routineOf("pack", names, (b, given) => {
    const [first, table] = [b.variable("i32"), b.variable("i32")];
    const [at, to] = [b.variable("i32"), b.variable("i32")];
    b.assign(first, given.from);
    b.assign(table, given.rows);
    b.assign(to, given.to);
    b.loop(0, given.panels, () => {
      const [start, entries] = [b.read(first), b.read(table)];
      const origins = Array.from({ length: typeof row === "number" ? 1 : rows / run }, (_, i) =>
        typeof row === "number"
          ? start
          : b.add(start, b.load("i32", "i32", behind(entries, 4 * i))),
      );
      b.assign(at, term === "table" ? given.terms : b.i32(0));
      b.loop(0, given.count, () => {
        const here = b.read(at);
        const further = term === "table" ? b.load("i32", "i32", behind(here)) : here;
        const target = b.read(to);
        const place = (i: number): Place => {
          const [origin, offset] =
            typeof row === "number" ? [0, i * row] : [Math.floor(i / run), (i % run) * bytes];
          return behind(b.add(origins[origin] as Operand, further), offset);
        };
        for (let i = 0; i < width; i += lanes) {
          const whole = (row === bytes || row === "runs") && i + lanes <= rows;
          const element = (k: number): Operand =>
            k < rows ? b.load(type, type, place(k)) : b.constant(type, 0);
          const value = whole
            ? b.load(vector, type, place(i))
            : b.pack(
                vector,
                Array.from({ length: lanes }, (_, lane) => element(i + lane)),
              );
          b.store(type, behind(target, i * bytes), value);
        }
        advance(b, to, b.i32(width * bytes));
        advance(b, at, b.i32(typeof term === "number" ? term : 4));
      });
      if (typeof row === "number") advance(b, first, b.i32(row * rows));
      else advance(b, table, b.i32((4 * rows) / run));
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
    const start = typeof spacing === "number" ? b.add(from, b.i32(first * spacing)) : from;
    const entries = table === undefined ? b.i32(0) : b.add(b.address(table), b.i32(first * 4));
    const into = b.add(to, b.i32(first * bytesOf(type)));
    b.perform(routine, [start, entries, b.i32(0), b.i32(panels), b.i32(1), into]);
  };
  const whole = length - (length % width);
  run(width, 0, whole / width);
  run(length % width, whole, 1);
  return to;
}

/** How elements along some axes of a factor are spaced, and the table that tells if it is one; `run`: of how many. */
export function spacingOf(
  context: KernelContext,
  axes: readonly LoopAxis[],
  which: 0 | 1,
  bytes: number,
  run = 1,
): [Spacing, Place | undefined] {
  const inner = axes[axes.length - 1];
  if (axes.length < 2) return [(inner?.moves[which] ?? 0) * bytes, undefined];
  const inRuns = run > 1 && inner?.moves[which] === 1 && inner.length % run === 0;
  const offsets = offsetsOf(axes, which).filter((_, i) => !inRuns || i % run === 0);
  const table = context.table(Int32Array.from(offsets, (offset) => offset * bytes));
  return [inRuns ? "runs" : "table", table];
}
