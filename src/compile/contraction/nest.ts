import type { ArrayPlace } from "../kernels/context.js";
import type { Builder } from "../program/builder.js";
import type { Operand, Place } from "../program/types.js";
import type { LoopAxis } from "./axes.js";

/** Loops one is inside of, with their counters. */
export type Steps = readonly (readonly [LoopAxis, Operand])[];

/** The loops over `axes` around `body`. */
export function nest(
  b: Builder,
  axes: readonly LoopAxis[],
  steps: Steps,
  body: (steps: Steps) => void,
): void {
  const [axis, ...rest] = axes;
  if (axis === undefined) body(steps);
  else b.loop(0, axis.length, (counter) => nest(b, rest, [...steps, [axis, counter]], body));
}

/** Where loops stand in x, y or the result. */
export function placeIn(
  b: Builder,
  { place: { buffer, at, offset } }: ArrayPlace,
  bytes: number,
  which: 0 | 1 | 2,
  steps: Steps,
): Place {
  let sum = at;
  for (const [{ moves }, counter] of steps) {
    if (moves[which] === 0) continue;
    const term = b.mul(counter, b.i32(moves[which] * bytes));
    sum = sum === undefined ? term : b.add(sum, term);
  }
  if (!steps.some(([{ moves }]) => moves[which] < 0)) return { buffer, at: sum, offset };
  // what is added to a pointer must not be negative
  return { buffer, at: b.add(sum as Operand, b.i32(offset)), offset: 0 };
}
