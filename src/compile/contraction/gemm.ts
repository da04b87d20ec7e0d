import type { ArrayPlace, KernelContext } from "../kernels/context.js";
import type { Builder } from "../program/builder.js";
import type { Operand, Place, Routine } from "../program/types.js";
import { type ContractionAxes, type LoopAxis, lengthOf } from "./axes.js";
import { nest, placeIn } from "./nest.js";
import { packRoutine, type Spacing, spacingOf } from "./pack.js";
import { bytesOf, type Float, widthOf } from "./routine.js";
import { tileRoutine, tileRows } from "./tile.js";

/** Terms of a sum that are added up in registers: a panel of the right factor then fits the first-level cache. */
const termBlock = 256;
/** Rows of the left factor packed at once: they fit the second-level cache. */
const rowBlock = 128;
/** Columns of the right factor packed at once. */
const columnBlock = 2048;

/** One factor of a product: its panels, and how elements are spaced. */
interface Factor {
  readonly array: ArrayPlace;
  readonly which: 0 | 1;
  /** Rows of the left, columns of the right side in one panel. */
  readonly width: number;
  readonly row: Spacing;
  readonly term: Spacing;
  readonly rowTable: Place | undefined;
  readonly termTable: Place | undefined;
}

/** Products of matrices in packed panels, tile by tile (Goto & van de Geijn 2008). */
export function multiplyMatrices(
  context: KernelContext,
  type: Float,
  { batch, left, right, summed }: ContractionAxes,
): void {
  const { builder: b, inputs, outputs } = context;
  const output = outputs[0] as ArrayPlace;
  const bytes = bytesOf(type);
  const [rows, columns, terms] = [lengthOf(left), lengthOf(right), lengthOf(summed)];
  const tileColumns = 2 * widthOf(type);
  const block = Math.ceil(terms / Math.ceil(terms / termBlock));
  const factor = (which: 0 | 1, free: readonly LoopAxis[], width: number): Factor => {
    const [row, rowTable] = spacingOf(context, free, which, bytes);
    const [term, termTable] = spacingOf(context, summed, which, bytes);
    return { array: inputs[which] as ArrayPlace, which, width, row, term, rowTable, termTable };
  };
  const sides = [factor(0, left, tileRows), factor(1, right, tileColumns)] as const;
  const room = (length: number, most: number, width: number): ArrayPlace =>
    context.scratch(type, Math.ceil(Math.min(length, most) / width) * width * block);
  const packedLeft = room(rows, rowBlock, tileRows);
  const packedRight = room(columns, columnBlock, tileColumns);
  const tile = (height: number, width: number): Routine =>
    context.routine(`tile ${type} ${height} ${width}`, () => tileRoutine(type, height, width));
  nest(b, batch, [], (steps) => {
    const [fromLeft, fromRight, to] = ([0, 1, 2] as const).map((which) =>
      b.address(
        placeIn(b, [inputs[0], inputs[1], output][which] as ArrayPlace, bytes, which, steps),
      ),
    ) as [Operand, Operand, Operand];
    inBlocks(b, columns, columnBlock, (j, width) => {
      b.loop(
        0,
        terms,
        (k) => {
          const count =
            terms % block === 0 ? b.i32(block) : b.min(b.i32(block), b.sub(b.i32(terms), k));
          const more = b.convert(b.compare("ne", k, b.i32(0)), "i32");
          const rightPanel = b.mul(count, b.i32(tileColumns * bytes));
          const leftPanel = b.mul(count, b.i32(tileRows * bytes));
          const intoRight = b.address(packedRight.place);
          pack(context, type, sides[1], fromRight, j, width, k, count, intoRight);
          inBlocks(b, rows, rowBlock, (i, height) => {
            const intoLeft = b.address(packedLeft.place);
            pack(context, type, sides[0], fromLeft, i, height, k, count, intoLeft);
            const corner = b.add(
              to,
              b.add(b.mul(i, b.i32(columns * bytes)), b.mul(j, b.i32(bytes))),
            );
            const [wholeRows, wholeColumns] = [
              Math.floor(height / tileRows),
              Math.floor(width / tileColumns),
            ];
            const strip = (panel: Operand, wide: number): void => {
              const at = b.add(intoRight, b.mul(panel, rightPanel));
              const result = b.add(corner, b.mul(panel, b.i32(tileColumns * bytes)));
              const run = (high: number, from: Operand, into: Operand, tiles: number): void => {
                const given = [from, at, into, b.i32(columns * bytes), b.i32(tiles), count, more];
                b.perform(tile(high, wide), given);
              };
              if (wholeRows > 0) run(tileRows, intoLeft, result, wholeRows);
              const rest = height % tileRows;
              if (rest === 0) return;
              const from = b.add(intoLeft, b.mul(leftPanel, b.i32(wholeRows)));
              const into = b.add(result, b.i32(wholeRows * tileRows * columns * bytes));
              run(rest, from, into, 1);
            };
            b.loop(0, wholeColumns, (panel) => strip(panel, tileColumns));
            if (width % tileColumns > 0) strip(b.i32(wholeColumns), width % tileColumns);
          });
        },
        { step: block },
      );
    });
  });
}

/** `body` for blocks of `size`, and for what is left. */
function inBlocks(
  b: Builder,
  total: number,
  size: number,
  body: (start: Operand, count: number) => void,
): void {
  const whole = total - (total % size);
  b.loop(0, whole, (start) => body(start, size), { step: size });
  if (whole < total) body(b.i32(whole), total - whole);
}

/** Packs `length` rows (or columns) from `start`, `count` terms from `k` of each. */
function pack(
  context: KernelContext,
  type: Float,
  { width, row, term, rowTable, termTable }: Factor,
  from: Operand,
  start: Operand,
  length: number,
  k: Operand,
  count: Operand,
  to: Operand,
): void {
  const { builder: b } = context;
  const bytes = bytesOf(type);
  const along = (base: Operand, spacing: Spacing, by: Operand): Operand =>
    spacing === "table" ? base : b.add(base, b.mul(by, b.i32(spacing)));
  const entry = (table: Place | undefined, at: Operand): Operand =>
    table === undefined ? b.i32(0) : b.add(b.address(table), b.mul(at, b.i32(4)));
  const whole = Math.floor(length / width);
  const run = (rows: number, first: Operand, panels: number, into: Operand): void => {
    const routine = context.routine(`pack ${type} ${width} ${rows} ${row} ${term}`, () =>
      packRoutine(type, width, rows, row, term),
    );
    const at = along(along(from, row, first), term, k);
    b.perform(routine, [
      at,
      entry(rowTable, first),
      entry(termTable, k),
      b.i32(panels),
      count,
      into,
    ]);
  };
  if (whole > 0) run(width, start, whole, to);
  if (length % width === 0) return;
  const behindWhole = b.add(to, b.mul(count, b.i32(whole * width * bytes)));
  run(length % width, b.add(start, b.i32(whole * width)), 1, behindWhole);
}
