import type { ArrayPlace } from "../../core/kernel.js";
import type { Builder } from "../../program/builder.js";
import { bytesOf } from "../../program/elements.js";
import type { Place } from "../../program/types.js";
import { type Affine, operandOf, termsOperand } from "./affine.js";

/** Where the element at a flat position of an array is. */
export function placeAt(b: Builder, { place, dtype }: ArrayPlace, flat: Affine): Place {
  const bytes = bytesOf(dtype);
  // what is added to a pointer must not be negative
  if (flat.terms.some(([, by]) => by < 0)) {
    const index = b.mul(operandOf(b, flat), b.i32(bytes));
    const at = place.at === undefined ? index : b.add(place.at, index);
    return { buffer: place.buffer, at, offset: place.offset };
  }
  const terms = termsOperand(b, flat, bytes);
  const at =
    place.at === undefined ? terms : terms === undefined ? place.at : b.add(place.at, terms);
  return { buffer: place.buffer, at, offset: place.offset + flat.constant * bytes };
}
