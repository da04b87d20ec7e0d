import { dtypeOfArray, type TypedArray } from "../../core/dtype.js";
import { Tensor } from "../../core/node.js";
import { sameShape } from "../../core/shape.js";
import type { TensorType } from "../../core/type.js";
import type { Slot } from "../executable.js";
import type { MemoryView } from "./memory.js";
import { Resident, type Residents } from "./resident.js";

/** Writes what a value holds into the inputs of a program; false where its structure or types are others. */
export type Take = (value: unknown) => boolean;

/** Takes the leaves of values like `example`: what `leaf` makes of each leaf of it, keys in sorted order. */
export function takeOf(example: unknown, leaf: (example: unknown) => Take): Take {
  if (typeof example === "number" || example instanceof Tensor || ArrayBuffer.isView(example))
    return leaf(example);
  if (typeof example !== "object" || example === null) return (value) => value === example;
  if (Array.isArray(example)) {
    const items = Array.from(example, (item) => takeOf(item, leaf)); // holes too
    const { length } = items;
    return (value) => {
      if (!Array.isArray(value) || value.length !== length) return false;
      for (let i = 0; i < length; i++) if (!(items[i] as Take)(value[i])) return false;
      return true;
    };
  }
  return takeObject(example as Readonly<Record<string, unknown>>, leaf);
}

function takeObject(
  example: Readonly<Record<string, unknown>>,
  leaf: (example: unknown) => Take,
): Take {
  const keys = Object.keys(example).sort();
  const items = keys.map((key) => takeOf(example[key], leaf));
  const count = keys.length;
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    if (value instanceof Tensor || ArrayBuffer.isView(value)) return false;
    let own = 0;
    for (const _ in value) own++;
    if (own !== count) return false;
    const given = value as Readonly<Record<string, unknown>>;
    for (let i = 0; i < count; i++) {
      const item = given[keys[i] as string];
      if (!(items[i] as Take)(item)) return false;
      if (item === undefined && !Object.hasOwn(given, keys[i] as string)) return false;
    }
    return true;
  };
}

/** Writes leaves like `example` into a slot; `residents`: what takes over results of earlier calls. */
export function takeInto(
  memory: MemoryView,
  slot: Slot,
  example: unknown,
  residents: Residents | undefined,
): Take {
  if (typeof example === "number") return takeNumber(memory, slot);
  return example instanceof Tensor
    ? takeTensor(example, memory, slot, residents)
    : takeArray(example as TypedArray, memory, slot);
}

function takeNumber(memory: MemoryView, { address }: Slot): Take {
  const at = address / 8;
  return (value) => {
    if (typeof value !== "number") return false;
    memory.f64[at] = value;
    return true;
  };
}

/**
 * A tensor that was copied in last is not copied again: tensors do not change. Remembered in a WeakMap, because a
 * WeakRef keeps its target until the event loop turns: a loop of calls would keep all its arguments.
 */
function takeTensor(
  example: Tensor,
  memory: MemoryView,
  slot: Slot,
  residents: Residents | undefined,
): Take {
  const copied = new WeakMap<Tensor, number>();
  let stamp = 0;
  const { dtype, weak, shape } = example.type as TensorType;
  return (value) => {
    if (!(value instanceof Tensor)) return false;
    if (copied.get(value) === stamp) return true;
    const own = value.type as TensorType;
    if (own.dtype !== dtype || own.weak !== weak || !sameShape(own.shape, shape)) return false;
    stamp++;
    const held = value.value;
    if (residents !== undefined && held instanceof Resident && held.isIn(memory)) {
      memory.move(held.slot, slot);
      residents.take(held, slot);
      return true;
    }
    memory.write(slot, value.data);
    copied.set(value, stamp);
    return true;
  };
}

function takeArray(example: TypedArray, memory: MemoryView, slot: Slot): Take {
  return (value) => {
    if (!isAlike(value, example)) return false;
    // bytes that are no bools become f64, as `tensor` has it
    if (dtypeOfArray(value) === undefined && slot.dtype === "bool") return false;
    memory.write(slot, value);
    return true;
  };
}

/** Whether a value is a typed array of the kind and length of another. */
export function isAlike(value: unknown, other: TypedArray): value is TypedArray {
  return (
    ArrayBuffer.isView(value) &&
    value.constructor === other.constructor &&
    (value as TypedArray).length === other.length
  );
}
