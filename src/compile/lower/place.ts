import type { Location } from "../../core/emit.js";
import type { ArrayPlace } from "../../core/kernel.js";
import { sizeOf } from "../../core/shape.js";
import type { TensorType } from "../../core/type.js";
import { denseArray, moved, samePlace } from "../../ops/kernels/location.js";
import type { Builder } from "../../program/builder.js";
import { bytesOf, registerOf, storageOf } from "../../program/elements.js";
import type { Operand, Place } from "../../program/types.js";
import { type Affine, operandOf, termsOperand } from "./affine.js";

/** Where the element at a flat position of an array is. */
export function placeAt(b: Builder, { place, dtype }: ArrayPlace, flat: Affine): Place {
  const bytes = bytesOf(dtype);
  // what is added to a pointer must not be negative
  if (flat.terms.some(([, by]) => by < 0)) {
    const index = b.mul(operandOf(b, flat), bytes);
    const at = place.at === undefined ? index : b.add(place.at, index);
    return { buffer: place.buffer, at, offset: place.offset };
  }
  const terms = termsOperand(b, flat, bytes);
  const at =
    place.at === undefined ? terms : terms === undefined ? place.at : b.add(place.at, terms);
  return { buffer: place.buffer, at, offset: place.offset + flat.constant * bytes };
}

/** A tensor that lies densely from a place on. */
export function denseAt(place: Place, type: Pick<TensorType, "shape" | "dtype">): ArrayPlace {
  return denseArray(place.buffer, type, place.at, place.offset);
}

export function inArray(array: ArrayPlace): Location {
  return { kind: "array", array };
}

/** The element of an array at a place. */
export function loadAt(b: Builder, { dtype }: Pick<ArrayPlace, "dtype">, place: Place): Operand {
  return b.load(registerOf(dtype), storageOf(dtype), place);
}

export function storeAt(
  b: Builder,
  { dtype }: Pick<ArrayPlace, "dtype">,
  place: Place,
  value: Operand,
): void {
  b.store(storageOf(dtype), place, value);
}

/** Element `k` of a dense array. */
export function loadElement(b: Builder, array: ArrayPlace, k: number): Operand {
  return loadAt(b, array, moved(array.place, k * bytesOf(array.dtype)));
}

export function storeElements(b: Builder, array: ArrayPlace, elements: readonly Operand[]): void {
  elements.forEach((element, k) => {
    storeAt(b, array, moved(array.place, k * bytesOf(array.dtype)), element);
  });
}

/** Puts a value where it is wanted. */
export function storeValue(b: Builder, target: ArrayPlace, from: Location): void {
  if (from.kind === "elements") storeElements(b, target, from.elements);
  else if (from.kind !== "array") throw new Error("no tensor");
  else if (!samePlace(from.array.place, target.place))
    b.copy(target.place, from.array.place, sizeOf(target.shape) * bytesOf(target.dtype));
}
