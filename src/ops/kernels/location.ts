import type { DType, TypedArray } from "../../core/dtype.js";
import type { ArrayPlace } from "../../core/kernel.js";
import type { Node } from "../../core/node.js";
import { sizeOf, stridesOf } from "../../core/shape.js";
import type { TensorType } from "../../core/type.js";
import { freshId } from "../../program/builder.js";
import { bytesOf } from "../../program/elements.js";
import type { Buffer, Operand, Place } from "../../program/types.js";

export function tensorOf(node: Node): TensorType {
  return node.type as TensorType;
}

export function sizeOfNode(node: Node): number {
  return node.type.kind === "tensor" ? sizeOf(node.type.shape) : 0;
}

/** Memory for `length` elements, without a place in the plan yet. */
export function newBuffer(
  name: string,
  dtype: DType,
  length: number,
  role: Buffer["role"] = "temporary",
  data?: TypedArray,
): Buffer {
  const bytes = length * bytesOf(dtype);
  return { id: freshId(), name, dtype, bytes, role, ...(data === undefined ? {} : { data }) };
}

export function denseArray(
  buffer: Buffer | undefined,
  { shape, dtype }: Pick<TensorType, "shape" | "dtype">,
  at?: Operand,
  offset = 0,
): ArrayPlace {
  return { place: { buffer, at, offset }, shape, dtype, strides: stridesOf(shape) };
}

/** `bytes` further. */
export function moved(place: Place, bytes: number): Place {
  return bytes === 0 ? place : { ...place, offset: place.offset + bytes };
}

export function samePlace(a: Place, b: Place): boolean {
  return a.buffer === b.buffer && a.at === b.at && a.offset === b.offset;
}
