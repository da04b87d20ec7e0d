import type { ArrayPlace, Kernel, KernelContext } from "../../core/kernel.js";
import { sizeOf } from "../../core/shape.js";
import type { Operand } from "../../program/types.js";
import { isBefore } from "./order.js";
import { loadElement, storeElement } from "./place.js";

export interface SearchParams {
  readonly side: "left" | "right";
  /** How many axes in front both inputs share. */
  readonly batch: number;
}

/** So many values are searched for side by side: their reads of memory overlap. */
const together = 64;

/** Where values would go in a sorted line: step by step the bisection of the interpreter. */
export const searchsortedKernel: Kernel = (context: KernelContext<SearchParams>) => {
  const { builder: b, params, inputs } = context;
  const [line, values] = inputs as [ArrayPlace, ArrayPlace];
  const output = context.outputs[0] as ArrayPlace; // holds the lower ends
  const highs = context.scratch("i32", together);
  const length = line.shape[params.batch] as number;
  const count = sizeOf(values.shape.slice(params.batch));
  const isRight = params.side === "right";
  const steps = Math.ceil(Math.log2(length + 1));
  const each = (from: Operand, visit: (at: Operand) => void): void => {
    const end = b.min(b.add(from, together), count);
    b.loop(from, end, visit, { independent: true });
  };
  b.loop(0, sizeOf(values.shape.slice(0, params.batch)), (batch) => {
    const start = b.mul(batch, length);
    b.loop(
      0,
      count,
      (block) => {
        const lowAt = (i: Operand): Operand => b.add(b.mul(batch, count), i);
        const highAt = (i: Operand): Operand => b.sub(i, block);
        each(block, (i) => {
          storeElement(b, output, lowAt(i), b.i32(0));
          storeElement(b, highs, highAt(i), b.i32(length));
        });
        b.loop(0, steps, () => {
          each(block, (i) => {
            const value = loadElement(b, values, lowAt(i));
            const low = loadElement(b, output, lowAt(i));
            const high = loadElement(b, highs, highAt(i));
            const middle = b.shift("shrU", b.add(low, high), 1);
            // of a search that is done, anything inside the line
            const there = loadElement(b, line, b.add(start, b.min(middle, length - 1)));
            const passed = b.and(
              b.compare("lt", low, high),
              isRight
                ? b.not(isBefore(b, line.dtype, value, there))
                : isBefore(b, line.dtype, there, value),
            );
            storeElement(b, output, lowAt(i), b.select(passed, b.add(middle, 1), low));
            storeElement(b, highs, highAt(i), b.select(passed, high, middle));
          });
        });
      },
      { step: together },
    );
  });
};
