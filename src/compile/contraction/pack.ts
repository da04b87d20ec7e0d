import type { KernelContext } from "../../core/kernel.js";
import type { Operand, Place, Routine, Variable } from "../../program/types.js";
import { type LoopAxis, lengthOf, offsetsOf } from "./axes.js";
import { inGroups } from "./nest.js";
import {
  advance,
  behind,
  bytesOf,
  type Float,
  pointer,
  routineOf,
  sharedRoutine,
  vectorOf,
  widthOf,
} from "./routine.js";

/** How far apart elements are: so many bytes each, or as a table of i32 tells, for each or for each whole vector. */
export type Spacing = number | "table" | "runs";

/**
 * Copies panels one after another: of each, `rows` elements side by side, padded with zeros to `width`, for every
 * term of the sums.
 *
 * Parameters: where the first element is, tables of offsets in bytes from there by row and by term (if there are),
 * the number of panels, of terms, and where they go.
 */
function packRoutine(
  type: Float,
  width: number,
  rows: number,
  row: Spacing,
  term: Spacing,
): Routine {
  const [bytes, lanes, vector] = [bytesOf(type), widthOf(type), vectorOf(type)];
  const run = row === "runs" ? lanes : 1;
  const names = "from rows terms panels count to";
  return routineOf("pack", names, (b, from, rowTable, termTable, panels, count, target) => {
    const [first, table, to] = [from, rowTable, target].map((start) => pointer(b, start)) as [
      Variable,
      Variable,
      Variable,
    ];
    b.loop(0, panels, () => {
      const [start, entries] = [b.read(first), b.read(table)];
      const origins = Array.from({ length: typeof row === "number" ? 1 : rows / run }, (_, i) =>
        typeof row === "number"
          ? start
          : b.add(start, b.load("i32", "i32", behind(entries, 4 * i))),
      );
      const at = pointer(b, term === "table" ? termTable : b.i32(0));
      b.loop(0, count, () => {
        const here = b.read(at);
        const further = term === "table" ? b.load("i32", "i32", behind(here)) : here;
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
          b.store(type, behind(b.read(to), i * bytes), value);
        }
        advance(b, to, width * bytes);
        advance(b, at, typeof term === "number" ? term : 4);
      });
      if (typeof row === "number") advance(b, first, row * rows);
      else advance(b, table, (4 * rows) / run);
    });
  });
}

/**
 * Packs `length` rows from `start` on, `width` to a panel, `count` terms from `k` on of each: those of a factor whose
 * first element is at `from`.
 */
export function packPanels(
  context: KernelContext,
  type: Float,
  width: number,
  [row, rowTable]: Spaced,
  [term, termTable]: Spaced,
  from: Operand,
  start: Operand,
  length: number,
  k: Operand,
  count: Operand,
  to: Operand,
): void {
  const { builder: b } = context;
  const along = (base: Operand, spacing: Spacing, by: Operand): Operand =>
    typeof spacing === "number" ? b.add(base, b.mul(by, spacing)) : base;
  const entry = (table: Place | undefined, at: Operand, each: number): Operand =>
    table === undefined ? b.i32(0) : b.add(b.address(table), b.mul(at, each));
  const run = (rows: number, first: number, panels: number): void => {
    const routine = sharedRoutine(context, "pack", packRoutine, type, width, rows, row, term);
    const at = b.add(start, first);
    b.perform(routine, [
      along(along(from, row, at), term, k),
      entry(rowTable, at, row === "runs" ? 4 / widthOf(type) : 4),
      entry(termTable, k, 4),
      panels,
      count,
      b.add(to, b.mul(count, first * bytesOf(type))),
    ]);
  };
  inGroups(length, width, run);
}

/** The terms of a vector side by side: as it lies, or copied. */
export function packVector(
  context: KernelContext,
  type: Float,
  summed: readonly LoopAxis[],
  which: 0 | 1,
  from: Operand,
): Operand {
  const { builder: b } = context;
  const spaced = spacingOf(context, summed, which, bytesOf(type));
  const length = lengthOf(summed);
  if (spaced[0] === bytesOf(type) || length === 1) return from;
  const width = widthOf(type);
  const { place } = context.scratch(type, Math.ceil(length / width) * width);
  const to = b.address(place);
  const none = b.i32(0);
  packPanels(context, type, width, spaced, [0, undefined], from, none, length, none, b.i32(1), to);
  return to;
}

/** A spacing, with its table if it is one. */
export type Spaced = readonly [Spacing, Place | undefined];

/** How elements along some axes of a factor are spaced; `run`: of how many a table may tell at once. */
export function spacingOf(
  context: KernelContext,
  axes: readonly LoopAxis[],
  which: 0 | 1,
  bytes: number,
  run = 1,
): Spaced {
  const inner = axes[axes.length - 1];
  if (axes.length < 2) return [(inner?.moves[which] ?? 0) * bytes, undefined];
  const inRuns = run > 1 && inner?.moves[which] === 1 && inner.length % run === 0;
  const offsets = offsetsOf(axes, which).filter((_, i) => !inRuns || i % run === 0);
  const table = context.table(Int32Array.from(offsets, (offset) => offset * bytes));
  return [inRuns ? "runs" : "table", table];
}
