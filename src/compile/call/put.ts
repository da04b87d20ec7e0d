import type { TypedArray } from "../../core/dtype.js";
import type { Slot } from "../executable.js";
import type { MemoryView } from "./memory.js";
import { isAlike, type Take, takeOf } from "./take.js";

/** Where the results of a program go in the caller's arrays. */
export interface Put {
  /** Whether a value has the structure and arrays that this puts results into. */
  readonly fits: Take;
  /** Copies the results into a value that fits. */
  readonly write: Take;
}

/** Arrays of up to this many elements are copied one by one: a view of the memory costs more. */
const few = 16;

/** Puts results into values like `example`, which fits; `next` gives the slots leaf by leaf, keys in sorted order. */
export function putOf(example: unknown, memory: MemoryView, next: () => Slot): Put {
  return {
    fits: takeOf(example, (leaf) => (value) => isAlike(value, leaf as TypedArray)),
    write: takeOf(example, () => writing(memory, next())),
  };
}

/** Copies the elements of a slot into an array. */
function writing(memory: MemoryView, slot: Slot): Take {
  const { dtype, address, size } = slot;
  return (value) => {
    const to = value as TypedArray;
    const from = memory[dtype];
    const start = address / from.BYTES_PER_ELEMENT;
    if (size > few) to.set(memory.arrayOf(slot));
    else for (let i = 0; i < size; i++) to[i] = from[start + i] as number;
    return true;
  };
}
