import { isFloat } from "../../core/dtype.js";
import type { ArrayPlace, Kernel, KernelContext } from "../../core/kernel.js";
import type { Operand } from "../../program/types.js";
import { alongLines } from "./lines.js";
import { isLess } from "./order.js";
import { loadElement, storeElement } from "./place.js";

/** Index of the first element that no other is ahead of; of the first NaN. */
export function argExtremeKernel(isMax: boolean): Kernel {
  return (context: KernelContext<{ readonly axis: number }>) => {
    const { builder: b, params } = context;
    const x = context.inputs[0] as ArrayPlace;
    const output = context.outputs[0] as ArrayPlace;
    alongLines(context, x.shape, {
      axis: params.axis,
      carried: [x.dtype, "i32"],
      visit: (at, index, cells, isFirst) => {
        const next = loadElement(b, x, at);
        const [best, place] = cells as [(typeof cells)[0], (typeof cells)[0]];
        const take = (): void => {
          best.write(next);
          place.write(index);
        };
        if (isFirst) {
          take();
          return;
        }
        const old = best.read();
        const [low, high] = isMax ? [old, next] : [next, old];
        if (!isFloat(x.dtype)) {
          b.branch(isLess(b, x.dtype, low, high), take);
          return;
        }
        // ahead, or one of them is NaN: rare
        b.branch(b.not(b.compare("le", high, low)), () => {
          b.branch(b.compare("eq", old, old), take);
        });
      },
      end: (line, [, place]) => storeElement(b, output, line, place?.read() as Operand),
    });
  };
}
