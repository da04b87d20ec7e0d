import type { EmitContext, Location } from "../../core/emit.js";
import type { ArrayPlace } from "../../core/kernel.js";
import type { Node } from "../../core/node.js";
import { sizeOf } from "../../core/shape.js";
import type { TensorType, Type } from "../../core/type.js";
import { moved, samePlace } from "../../ops/kernels/location.js";
import { bytesOf, registerOf, storageOf } from "../../program/elements.js";
import type { Operand, Variable } from "../../program/types.js";

/** What branches give is up to so many elements in variables. */
const mostOfBranches = 16;

/** A place that is written more than once: carries, and what branches give. */
export type Slot =
  | {
      readonly kind: "registers";
      readonly variables: readonly Variable[];
      readonly type: TensorType;
    }
  | { readonly kind: "memory"; readonly array: ArrayPlace }
  | { readonly kind: "tape"; readonly pointer: Variable; readonly count: Variable };

/**
 * `wanted`: where it had better be, if in memory; `updated`: steps write over some of its elements; `most`: up to how
 * many elements it is in variables.
 */
export function newSlot(
  body: EmitContext,
  type: Type,
  name: string,
  {
    wanted,
    updated = false,
    most = mostOfBranches,
  }: {
    readonly wanted?: ArrayPlace | undefined;
    readonly updated?: boolean;
    readonly most?: number;
  } = {},
): Slot {
  const b = body.builder;
  if (type.kind === "tape")
    return { kind: "tape", pointer: b.variable("i32", name), count: b.variable("i32", name) };
  const tensor = type as TensorType;
  const size = sizeOf(tensor.shape);
  if (size > most || updated) return { kind: "memory", array: wanted ?? body.fresh(tensor, name) };
  const variables = Array.from({ length: size }, () => b.variable(registerOf(tensor.dtype), name));
  return { kind: "registers", variables, type: tensor };
}

/** Whether an operation writes its result over what is carried. */
export function updates({ primitive: { lower }, inputs }: Node, carry: Node): boolean {
  return lower.kind === "kernel" && lower.inPlace !== undefined && inputs[lower.inPlace] === carry;
}

/** What the slots hold now. */
export function readSlot(body: EmitContext, slot: Slot): Location {
  const b = body.builder;
  if (slot.kind === "memory") return { kind: "array", array: slot.array };
  if (slot.kind === "tape")
    return { kind: "tape", pointer: b.read(slot.pointer), count: b.read(slot.count) };
  return { kind: "elements", elements: slot.variables.map((one) => b.read(one)) };
}

/** Writes all slots at once: what is read is read before anything is written. */
export function writeSlots(
  body: EmitContext,
  slots: readonly Slot[],
  values: readonly Location[],
): void {
  const b = body.builder;
  const registers: [Variable, Operand][] = [];
  const copies: [ArrayPlace, ArrayPlace][] = [];
  const spilled: [ArrayPlace, Location][] = [];
  slots.forEach((slot, i) => {
    const value = values[i] as Location;
    if (slot.kind === "registers") {
      elementsAt(body, value, slot.type).forEach((element, k) => {
        registers.push([slot.variables[k] as Variable, element]);
      });
    } else if (slot.kind === "tape") {
      const tape = value as Location & { kind: "tape" };
      registers.push([slot.pointer, tape.pointer], [slot.count, tape.count]);
    } else if (value.kind === "elements") {
      spilled.push([slot.array, value]);
    } else {
      const from = (value as Location & { kind: "array" }).array;
      if (!samePlace(from.place, slot.array.place)) copies.push([slot.array, from]);
    }
  });
  const written = new Set(copies.map(([to]) => to.place.buffer));
  const settled = copies.map(([to, from]): [ArrayPlace, ArrayPlace] => {
    // it lies where another value goes
    if (!written.has(from.place.buffer) || copies.length < 2) return [to, from];
    const aside = body.fresh(from, "aside");
    copyArray(body, aside, from);
    return [to, aside];
  });
  for (const [to, from] of settled) copyArray(body, to, from);
  for (const [to, value] of spilled) body.store(to, value);
  for (const [variable, value] of registers) b.assign(variable, value);
}

export function copyArray({ builder: b }: EmitContext, to: ArrayPlace, from: ArrayPlace): void {
  b.copy(to.place, from.place, sizeOf(to.shape) * bytesOf(to.dtype));
}

export function elementsAt(
  { builder: b }: EmitContext,
  value: Location,
  { shape, dtype }: TensorType,
): readonly Operand[] {
  if (value.kind === "elements") return value.elements;
  const { place } = (value as Location & { kind: "array" }).array;
  return Array.from({ length: sizeOf(shape) }, (_, i) =>
    b.load(registerOf(dtype), storageOf(dtype), moved(place, i * bytesOf(dtype))),
  );
}
