import type { ArrayPlace, Kernel, KernelContext } from "../../core/kernel.js";
import { sizeOf, stridesOf } from "../../core/shape.js";
import { bytesOf } from "../../program/elements.js";
import { copied, type PadParams } from "../placement.js";
import { moved, samePlace } from "./location.js";
import { copyElements, loadElement, storeElement } from "./place.js";

/** The inputs one after another along an axis. */
export const concatenateKernel: Kernel = (context: KernelContext<{ readonly axis: number }>) => {
  const { builder: b, params, inputs } = context;
  const output = context.outputs[0] as ArrayPlace;
  const strides = stridesOf(output.shape);
  let start = 0;
  for (const array of inputs) {
    // what was computed where it belongs stays
    if (!samePlace(array.place, moved(output.place, start * bytesOf(output.dtype)))) {
      const from = { array, start: b.i32(0), strides: stridesOf(array.shape) };
      copyElements(b, array.shape, from, { array: output, start: b.i32(start), strides });
    }
    start += (array.shape[params.axis] as number) * (strides[params.axis] as number);
  }
};

/** x with a value around it and between its elements. */
export const padKernel: Kernel = (context: KernelContext<PadParams>) => {
  const { builder: b, params, inputs } = context;
  const [x, filling] = inputs as [ArrayPlace, ArrayPlace];
  const output = context.outputs[0] as ArrayPlace;
  const value = loadElement(b, filling, b.i32(0));
  b.loop(0, sizeOf(output.shape), (i) => storeElement(b, output, i, value), { independent: true });
  const { count, from, to } = copied(x.shape, output.shape, params);
  if (sizeOf(count) === 0) return;
  copyElements(
    b,
    count,
    { array: x, start: b.i32(from.offset), strides: from.strides },
    { array: output, start: b.i32(to.offset), strides: to.strides },
  );
};
