import type { ArrayPlace, KernelContext } from "../../core/kernel.js";
import type { Builder } from "../../program/builder.js";
import type { Operand, Place } from "../../program/types.js";
import type { LoopAxis } from "./axes.js";

/** Loops one is inside of, with their counters. */
export type Steps = readonly (readonly [LoopAxis, Operand])[];

/** The loops over `axes` around `body`; the last of them may be `independent`. */
export function nest(
  b: Builder,
  axes: readonly LoopAxis[],
  steps: Steps,
  body: (steps: Steps) => void,
  options: { readonly independent: boolean } = { independent: false },
): void {
  const [axis, ...rest] = axes;
  if (axis === undefined) body(steps);
  else {
    const inside = (counter: Operand): void =>
      nest(b, rest, [...steps, [axis, counter]], body, options);
    b.loop(0, axis.length, inside, rest.length === 0 ? options : {});
  }
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
    const term = b.mul(counter, moves[which] * bytes);
    sum = sum === undefined ? term : b.add(sum, term);
  }
  if (!steps.some(([{ moves }]) => moves[which] < 0)) return { buffer, at: sum, offset };
  // what is added to a pointer must not be negative
  return { buffer, at: b.add(sum as Operand, offset), offset: 0 };
}

/** `body` for blocks of `size`, and for what is left. */
export function inBlocks(
  b: Builder,
  total: number,
  size: number,
  body: (start: Operand, count: number) => void,
): void {
  const whole = total - (total % size);
  b.loop(0, whole, (start) => body(start, size), { step: size });
  if (whole < total) body(b.i32(whole), total - whole);
}

/** `run` for groups of `size` one after another, and for what is left as one smaller group. */
export function inGroups(
  length: number,
  size: number,
  run: (size: number, first: number, groups: number) => void,
): void {
  const rest = length % size;
  if (length >= size) run(size, 0, (length - rest) / size);
  if (rest > 0) run(rest, length - rest, 1);
}

/** 1 for every block but the first, else 0: whether to add to what the blocks before gave. */
export function isLater(b: Builder, start: Operand): Operand {
  return b.convert(b.compare("ne", start, 0), "i32");
}

/** The addresses in x, y and the result where loops stand. */
export function startsIn(
  { builder: b, inputs, outputs }: KernelContext,
  bytes: number,
  steps: Steps,
): [Operand, Operand, Operand] {
  return [...inputs, ...outputs].map((array, which) =>
    b.address(placeIn(b, array, bytes, which as 0 | 1 | 2, steps)),
  ) as [Operand, Operand, Operand];
}
