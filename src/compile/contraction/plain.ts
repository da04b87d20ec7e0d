import type { ArrayPlace, KernelContext } from "../kernels/context.js";
import type { Operand, Place } from "../program/types.js";
import { type ContractionAxes, type LoopAxis, lengthOf } from "./axes.js";
import { nest, placeIn, type Steps } from "./nest.js";

/** Sums longer than this are added up in pieces, which bounds the rounding error. */
const piece = 128;

/** Loops over scalars: integers, and what is small or lies oddly. */
export function contractPlainly(
  { builder: b, inputs, outputs }: KernelContext,
  axes: ContractionAxes,
): void {
  const [x, y] = inputs as [ArrayPlace, ArrayPlace];
  const output = outputs[0] as ArrayPlace;
  const type = output.dtype === "u32" ? "i32" : (output.dtype as "f64" | "f32" | "i32");
  const bytes = type === "f64" ? 8 : 4;
  const kept = [...axes.batch, ...axes.left, ...axes.right];
  const summed: readonly LoopAxis[] =
    axes.summed.length > 0 ? axes.summed : [{ length: 1, moves: [0, 0, 0] }];
  const at = (which: 0 | 1 | 2, steps: Steps): Place =>
    placeIn(b, [x, y, output][which] as ArrayPlace, bytes, which, steps);
  const zero = b.constant(type, 0);
  const term = (steps: Steps): Operand =>
    b.mul(b.load(type, type, at(0, steps)), b.load(type, type, at(1, steps)));
  const inner = kept[kept.length - 1];
  const sideBySide =
    inner !== undefined && inner.moves[1] === 1 && inner.moves[0] === 0 && inner.length >= 4;
  const last = summed[summed.length - 1] as LoopAxis;
  if (sideBySide && lengthOf(summed) <= 4 * piece) {
    // row by row of y: both run over neighbouring elements
    nest(b, kept.slice(0, -1), [], (outer) => {
      b.clear(at(2, outer), b.i32(inner.length * bytes));
      nest(b, summed, outer, (steps) => {
        const factor = b.load(type, type, at(0, steps));
        b.loop(
          0,
          inner.length,
          (counter) => {
            const all: Steps = [...steps, [inner, counter]];
            const to = at(2, all);
            const product = b.mul(factor, b.load(type, type, at(1, all)));
            b.store(type, to, b.add(b.load(type, type, to), product));
          },
          { independent: true },
        );
      });
    });
    return;
  }
  nest(b, kept, [], (outer) => {
    const total = b.variable(type, "sum");
    b.assign(total, zero);
    nest(b, summed.slice(0, -1), outer, (steps) => {
      const addUp = (from: number | Operand, to: number | Operand): void => {
        const part = b.variable(type, "part");
        b.assign(part, zero);
        b.loop(
          from,
          to,
          (counter) => {
            b.assign(part, b.add(b.read(part), term([...steps, [last, counter]])));
          },
          { independent: true },
        );
        b.assign(total, b.add(b.read(total), b.read(part)));
      };
      const whole = Math.floor(last.length / piece);
      b.loop(0, whole, (k) => {
        const from = b.mul(k, b.i32(piece));
        addUp(from, b.add(from, b.i32(piece)));
      });
      if (whole * piece < last.length) addUp(whole * piece, last.length);
    });
    b.store(type, at(2, outer), b.read(total));
  });
}
