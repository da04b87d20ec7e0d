import type { ArrayPlace } from "../../core/kernel.js";
import type { AxisPairs } from "../../core/lowering.js";
import { joinAxes } from "../../ops/kernels/place.js";

/** One loop: its length, and how far a step moves in x, y and the result, in elements. */
export interface LoopAxis {
  readonly length: number;
  readonly moves: readonly [number, number, number];
}

/** The loops of a contraction; none of length 1, and as few as strides allow. */
export interface ContractionAxes {
  /** Of both inputs and the result. */
  readonly batch: readonly LoopAxis[];
  /** Of x and the result. */
  readonly left: readonly LoopAxis[];
  /** Of y and the result. */
  readonly right: readonly LoopAxis[];
  /** Of both inputs. */
  readonly summed: readonly LoopAxis[];
}

export function lengthOf(axes: readonly LoopAxis[]): number {
  return axes.reduce((product, { length }) => product * length, 1);
}

export function axesOf(
  x: ArrayPlace,
  y: ArrayPlace,
  output: ArrayPlace,
  batch: AxisPairs,
  contracted: AxisPairs,
): ContractionAxes {
  const free = (array: ArrayPlace, side: 0 | 1): number[] => {
    const used = [...batch, ...contracted].map((pair) => pair[side]);
    return [...array.shape.keys()].filter((axis) => !used.includes(axis));
  };
  let next = 0;
  const axis = (p: number | undefined, q: number | undefined, kept: boolean): LoopAxis => ({
    length: (p === undefined ? y.shape[q as number] : x.shape[p]) as number,
    moves: [
      p === undefined ? 0 : (x.strides[p] as number),
      q === undefined ? 0 : (y.strides[q] as number),
      kept ? (output.strides[next++] as number) : 0,
    ],
  });
  return {
    batch: merged(batch.map(([p, q]) => axis(p, q, true))),
    left: merged(free(x, 0).map((p) => axis(p, undefined, true))),
    right: merged(free(y, 1).map((q) => axis(undefined, q, true))),
    summed: merged(contracted.map(([p, q]) => axis(p, q, false))),
  };
}

/** Axes that lie behind one another in every tensor, as one. */
function merged(axes: readonly LoopAxis[]): LoopAxis[] {
  const lengths = axes.map(({ length }) => length);
  const moves = [0, 1, 2].map((which) => axes.map((axis) => axis.moves[which] as number));
  return joinAxes(lengths, moves) as LoopAxis[];
}

/** How far each element along several axes is from the first, in elements of x, y or the result. */
export function offsetsOf(axes: readonly LoopAxis[], which: 0 | 1 | 2): number[] {
  return axes.reduce(
    (offsets, { length, moves }) =>
      offsets.flatMap((offset) => Array.from({ length }, (_, i) => offset + i * moves[which])),
    [0],
  );
}
