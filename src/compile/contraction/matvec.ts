import type { ArrayPlace, KernelContext } from "../kernels/context.js";
import type { Operand } from "../program/types.js";
import { type ContractionAxes, type LoopAxis, lengthOf } from "./axes.js";
import { inBlocks, isLater, nest, placeIn, type Steps } from "./nest.js";
import { packVector } from "./pack.js";
import { bytesOf, type Float, widthOf } from "./routine.js";
import { accumulateRoutine, addRowsRoutine, dotRoutine, vectorsPerStep } from "./row-routines.js";

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
  const { builder: b, inputs, outputs } = context;
  const output = outputs[0] as ArrayPlace;
  const bytes = bytesOf(type);
  const outer = summed.slice(0, -1);
  const at = (which: 0 | 1 | 2, steps: Steps): Operand =>
    b.address(placeIn(b, [inputs[0], inputs[1], output][which] as ArrayPlace, bytes, which, steps));
  // a result that grows in several runs starts at 0
  const grows = !dots || outer.length > 0;
  if (grows) b.clear(output.place, b.i32(lengthOf([...batch, ...left, ...right]) * bytes));
  nest(b, [...batch, ...few], [], (vectorSteps) => {
    const vector = packVector(context, type, summed, matrix === 0 ? 1 : 0, (which) =>
      at(which, vectorSteps),
    );
    nest(b, free.slice(0, -1), vectorSteps, (steps) => {
      nest(b, outer, steps, (all) => {
        const factors = all.slice(steps.length).reduce((pointer, [axis, counter]) => {
          const inner = lengthOf(summed.slice(summed.indexOf(axis) + 1));
          return b.add(pointer, b.mul(counter, b.i32(inner * bytes)));
        }, vector);
        const given = {
          context,
          type,
          matrix: at(matrix, all),
          vector: factors,
          result: at(2, steps),
        };
        if (dots) {
          const [row, next] = [along.moves[matrix] * bytes, along.moves[2] * bytes];
          dotProducts({ ...given, rows: along.length, row, next, terms: terms.length, grows });
        } else
          addRows({
            ...given,
            columns: along.length,
            row: terms.moves[matrix] * bytes,
            terms: terms.length,
          });
      });
    });
  });
  return true;
}

/** Whether loops over the innermost axis run long enough to be called one by one. */
function isLong({ length }: LoopAxis, axes: readonly LoopAxis[]): boolean {
  return axes.length < 2 || length >= 32;
}

interface Given {
  readonly context: KernelContext;
  readonly type: Float;
  readonly matrix: Operand;
  readonly vector: Operand;
  readonly result: Operand;
  readonly terms: number;
  /** Bytes from row to row of the matrix. */
  readonly row: number;
}

function dotProducts(
  given: Given & { readonly rows: number; readonly next: number; readonly grows: boolean },
): void {
  const { context, type, matrix, vector, result, terms, row, rows, next, grows } = given;
  const { builder: b } = context;
  const run = (high: number, from: number, groups: number): void => {
    if (groups === 0) return;
    const step = vectorsPerStep(high) * widthOf(type);
    inBlocks(b, terms, piece * step, (k, count) => {
      const rest = count % step;
      const name = `dot ${type} ${high} ${row} ${rest}`;
      const routine = context.routine(name, () => dotRoutine(type, high, row, rest));
      const further = b.mul(k, b.i32(bytesOf(type)));
      b.perform(routine, [
        b.add(b.add(matrix, further), b.i32(from * row)),
        b.add(vector, further),
        b.add(result, b.i32(from * next)),
        b.i32(next),
        b.i32(groups),
        b.i32((count - rest) / step),
        grows ? b.i32(1) : isLater(b, k),
      ]);
    });
  };
  const whole = Math.floor(rows / 4);
  run(4, 0, whole);
  run(1, whole * 4, rows % 4);
}

function addRows(given: Given & { readonly columns: number }): void {
  const { context, type, matrix, vector, result, terms, row, columns } = given;
  const { builder: b } = context;
  const [bytes, width] = [bytesOf(type), widthOf(type)];
  const long = terms > piece * rowsAtOnce;
  const sums = long
    ? b.address(context.scratch(type, Math.min(columns, columnBlock)).place)
    : undefined;
  inBlocks(b, columns, columnBlock, (column, count) => {
    const [rest, vectors] = [count % width, b.i32(Math.floor(count / width))];
    const further = b.mul(column, b.i32(bytes));
    const to = b.add(result, further);
    inBlocks(b, terms, piece * rowsAtOnce, (k, length) => {
      const add = (high: number, from: number, groups: number): void => {
        if (groups === 0) return;
        const name = `addRows ${type} ${high} ${row} ${rest}`;
        const routine = context.routine(name, () => addRowsRoutine(type, high, row, rest));
        const start = b.add(k, b.i32(from));
        b.perform(routine, [
          b.add(b.add(matrix, further), b.mul(start, b.i32(row))),
          b.add(vector, b.mul(start, b.i32(bytes))),
          sums ?? to,
          b.i32(groups),
          vectors,
        ]);
      };
      if (sums !== undefined)
        b.clear({ buffer: undefined, at: sums, offset: 0 }, b.i32(count * bytes));
      const whole = Math.floor(length / rowsAtOnce);
      add(rowsAtOnce, 0, whole);
      add(length % rowsAtOnce, whole * rowsAtOnce, length % rowsAtOnce === 0 ? 0 : 1);
      if (sums === undefined) return;
      const routine = context.routine(`accumulate ${type} ${rest}`, () =>
        accumulateRoutine(type, rest),
      );
      b.perform(routine, [sums, to, vectors]);
    });
  });
}
