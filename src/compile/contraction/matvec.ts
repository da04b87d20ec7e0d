import type { ArrayPlace, KernelContext } from "../../core/kernel.js";
import type { Operand } from "../../program/types.js";
import { type ContractionAxes, type LoopAxis, lengthOf } from "./axes.js";
import { inBlocks, inGroups, isLater, nest, startsIn } from "./nest.js";
import { packVector } from "./pack.js";
import { behind, bytesOf, type Float, sharedRoutine, widthOf } from "./routine.js";
import { addRowsRoutine, dotRoutine, vectorsPerStep } from "./rows.js";

/** Additions one after another into one lane: longer sums run in pieces, which bounds the rounding error. */
const piece = 256;
/** Rows of a matrix whose multiples are added at a time. */
const rowsAtOnce = 8;
/** Columns at a time: what is added to stays in the first-level cache. */
const columnBlock = 2048;

/**
 * Products of a matrix with a few vectors, reading the matrix in the order in which it lies: as dot products of
 * rows, or as a sum of multiples of rows. False where it lies in no such order.
 */
export function multiplyVectors(
  context: KernelContext,
  type: Float,
  { batch, left, right, summed }: ContractionAxes,
): boolean {
  const matrix = lengthOf(left) > lengthOf(right) ? 0 : 1;
  const [free, few] = matrix === 0 ? [left, right] : [right, left];
  const none: LoopAxis = { length: 1, moves: [0, 0, 0] };
  const terms = summed[summed.length - 1] ?? none;
  const along = free[free.length - 1] ?? none;
  const dots = terms.moves[matrix] === 1 && isLong(terms, summed);
  if (!dots && !(along.moves[matrix] === 1 && along.moves[2] === 1 && isLong(along, free)))
    return false;
  const { builder: b } = context;
  const bytes = bytesOf(type);
  const outer = summed.slice(0, -1);
  // a result that grows in several runs starts at 0
  const grows = !dots || outer.length > 0;
  if (grows) {
    const { place } = context.outputs[0] as ArrayPlace;
    b.clear(place, lengthOf([...batch, ...left, ...right]) * bytes);
  }
  const multiply = dots ? dotProducts : addRows;
  nest(b, [...batch, ...few], [], (vectorSteps) => {
    const starts = startsIn(context, bytes, vectorSteps);
    const vector = packVector(
      context,
      type,
      summed,
      matrix === 0 ? 1 : 0,
      starts[1 - matrix] as Operand,
    );
    nest(b, [...free.slice(0, -1), ...outer], vectorSteps, (steps) => {
      let factors = vector;
      for (const [axis, counter] of steps.slice(steps.length - outer.length)) {
        const inner = lengthOf(summed.slice(summed.indexOf(axis) + 1));
        factors = b.add(factors, b.mul(counter, inner * bytes));
      }
      const at = startsIn(context, bytes, steps);
      multiply(context, type, [at[matrix], factors, at[2]], matrix, terms, along, grows);
    });
  });
  return true;
}

/** Whether loops over the innermost axis run long enough to be called one by one. */
function isLong({ length }: LoopAxis, axes: readonly LoopAxis[]): boolean {
  return axes.length < 2 || length >= 32;
}

/** Addresses of the matrix, the vector and the result. */
type Addresses = readonly [Operand, Operand, Operand];

function dotProducts(
  context: KernelContext,
  type: Float,
  [from, vector, result]: Addresses,
  matrix: 0 | 1,
  terms: LoopAxis,
  along: LoopAxis,
  grows: boolean,
): void {
  const { builder: b } = context;
  const bytes = bytesOf(type);
  const [row, next] = [along.moves[matrix] * bytes, along.moves[2] * bytes];
  const run = (high: number, first: number, groups: number): void => {
    const step = vectorsPerStep(high) * widthOf(type);
    inBlocks(b, terms.length, piece * step, (k, count) => {
      const rest = count % step;
      const routine = sharedRoutine(context, "dot", dotRoutine, type, high, row, rest);
      const further = b.mul(k, bytes);
      b.perform(routine, [
        b.add(b.add(from, further), first * row),
        b.add(vector, further),
        b.add(result, first * next),
        next,
        groups,
        (count - rest) / step,
        grows ? b.i32(1) : isLater(b, k),
      ]);
    });
  };
  inGroups(along.length, 4, run);
}

function addRows(
  context: KernelContext,
  type: Float,
  [from, vector, result]: Addresses,
  matrix: 0 | 1,
  terms: LoopAxis,
  along: LoopAxis,
): void {
  const { builder: b } = context;
  const bytes = bytesOf(type);
  // pieces of long sums are added up apart, then added as one row
  const long = terms.length > piece * rowsAtOnce;
  const apart = long
    ? b.address(context.scratch(type, Math.min(along.length, columnBlock)).place)
    : undefined;
  const one = context.table(
    new Int32Array((type === "f64" ? Float64Array : Float32Array).of(1).buffer),
  );
  inBlocks(b, along.length, columnBlock, (column, count) => {
    const further = b.mul(column, bytes);
    const rest = count % widthOf(type);
    const run = (high: number, row: number, at: Addresses, groups: number): void => {
      const routine = sharedRoutine(context, "addRows", addRowsRoutine, type, high, row, rest);
      b.perform(routine, [...at, groups, (count - rest) / widthOf(type)]);
    };
    const to = b.add(result, further);
    inBlocks(b, terms.length, piece * rowsAtOnce, (k, length) => {
      if (apart !== undefined) b.clear(behind(apart), count * bytes);
      const add = (high: number, first: number, groups: number): void => {
        const [start, row] = [b.add(k, first), terms.moves[matrix] * bytes];
        const rows = b.add(b.add(from, further), b.mul(start, row));
        const factors = b.add(vector, b.mul(start, bytes));
        run(high, row, [rows, factors, apart ?? to], groups);
      };
      inGroups(length, rowsAtOnce, add);
      if (apart !== undefined) run(1, 0, [apart, b.address(one), to], 1);
    });
  });
}
