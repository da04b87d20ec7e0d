import type { EmitContext, Location } from "../../core/emit.js";
import type { ArrayPlace } from "../../core/kernel.js";
import { sizeOf } from "../../core/shape.js";
import type { TapeType, TensorType, Type } from "../../core/type.js";
import { denseArray } from "../../ops/kernels/location.js";
import { bytesOf } from "../../program/elements.js";
import type { Operand } from "../../program/types.js";
import { copyArray, elementsAt } from "./slots.js";
import { tapesOf } from "./tape-memory.js";

export const stay = (): void => {};

/** A tensor that lies on a tape, copied to memory of its own. */
export function outOfHeap(body: EmitContext, value: Location): Location {
  if (value.kind !== "array" || value.array.place.buffer !== undefined) return value;
  const aside = body.fresh(value.array, "aside");
  copyArray(body, aside, value.array);
  return { kind: "array", array: aside };
}

/** Marks the memory of tapes, and gives back what is taken from here on, unless tapes outlive the step. */
export function giveBack(body: EmitContext, keeps: boolean): () => void {
  const tapes = tapesOf(body.state);
  if (keeps) return stay;
  const { statements } = body.builder.block;
  const position = statements.length;
  const usedBefore = tapes.allocations;
  return () => {
    if (tapes.allocations === usedBefore) return;
    // something was allocated inside: remember the top where the step began
    const tail = statements.splice(position);
    const mark = tapes.mark();
    const marked = statements.splice(position);
    statements.push(...marked, ...tail);
    tapes.release(mark);
  };
}

/**
 * One slice of what a loop runs over: its place in the stack, or an entry of a tape; up to `most` elements in
 * registers.
 */
export function sliceOf(
  body: EmitContext,
  from: Location,
  type: Type,
  at: Operand,
  most: number,
): Location {
  const b = body.builder;
  if (from.kind === "tape") return entryOf(body, from, type as TensorType | TapeType, at, most);
  const tensor = type as TensorType;
  const bytes = sizeOf(tensor.shape) * bytesOf(tensor.dtype);
  const { place } = (from as Location & { kind: "array" }).array;
  const shift = b.mul(at, bytes);
  const start = place.at === undefined ? shift : b.add(place.at, shift);
  const array = denseArray(
    place.buffer,
    tensor,
    start.kind === "constant" ? undefined : start,
    place.offset + (start.kind === "constant" ? Number(start.value) : 0),
  );
  return inRegisters(body, array, tensor, most);
}

/** Few elements in registers, which need not be written to memory again: there they are. */
function inRegisters(
  body: EmitContext,
  array: ArrayPlace,
  type: TensorType,
  most: number,
): Location {
  if (sizeOf(type.shape) > most) return { kind: "array", array };
  const elements = elementsAt(body, { kind: "array", array }, type);
  return { kind: "elements", elements, spilled: array };
}

export function entryBytes(type: Type): number {
  if (type.kind === "tape") return 8;
  const { shape, dtype } = type as TensorType;
  return (sizeOf(shape) * bytesOf(dtype) + 7) & ~7;
}

/** An entry of a tape; zero past its end. */
function entryOf(
  body: EmitContext,
  { pointer, count }: Location & { kind: "tape" },
  type: TensorType | TapeType,
  at: Operand,
  most: number,
): Location {
  const b = body.builder;
  const here = b.compare("lt", at, count);
  const bytes = entryBytes(type);
  const nothing = body.state.zeros(bytes);
  const from = b.select(
    here,
    b.add(pointer, b.mul(at, bytes)),
    b.address({ buffer: nothing, at: undefined, offset: 0 }),
  );
  const place = { buffer: undefined, at: from, offset: 0 };
  if (type.kind === "tape")
    return {
      kind: "tape",
      pointer: b.load("i32", "i32", place),
      count: b.load("i32", "i32", { ...place, offset: 4 }),
    };
  return inRegisters(body, denseArray(undefined, type, from), type, most);
}

export function writeEntry(body: EmitContext, to: Operand, element: Type, value: Location): void {
  const b = body.builder;
  const place = { buffer: undefined, at: to, offset: 0 };
  if (element.kind === "tape") {
    const tape = value as Location & { kind: "tape" };
    b.store("i32", place, tape.pointer);
    b.store("i32", { ...place, offset: 4 }, tape.count);
    return;
  }
  body.store(denseArray(undefined, element as TensorType, to), value);
}
