import type { ArrayPlace, Kernel, KernelContext } from "../../core/kernel.js";
import { registerOf } from "../../program/elements.js";
import type { Operand } from "../../program/types.js";
import { alongLines, wide } from "./lines.js";
import { loadElement, storeElement } from "./place.js";

interface Along {
  readonly axis: number;
  readonly reverse: boolean;
}

/** hᵢ = aᵢ·hᵢ₋₁ + bᵢ along an axis. */
export const linearRecurrenceKernel: Kernel = (context: KernelContext<Along>) => {
  const { builder: b, params, inputs } = context;
  const [factors, terms] = inputs as [ArrayPlace, ArrayPlace];
  const output = context.outputs[0] as ArrayPlace;
  const carried = wide(output.dtype);
  const load = (array: ArrayPlace, at: Operand): Operand =>
    b.convert(loadElement(b, array, at), registerOf(carried));
  alongLines(context, output.shape, {
    ...params,
    carried: [carried],
    visit: (at, _index, [h], isFirst) => {
      const term = load(terms, at);
      const value = isFirst ? term : b.add(b.mul(load(factors, at), h?.read() as Operand), term);
      h?.write(value);
      storeElement(b, output, at, b.convert(value, registerOf(output.dtype)));
    },
  });
};
