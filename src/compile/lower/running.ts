import type { ArrayPlace, KernelContext } from "../../core/kernel.js";
import type { Combine } from "../../core/lowering.js";
import { alongLines, wide } from "../../ops/kernels/lines.js";
import { ahead } from "../../ops/kernels/order.js";
import { loadElement, storeElement } from "../../ops/kernels/place.js";
import { registerOf } from "../../program/elements.js";
import type { MathSequence } from "../../program/sequence.js";
import type { Operand } from "../../program/types.js";
import { combineTwo } from "./fold.js";

export interface Running {
  readonly axis: number;
  readonly reverse: boolean;
  readonly combine: Combine | MathSequence;
}

/** Running fold along an axis, in the order and with the rounding of the interpreter. */
export function running(context: KernelContext<Running>): void {
  const { builder: b, params } = context;
  const { combine } = params;
  const x = context.inputs[0] as ArrayPlace;
  const output = context.outputs[0] as ArrayPlace;
  const picks = combine === "maximum" || combine === "minimum";
  const carried = picks ? output.dtype : wide(output.dtype);
  const joined = (old: Operand, next: Operand): Operand => {
    if (picks) return ahead(b, carried, old, next, combine === "maximum");
    if (typeof combine === "string") return combineTwo(b, combine, carried, old, next);
    return b.math(combine, [old, next]);
  };
  alongLines(context, x.shape, {
    ...params,
    carried: [carried],
    visit: (at, _index, [total], isFirst) => {
      const next = b.convert(loadElement(b, x, at), registerOf(carried));
      const value = isFirst ? next : joined(total?.read() as Operand, next);
      total?.write(value);
      storeElement(b, output, at, b.convert(value, registerOf(output.dtype)));
    },
  });
}
