import type { ArrayPlace, Kernel, KernelContext } from "../../core/kernel.js";
import { sizeOf, stridesOf } from "../../core/shape.js";
import { copyElements, loadIndex, startAs, type Walk } from "./place.js";

interface Params {
  readonly batch: number;
}

/** A block of x at starts known only when it runs, moved inside where it would stick out. */
export const dynamicSliceKernel: Kernel = (context: KernelContext<Params>) => {
  const [x, starts] = context.inputs as [ArrayPlace, ArrayPlace];
  const output = context.outputs[0] as ArrayPlace;
  const lengths = output.shape.slice(context.params.batch);
  forEachBlock(context, x, starts, lengths, (block, slice) => {
    copyElements(context.builder, lengths, block, { ...slice, array: output });
  });
};

/** x with a block written over it. */
export const dynamicUpdateSliceKernel: Kernel = (context: KernelContext<Params>) => {
  const { builder: b } = context;
  const [x, update, starts] = context.inputs as [ArrayPlace, ArrayPlace, ArrayPlace];
  const output = context.outputs[0] as ArrayPlace;
  startAs(b, output, x);
  const lengths = update.shape.slice(context.params.batch);
  forEachBlock(context, x, starts, lengths, (block, slice) => {
    copyElements(b, lengths, { ...slice, array: update }, { ...block, array: output });
  });
};

/** Visits the blocks: where each begins in x, and in the slices. */
function forEachBlock(
  { builder: b, params: { batch } }: KernelContext<Params>,
  x: ArrayPlace,
  starts: ArrayPlace,
  lengths: readonly number[],
  visit: (block: Walk, slice: Omit<Walk, "array">) => void,
): void {
  const sliced = x.shape.slice(batch);
  const strides = stridesOf(sliced);
  b.loop(0, sizeOf(x.shape.slice(0, batch)), (block) => {
    let offset = b.mul(block, sizeOf(sliced));
    sliced.forEach((length, axis) => {
      const at = b.add(b.mul(block, sliced.length), axis);
      const given = loadIndex(b, starts, at);
      const negative = b.compare("lt", given, 0);
      const first = b.select(negative, b.add(given, length), given);
      const last = b.i32(length - (lengths[axis] as number));
      const inside = b.max(b.min(first, last), 0);
      offset = b.add(offset, b.mul(inside, strides[axis] as number));
    });
    const first = b.mul(block, sizeOf(lengths));
    const dense = stridesOf(lengths);
    visit({ array: x, start: offset, strides }, { start: first, strides: dense });
  });
}
