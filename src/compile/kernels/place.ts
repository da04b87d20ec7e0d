import type { Builder } from "../program/builder.js";
import type { Operand, Place, RegisterType, Storage } from "../program/types.js";
import type { ArrayPlace } from "./context.js";

export function elementBytes({ dtype }: Pick<ArrayPlace, "dtype">): number {
  return dtype === "f64" ? 8 : dtype === "bool" ? 1 : 4;
}

export function elementRegister({ dtype }: Pick<ArrayPlace, "dtype">): RegisterType {
  return dtype === "u32" ? "i32" : dtype;
}

function elementStorage({ dtype }: Pick<ArrayPlace, "dtype">): Storage {
  return dtype === "u32" ? "i32" : dtype;
}

/** The place of the element so many elements into a dense array. */
function elementPlace(b: Builder, array: ArrayPlace, index: Operand): Place {
  const { buffer, at, offset } = array.place;
  const bytes = elementBytes(array);
  if (index.kind === "constant")
    return { buffer, at, offset: offset + Number(index.value) * bytes };
  const moved = b.mul(index, b.i32(bytes));
  return { buffer, at: at === undefined ? moved : b.add(at, moved), offset };
}

export function loadElement(b: Builder, array: ArrayPlace, index: Operand): Operand {
  return b.load(elementRegister(array), elementStorage(array), elementPlace(b, array, index));
}

export function storeElement(b: Builder, array: ArrayPlace, index: Operand, value: Operand): void {
  b.store(elementStorage(array), elementPlace(b, array, index), value);
}

/** An index as i32; u32 too large for it becomes the largest. */
export function loadIndex(b: Builder, array: ArrayPlace, index: Operand): Operand {
  const given = loadElement(b, array, index);
  if (array.dtype !== "u32") return given;
  const most = b.i32(2 ** 31 - 1);
  return b.select(b.compare("ltU", given, most), given, most);
}

/** Whether output and input are the same memory. */
export function isInPlace(output: ArrayPlace, input: ArrayPlace): boolean {
  const [a, c] = [output.place, input.place];
  return a.buffer === c.buffer && a.at === c.at && a.offset === c.offset;
}
