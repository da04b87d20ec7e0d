import type { ArrayPlace, Kernel, KernelContext } from "../../core/kernel.js";
import { atAxes, sizeOf, stridesOf } from "../../core/shape.js";
import { registerOf } from "../../program/elements.js";
import type { Operand } from "../../program/types.js";
import type { ReduceParams } from "../reduction.js";
import { forEachPosition, type JoinedAxis, joinAxes, loadElement, storeElement } from "./place.js";

/** So many squares are added up one after another. */
const piece = 256;

/** √Σx² over axes; where squares leave the range of f64, of x scaled by a power of two. */
export const normKernel: Kernel = (context: KernelContext<ReduceParams>) => {
  const { builder: b, params, inputs, outputs } = context;
  const [x, output] = [inputs[0], outputs[0]] as [ArrayPlace, ArrayPlace];
  const strides = stridesOf(x.shape);
  const part = (summed: boolean) => {
    const axes = [...x.shape.keys()].filter((axis) => params.axes.includes(axis) === summed);
    const shape = atAxes(x.shape, axes);
    return { shape, strides: atAxes(strides, axes) };
  };
  const [kept, summed] = [part(false), part(true)];
  if (sizeOf(kept.shape) === 0) return;
  const axes = joinAxes(kept.shape, [kept.strides, stridesOf(kept.shape)]);
  const row = sizeOf(summed.shape) === 0 ? undefined : joinAxes(summed.shape, [summed.strides]);
  forEachPosition(b, axes, [b.i32(0), b.i32(0)], false, ([from, to]) => {
    const value = row === undefined ? b.constant("f64", 0) : normOf(context, row, from as Operand);
    storeElement(b, output, to as Operand, b.convert(value, registerOf(output.dtype)));
  });
};

function normOf(context: KernelContext, row: readonly JoinedAxis[], from: Operand): Operand {
  const { builder: b, inputs } = context;
  const [last, outer] = [row[row.length - 1], row.slice(0, -1)];
  const f64 = (value: number): Operand => b.constant("f64", value);
  /** Folds a function of the elements, in pieces so that rounding errors of sums stay small. */
  const fold = (op: "add" | "max", term: (value: Operand) => Operand): Operand => {
    const total = b.variable("f64", "total");
    const into = (variable: typeof total, value: Operand): void =>
      b.assign(variable, b.compute(op, "f64", [b.read(variable), value]));
    const at = (place: Operand): Operand =>
      term(b.convert(loadElement(b, inputs[0] as ArrayPlace, place), "f64"));
    b.assign(total, f64(0));
    forEachPosition(b, outer, [from], false, ([start]) => {
      if (last === undefined) {
        into(total, at(start as Operand));
        return;
      }
      const { length, moves } = last;
      b.loop(
        0,
        length,
        (low) => {
          const sum = b.variable("f64", "sum");
          b.assign(sum, f64(0));
          const high = b.min(b.add(low, piece), length);
          const add = (i: Operand): void =>
            into(sum, at(b.add(start as Operand, b.mul(i, moves[0] as number))));
          b.loop(low, high, add, { independent: true });
          into(total, b.read(sum));
        },
        { step: piece },
      );
    });
    return b.read(total);
  };
  const result = b.variable("f64", "norm");
  const direct = fold("add", (value) => b.mul(value, value));
  const inside = (value: Operand, low: number, high: number): Operand =>
    b.and(b.compare("gt", value, f64(low)), b.compare("lt", value, f64(high)));
  const scaled = (): void => {
    const largest = fold("max", (value) => b.abs(value));
    b.assign(result, largest);
    b.branch(inside(largest, 0, Infinity), () => {
      // 2^−⌊log₂(largest)/2⌋ scales exactly; in two steps, since 1/largest may overflow
      const one = b.constant("i64", 1023);
      const half = b.shift("shrS", b.sub(b.shift("shrU", b.toBits(largest), 52), one), 1);
      const scale = b.fromBits(b.shift("shl", b.sub(one, half), 52));
      const sum = fold("add", (value) => {
        const small = b.mul(b.mul(value, scale), scale);
        return b.mul(small, small);
      });
      b.assign(result, b.div(b.div(b.sqrt(sum), scale), scale));
    });
  };
  b.branch(inside(direct, 1e-280, 1e300), () => b.assign(result, b.sqrt(direct)), scaled);
  return b.read(result);
}
