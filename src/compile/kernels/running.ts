import { type DType, isFloat } from "../../core/dtype.js";
import type { Combine } from "../../core/lowering.js";
import { mathSequences } from "../../math/index.js";
import type { Host, Operand } from "../../program/types.js";
import { combineTwo } from "../lower/fold.js";
import type { ArrayPlace, Kernel, KernelContext } from "./context.js";
import { alongLines } from "./lines.js";
import { ahead, isLess } from "./order.js";
import { elementRegister, loadElement, storeElement } from "./place.js";

interface Along {
  readonly axis: number;
  readonly reverse: boolean;
}

/** The dtype that f32 is carried in where every step rounds: as the interpreter, which computes in f64. */
const wide = (dtype: DType): DType => (dtype === "f32" ? "f64" : dtype);

export interface Running extends Along {
  readonly combine: Combine;
  /** One step of the fold, in f64. */
  step(total: number, next: number): number;
}

/** Running fold along an axis, in the order and with the rounding of the interpreter. */
export const running: Kernel = (context: KernelContext<Running>) => {
  const { builder: b, params } = context;
  const { combine } = params;
  const step: Host = {
    kind: "host",
    name: combine,
    params: ["f64", "f64"],
    result: "f64",
    run: params.step,
  };
  const isCalled = combine === "logAddExp" && !mathSequences.has(combine);
  const x = context.inputs[0] as ArrayPlace;
  const output = context.outputs[0] as ArrayPlace;
  const picks = combine === "maximum" || combine === "minimum";
  const carried = picks ? output.dtype : wide(output.dtype);
  alongLines(context, x.shape, {
    ...params,
    carried: [carried],
    visit: (at, _index, [total], isFirst) => {
      const next = b.convert(loadElement(b, x, at), elementRegister({ dtype: carried }));
      const old = total?.read() as Operand;
      const value = isFirst
        ? next
        : picks
          ? ahead(b, carried, old, next, combine === "maximum")
          : isCalled
            ? b.call(step, "f64", [old, next])
            : combineTwo(b, combine, carried, old, next);
      total?.write(value);
      storeElement(b, output, at, b.convert(value, elementRegister(output)));
    },
  });
};

/** hᵢ = aᵢ·hᵢ₋₁ + bᵢ along an axis. */
export const linearRecurrence: Kernel = (context: KernelContext<Along>) => {
  const { builder: b, params, inputs } = context;
  const [factors, terms] = inputs as [ArrayPlace, ArrayPlace];
  const output = context.outputs[0] as ArrayPlace;
  const carried = wide(output.dtype);
  const load = (array: ArrayPlace, at: Operand): Operand =>
    b.convert(loadElement(b, array, at), elementRegister({ dtype: carried }));
  alongLines(context, output.shape, {
    ...params,
    carried: [carried],
    visit: (at, _index, [h], isFirst) => {
      const term = load(terms, at);
      const value = isFirst ? term : b.add(b.mul(load(factors, at), h?.read() as Operand), term);
      h?.write(value);
      storeElement(b, output, at, b.convert(value, elementRegister(output)));
    },
  });
};

/** Index of the first element that no other is ahead of; of the first NaN. */
function extremum(isMax: boolean): Kernel {
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

export const argmax: Kernel = extremum(true);
export const argmin: Kernel = extremum(false);
