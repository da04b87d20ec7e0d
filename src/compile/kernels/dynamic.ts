import { sizeOf, stridesOf } from "../../core/shape.js";
import type { Operand } from "../program/types.js";
import type { ArrayPlace, Kernel, KernelContext } from "./context.js";
import { elementBytes, isInPlace, loadElement, loadIndex, storeElement } from "./place.js";

interface Params {
  readonly batch: number;
}

/** A block of x at starts known only when it runs, moved inside where it would stick out. */
export const dynamicSlice: Kernel = (context: KernelContext<Params>) => {
  const [x, starts] = context.inputs as [ArrayPlace, ArrayPlace];
  const output = context.outputs[0] as ArrayPlace;
  const lengths = output.shape.slice(context.params.batch);
  forEachBlock(context, x, starts, lengths, (offset, first) => {
    eachElement(context, x, lengths, (inside, at) => {
      const { builder: b } = context;
      storeElement(b, output, b.add(first, at), loadElement(b, x, b.add(offset, inside)));
    });
  });
};

/** x with a block written over it. */
export const dynamicUpdateSlice: Kernel = (context: KernelContext<Params>) => {
  const { builder: b } = context;
  const [x, update, starts] = context.inputs as [ArrayPlace, ArrayPlace, ArrayPlace];
  const output = context.outputs[0] as ArrayPlace;
  if (!isInPlace(output, x))
    b.copy(output.place, x.place, b.i32(sizeOf(x.shape) * elementBytes(x)));
  const lengths = update.shape.slice(context.params.batch);
  forEachBlock(context, x, starts, lengths, (offset, first) => {
    eachElement(context, x, lengths, (inside, at) => {
      storeElement(b, output, b.add(offset, inside), loadElement(b, update, b.add(first, at)));
    });
  });
};

/** Visits the blocks with the position of each in x, and in the slices. */
function forEachBlock(
  { builder: b, params: { batch } }: KernelContext<Params>,
  x: ArrayPlace,
  starts: ArrayPlace,
  lengths: readonly number[],
  visit: (offset: Operand, first: Operand) => void,
): void {
  const sliced = x.shape.slice(batch);
  const strides = stridesOf(sliced);
  b.loop(0, sizeOf(x.shape.slice(0, batch)), (block) => {
    let offset = b.mul(block, b.i32(sizeOf(sliced)));
    sliced.forEach((length, axis) => {
      const at = b.add(b.mul(block, b.i32(sliced.length)), b.i32(axis));
      const given = loadIndex(b, starts, at);
      const negative = b.compare("lt", given, b.i32(0));
      const first = b.select(negative, b.add(given, b.i32(length)), given);
      const last = b.i32(length - (lengths[axis] as number));
      const inside = b.max(b.min(first, last), b.i32(0));
      offset = b.add(offset, b.mul(inside, b.i32(strides[axis] as number)));
    });
    visit(offset, b.mul(block, b.i32(sizeOf(lengths))));
  });
}

/** Visits every element of a block: its position from the block's begin in x, and in the dense slice. */
function eachElement(
  { builder: b, params: { batch } }: KernelContext<Params>,
  x: ArrayPlace,
  lengths: readonly number[],
  visit: (inside: Operand, at: Operand) => void,
): void {
  const strides = stridesOf(x.shape.slice(batch));
  const dense = stridesOf(lengths);
  const descend = (axis: number, inside: Operand, at: Operand): void => {
    if (axis === lengths.length) {
      visit(inside, at);
      return;
    }
    b.loop(
      0,
      lengths[axis] as number,
      (i) => {
        descend(
          axis + 1,
          b.add(inside, b.mul(i, b.i32(strides[axis] as number))),
          b.add(at, b.mul(i, b.i32(dense[axis] as number))),
        );
      },
      { independent: axis === lengths.length - 1 },
    );
  };
  descend(0, b.i32(0), b.i32(0));
}
