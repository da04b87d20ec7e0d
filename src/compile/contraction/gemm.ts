import type { KernelContext } from "../../core/kernel.js";
import type { Operand } from "../../program/types.js";
import { type ContractionAxes, type LoopAxis, lengthOf } from "./axes.js";
import { inBlocks, isLater, nest, type Steps, startsIn } from "./nest.js";
import { packPanels, spacingOf } from "./pack.js";
import { bytesOf, type Float, widthOf } from "./routine.js";
import { tileRoutine, tileRows } from "./tile.js";

/** Terms of a sum that are added up in registers: a panel of the right factor then fits the first-level cache. */
const termBlock = 256;
/** Rows of the left factor packed at once: they fit the second-level cache. */
const rowBlock = 128;
/** Columns of the right factor packed at once. */
const columnBlock = 2048;

/** Products of matrices in packed panels, tile by tile (Goto & van de Geijn 2008). */
export function multiplyMatrices(
  context: KernelContext,
  type: Float,
  { batch, left, right, summed }: ContractionAxes,
): void {
  const { builder: b } = context;
  const bytes = bytesOf(type);
  const tileColumns = 2 * widthOf(type);
  const [rows, columns, terms] = [lengthOf(left), lengthOf(right), lengthOf(summed)];
  const block = Math.ceil(terms / Math.ceil(terms / termBlock));
  // a small left factor that is the same in the whole batch is packed once
  const shared =
    lengthOf(batch) > 1 &&
    batch.every(({ moves }) => moves[0] === 0) &&
    rows <= rowBlock &&
    rows * terms <= rowBlock * termBlock;

  /** Where `most` rows or columns of a factor are packed, `width` to a panel, and what packs them. */
  const factor = (which: 0 | 1, free: readonly LoopAxis[], width: number, most: number) => {
    const row = spacingOf(context, free, which, bytes, widthOf(type));
    const term = spacingOf(context, summed, which, bytes);
    const length = Math.ceil(Math.min(most, lengthOf(free)) / width) * width;
    const { place } = context.scratch(type, length * (shared && which === 0 ? terms : block));
    const pack = (
      from: Operand,
      start: Operand,
      count: number,
      k: Operand,
      depth: Operand,
      to: Operand,
    ): void => packPanels(context, type, width, row, term, from, start, count, k, depth, to);
    return { place, pack };
  };
  const [ofLeft, ofRight] = [
    factor(0, left, tileRows, rowBlock),
    factor(1, right, tileColumns, columnBlock),
  ];

  const inDepth = (body: (k: Operand, depth: Operand) => void): void =>
    b.loop(
      0,
      terms,
      (k) =>
        body(k, terms % block === 0 ? b.i32(block) : b.min(b.i32(block), b.sub(b.i32(terms), k))),
      { step: block },
    );
  const height = Math.ceil(rows / tileRows) * tileRows;
  const packedAt = (k: Operand): Operand =>
    b.add(b.address(ofLeft.place), b.mul(k, shared ? height * bytes : 0));

  /** Multiplies packed rows by packed columns, a strip of tiles below one another at a time. */
  const multiply = (
    [fromLeft, fromRight, corner]: readonly [Operand, Operand, Operand],
    high: number,
    wide: number,
    k: Operand,
    depth: Operand,
  ): void => {
    const more = isLater(b, k);
    const strip = (column: Operand, count: number): void => {
      const panel = b.add(fromRight, b.mul(b.mul(column, bytes), depth));
      const to = b.add(corner, b.mul(column, bytes));
      const run = (row: number, tall: number, tiles: number): void => {
        if (tall === 0 || tiles === 0) return;
        const routine = context.routine(`tile ${type} ${tall} ${count}`, () =>
          tileRoutine(type, tall, count),
        );
        b.perform(routine, [
          b.add(fromLeft, b.mul(depth, row * bytes)),
          panel,
          b.add(to, row * columns * bytes),
          columns * bytes,
          tiles,
          depth,
          more,
        ]);
      };
      const rest = high % tileRows;
      run(0, tileRows, (high - rest) / tileRows);
      run(high - rest, rest, 1);
    };
    inBlocks(b, wide, tileColumns, strip);
  };

  const starts = (steps: Steps) => startsIn(context, bytes, steps);
  if (shared) {
    const [from] = starts([]);
    inDepth((k, depth) => ofLeft.pack(from, b.i32(0), rows, k, depth, packedAt(k)));
  }
  nest(b, batch, [], (steps) => {
    const [fromLeft, fromRight, to] = starts(steps);
    inBlocks(b, columns, columnBlock, (j, wide) => {
      inDepth((k, depth) => {
        const packedRight = b.address(ofRight.place);
        ofRight.pack(fromRight, j, wide, k, depth, packedRight);
        inBlocks(b, rows, rowBlock, (i, high) => {
          const packedLeft = packedAt(k);
          if (!shared) ofLeft.pack(fromLeft, i, high, k, depth, packedLeft);
          const at = b.mul(b.add(b.mul(i, columns), j), bytes);
          multiply([packedLeft, packedRight, b.add(to, at)], high, wide, k, depth);
        });
      });
    });
  });
}
