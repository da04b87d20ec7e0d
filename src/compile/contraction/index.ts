import type { AxisPairs } from "../../core/lowering.js";
import type { ArrayPlace, KernelContext } from "../kernels/context.js";
import type { Operand, Place } from "../program/types.js";

/** One loop: its length, and how far a step moves in x, y and the result, in elements. */
interface LoopAxis {
  readonly length: number;
  readonly moves: readonly [number, number, number];
}

/** Sums longer than this are added up in pieces, which bounds the rounding error. */
const piece = 128;

/** Writes every element of the sum over products of two tensors; inputs may have any strides. */
export function contract(
  { builder: b, inputs, outputs }: KernelContext,
  { batch, contract: summed }: { readonly batch: AxisPairs; readonly contract: AxisPairs },
): void {
  const [x, y] = inputs as [ArrayPlace, ArrayPlace];
  const output = outputs[0] as ArrayPlace;
  const type = output.dtype === "u32" ? "i32" : (output.dtype as "f64" | "f32" | "i32");
  const bytes = type === "f64" ? 8 : 4;
  const axes = axesOf(x, y, output, batch, summed);
  const size = (list: readonly LoopAxis[]): number =>
    list.reduce((product, { length }) => product * length, 1);
  if (size(axes.kept) === 0) return;
  if (size(axes.summed) === 0) {
    b.clear(output.place, b.i32(size(axes.kept) * bytes));
    return;
  }
  const places = [x.place, y.place, output.place] as const;
  const at = (which: 0 | 1 | 2, steps: readonly (readonly [LoopAxis, Operand])[]): Place => {
    const { buffer, at: start, offset } = places[which];
    let sum = start;
    for (const [{ moves }, counter] of steps) {
      if (moves[which] === 0) continue;
      const term = b.mul(counter, b.i32(moves[which] * bytes));
      sum = sum === undefined ? term : b.add(sum, term);
    }
    if (!steps.some(([{ moves }]) => moves[which] < 0)) return { buffer, at: sum, offset };
    // what is added to a pointer must not be negative
    return { buffer, at: b.add(sum as Operand, b.i32(offset)), offset: 0 };
  };
  type Steps = readonly (readonly [LoopAxis, Operand])[];
  const nest = (list: readonly LoopAxis[], steps: Steps, body: (steps: Steps) => void): void => {
    const [axis, ...rest] = list;
    if (axis === undefined) {
      body(steps);
      return;
    }
    b.loop(0, axis.length, (counter) => nest(rest, [...steps, [axis, counter]], body));
  };
  const zero = b.constant(type, 0);
  const term = (steps: Steps): Operand =>
    b.mul(b.load(type, type, at(0, steps)), b.load(type, type, at(1, steps)));
  const inner = axes.kept[axes.kept.length - 1];
  const sideBySide =
    inner !== undefined && inner.moves[1] === 1 && inner.moves[0] === 0 && inner.length >= 4;
  const last = axes.summed[axes.summed.length - 1] as LoopAxis;
  if (sideBySide && size(axes.summed) <= 4 * piece) {
    // row by row of y: both run over neighbouring elements
    nest(axes.kept.slice(0, -1), [], (outer) => {
      b.clear(at(2, outer), b.i32(inner.length * bytes));
      nest(axes.summed, outer, (steps) => {
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
  nest(axes.kept, [], (outer) => {
    const total = b.variable(type, "sum");
    b.assign(total, zero);
    nest(axes.summed.slice(0, -1), outer, (steps) => {
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

function axesOf(
  x: ArrayPlace,
  y: ArrayPlace,
  output: ArrayPlace,
  batch: AxisPairs,
  contracted: AxisPairs,
): { kept: LoopAxis[]; summed: LoopAxis[] } {
  const free = (array: ArrayPlace, side: 0 | 1): number[] => {
    const used = [...batch, ...contracted].map((pair) => pair[side]);
    return [...array.shape.keys()].filter((axis) => !used.includes(axis));
  };
  const length = (array: ArrayPlace, axis: number): number => array.shape[axis] as number;
  const stride = (array: ArrayPlace, axis: number): number => array.strides[axis] as number;
  const kept = [
    ...batch.map(([p, q]) => [length(x, p), stride(x, p), stride(y, q)] as const),
    ...free(x, 0).map((p) => [length(x, p), stride(x, p), 0] as const),
    ...free(y, 1).map((q) => [length(y, q), 0, stride(y, q)] as const),
  ].map(([n, p, q], axis): LoopAxis => ({ length: n, moves: [p, q, stride(output, axis)] }));
  const summed = contracted.map(
    ([p, q]): LoopAxis => ({ length: length(x, p), moves: [stride(x, p), stride(y, q), 0] }),
  );
  const long = ({ length: n }: LoopAxis): boolean => n !== 1;
  const sums = summed.filter(long);
  return {
    kept: kept.filter(long),
    summed: sums.length > 0 ? sums : [{ length: 1, moves: [0, 0, 0] }],
  };
}
