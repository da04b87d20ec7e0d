import type { TypedArray } from "../../core/dtype.js";
import type { Slot } from "../executable.js";
import type { MemoryView } from "./memory.js";

/** Where the results of a program go in the caller's arrays. */
export interface Put {
  /** Whether a value has the structure and arrays that this puts results into. */
  fits(value: unknown): boolean;
  /** Copies the results into a value that fits. */
  write(value: unknown): void;
}

/** Arrays of up to this many elements are copied one by one: a view of the memory costs more. */
const few = 16;

/** Puts results into values like `example`, which fits; `next` gives the slots leaf by leaf, keys in sorted order. */
export function putOf(example: unknown, memory: MemoryView, next: () => Slot): Put {
  if (ArrayBuffer.isView(example)) return putArray(example as TypedArray, memory, next());
  if (typeof example !== "object" || example === null)
    return { fits: (value) => value === example, write: () => {} };
  const isList = Array.isArray(example);
  const given = example as Readonly<Record<string, unknown>>;
  const keys = isList ? Object.keys(given) : Object.keys(given).sort();
  const items = keys.map((key) => putOf(given[key], memory, next));
  return {
    fits(value) {
      if (typeof value !== "object" || value === null || Array.isArray(value) !== isList)
        return false;
      if (Object.keys(value).length !== keys.length) return false;
      const all = value as Readonly<Record<string, unknown>>;
      return items.every((item, i) => item.fits(all[keys[i] as string]));
    },
    write(value) {
      const all = value as Readonly<Record<string, unknown>>;
      for (let i = 0; i < keys.length; i++) (items[i] as Put).write(all[keys[i] as string]);
    },
  };
}

function putArray(example: TypedArray, memory: MemoryView, slot: Slot): Put {
  const { dtype, address, size } = slot;
  return {
    fits: (value) =>
      ArrayBuffer.isView(value) &&
      value.constructor === example.constructor &&
      (value as TypedArray).length === example.length,
    write(value) {
      const to = value as TypedArray;
      if (size > few) {
        to.set(memory.arrayOf(slot));
        return;
      }
      const from = memory[dtype];
      const start = address / from.BYTES_PER_ELEMENT;
      for (let i = 0; i < size; i++) to[i] = from[start + i] as number;
    },
  };
}
