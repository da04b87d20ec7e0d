import type { ArrayPlace, KernelContext } from "../../core/kernel.js";
import type { Builder } from "../../program/builder.js";
import type { Operand, Place } from "../../program/types.js";
import { type ContractionAxes, type LoopAxis, lengthOf } from "./axes.js";
import { inBlocks, inGroups, isLater, nest, startsIn } from "./nest.js";
import { packPanels, spacingOf } from "./pack.js";
import { bytesOf, type Float, sharedRoutine, widthOf } from "./routine.js";
import { tileRoutine, tileRows } from "./tile.js";

/** Terms of a sum that are added up in registers: a panel of the right factor then fits the first-level cache. */
const termBlock = 256;
/** Rows of the left factor packed at once: they fit the second-level cache. */
const rowBlock = 128;
/** Columns of the right factor packed at once. */
const columnBlock = 2048;

/** Packs a block of a factor whose first element is at `from`; says where the block lies. */
type Pack = (from: Operand, start: Operand, count: number, k: Operand, depth: Operand) => Operand;

/** Rows of the left factor or columns of the right one: in panels of so many, and at most so many packed at once. */
function panelsOf({ left, right }: ContractionAxes, type: Float, which: 0 | 1) {
  return which === 0
    ? { free: left, width: tileRows, most: rowBlock }
    : { free: right, width: 2 * widthOf(type), most: columnBlock };
}

function padded(count: number, width: number): number {
  return Math.ceil(count / width) * width;
}

/** How many terms are added up at once. */
function depthOf(terms: number): number {
  return Math.ceil(terms / Math.ceil(terms / termBlock));
}

function inDepth(b: Builder, terms: number, body: (k: Operand, depth: Operand) => void): void {
  const step = depthOf(terms);
  const depth = (k: Operand): Operand =>
    terms % step === 0 ? b.i32(step) : b.min(b.i32(step), b.sub(b.i32(terms), k));
  b.loop(0, terms, (k) => body(k, depth(k)), { step });
}

/** Packs blocks where `to` says. */
function packer(
  context: KernelContext,
  type: Float,
  axes: ContractionAxes,
  which: 0 | 1,
  to: (start: Operand, count: number, k: Operand) => Operand,
): Pack {
  const { free, width } = panelsOf(axes, type, which);
  const bytes = bytesOf(type);
  const row = spacingOf(context, free, which, bytes, widthOf(type));
  const term = spacingOf(context, axes.summed, which, bytes);
  return (from, start, count, k, depth) => {
    const block = to(start, count, k);
    packPanels(context, type, width, row, term, from, start, count, k, depth, block);
    return block;
  };
}

/** Where blocks of a factor lie that is packed whole from `place` on. */
function blocksAt(
  b: Builder,
  type: Float,
  axes: ContractionAxes,
  which: 0 | 1,
  place: Place,
): (start: Operand, count: number, k: Operand) => Operand {
  const bytes = bytesOf(type);
  const { width } = panelsOf(axes, type, which);
  const terms = lengthOf(axes.summed);
  return (start, count, k) =>
    b.add(
      b.add(b.address(place), b.mul(start, terms * bytes)),
      b.mul(k, padded(count, width) * bytes),
    );
}

/** Packs a factor whole, of which a batch has one; says where. */
export function packFactor(
  context: KernelContext,
  type: Float,
  axes: ContractionAxes,
  which: 0 | 1,
): Place {
  const { builder: b } = context;
  const { free, width, most } = panelsOf(axes, type, which);
  const [length, terms] = [lengthOf(free), lengthOf(axes.summed)];
  const { place } = context.scratch(type, padded(length, width) * terms);
  const pack = packer(context, type, axes, which, blocksAt(b, type, axes, which, place));
  const from = startsIn(context, bytesOf(type), [])[which] as Operand;
  inBlocks(b, length, most, (start, count) => {
    inDepth(b, terms, (k, depth) => {
      pack(from, start, count, k, depth);
    });
  });
  return place;
}

/** Whether all products of a batch have this factor. */
export function isShared(batch: readonly LoopAxis[], which: 0 | 1): boolean {
  return batch.every(({ moves }) => moves[which] === 0);
}

/**
 * Products of matrices in packed panels, tile by tile (Goto & van de Geijn 2008). `packed`: which inputs are factors
 * that `packFactor` has packed.
 */
export function multiplyMatrices(
  context: KernelContext,
  type: Float,
  axes: ContractionAxes,
  packed: readonly boolean[],
): void {
  const { builder: b, inputs } = context;
  const { batch, left, right, summed } = axes;
  const bytes = bytesOf(type);
  const [rows, columns, terms] = [lengthOf(left), lengthOf(right), lengthOf(summed)];
  // a small left factor that is the same in the whole batch is packed once
  const once =
    lengthOf(batch) > 1 &&
    isShared(batch, 0) &&
    rows <= rowBlock &&
    rows * terms <= rowBlock * termBlock;

  const factor = (which: 0 | 1): Pack => {
    const { free, width, most } = panelsOf(axes, type, which);
    const whole =
      packed[which] === true
        ? (inputs[which] as ArrayPlace).place
        : which === 0 && once
          ? packFactor(context, type, axes, which)
          : undefined;
    if (whole !== undefined) {
      const at = blocksAt(b, type, axes, which, whole);
      return (_, start, count, k) => at(start, count, k);
    }
    const length = padded(Math.min(most, lengthOf(free)), width);
    const { place } = context.scratch(type, length * depthOf(terms));
    return packer(context, type, axes, which, () => b.address(place));
  };
  const [packLeft, packRight] = [factor(0), factor(1)];

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
      inGroups(high, tileRows, (tall, row, tiles) => {
        const routine = sharedRoutine(context, "tile", tileRoutine, type, tall, count);
        b.perform(routine, [
          b.add(fromLeft, b.mul(depth, row * bytes)),
          panel,
          b.add(to, row * columns * bytes),
          columns * bytes,
          tiles,
          depth,
          more,
        ]);
      });
    };
    inBlocks(b, wide, 2 * widthOf(type), strip);
  };

  nest(b, batch, [], (steps) => {
    const [fromLeft, fromRight, to] = startsIn(context, bytes, steps);
    inBlocks(b, columns, columnBlock, (j, wide) => {
      inDepth(b, terms, (k, depth) => {
        const packedRight = packRight(fromRight, j, wide, k, depth);
        inBlocks(b, rows, rowBlock, (i, high) => {
          const packedLeft = packLeft(fromLeft, i, high, k, depth);
          const at = b.mul(b.add(b.mul(i, columns), j), bytes);
          multiply([packedLeft, packedRight, b.add(to, at)], high, wide, k, depth);
        });
      });
    });
  });
}
