import type { ArrayPlace, KernelContext } from "../../core/kernel.js";
import type { Operand, Place } from "../../program/types.js";
import { type ContractionAxes, lengthOf } from "./axes.js";
import { nest, placeIn, type Steps } from "./nest.js";

/** Loops over scalars: integers, and what is too small for vectors. */
export function contractPlainly(
  { builder: b, inputs, outputs }: KernelContext,
  { batch, left, right, summed }: ContractionAxes,
): void {
  const output = outputs[0] as ArrayPlace;
  const type = output.dtype === "u32" ? "i32" : (output.dtype as "f64" | "f32" | "i32");
  const bytes = type === "f64" ? 8 : 4;
  const kept = [...batch, ...left, ...right];
  const at = (which: 0 | 1 | 2, steps: Steps): Place =>
    placeIn(b, [...inputs, output][which] as ArrayPlace, bytes, which, steps);
  const load = (which: 0 | 1 | 2, steps: Steps): Operand => b.load(type, type, at(which, steps));
  const inner = kept[kept.length - 1];
  const independent = { independent: true };
  if (inner?.moves[1] === 1 && inner.moves[0] === 0 && inner.length >= 4) {
    // row by row of y: both run over neighbouring elements
    const adds = summed.length > 0;
    if (adds) b.clear(output.place, lengthOf(kept) * bytes);
    nest(b, [...kept.slice(0, -1), ...summed], [], (outer) => {
      const factor = load(0, outer);
      const add = (counter: Operand): void => {
        const steps: Steps = [...outer, [inner, counter]];
        const old = adds ? load(2, steps) : b.constant(type, 0);
        b.store(type, at(2, steps), b.add(old, b.mul(factor, load(1, steps))));
      };
      b.loop(0, inner.length, add, independent);
    });
    return;
  }
  nest(b, kept, [], (outer) => {
    const sum = b.variable(type, "sum");
    b.assign(sum, 0);
    const add = (steps: Steps): void =>
      b.assign(sum, b.add(b.read(sum), b.mul(load(0, steps), load(1, steps))));
    nest(b, summed, outer, add, independent);
    b.store(type, at(2, outer), b.read(sum));
  });
}
