import { dtypeOfArray, type TypedArray } from "../../core/dtype.js";
import { Tensor } from "../../core/node.js";
import { sameShape } from "../../core/shape.js";
import type { TensorType } from "../../core/type.js";
import type { Slot } from "../executable.js";
import type { MemoryView } from "./memory.js";
import { Resident, type Residents } from "./resident.js";

/** Writes what a value holds into the inputs of a program; false where its structure or types are others. */
export type Take = (value: unknown) => boolean;

/** Where values go. */
export interface Inputs {
  readonly memory: MemoryView;
  /** The slot of the next leaf, keys in sorted order. */
  next(): Slot;
  /** What takes over results of earlier calls, for the leaves of donated arguments. */
  residents(slot: Slot): Residents | undefined;
}

/** Takes values like `example`. */
export function takeOf(example: unknown, inputs: Inputs): Take {
  const { memory } = inputs;
  if (typeof example === "number") return takeNumber(memory, inputs.next());
  if (typeof example === "boolean") return (value) => value === example;
  if (example instanceof Tensor) {
    const slot = inputs.next();
    return takeTensor(example, memory, slot, inputs.residents(slot));
  }
  if (ArrayBuffer.isView(example)) return takeArray(example as TypedArray, memory, inputs.next());
  if (example === null || example === undefined) return (value) => value === example;
  if (Array.isArray(example)) {
    const items = Array.from(example, (item) => takeOf(item, inputs)); // holes too
    const { length } = items;
    return (value) => {
      if (!Array.isArray(value) || value.length !== length) return false;
      for (let i = 0; i < length; i++) if (!(items[i] as Take)(value[i])) return false;
      return true;
    };
  }
  return takeObject(example as Readonly<Record<string, unknown>>, inputs);
}

function takeObject(example: Readonly<Record<string, unknown>>, inputs: Inputs): Take {
  const keys = Object.keys(example).sort();
  const items = keys.map((key) => takeOf(example[key], inputs));
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
    if (!ArrayBuffer.isView(value)) return false;
    const data = value as TypedArray;
    if (data.length !== example.length || data.constructor !== example.constructor) return false;
    // bytes that are no bools become f64, as `tensor` has it
    if (dtypeOfArray(data) === undefined && slot.dtype === "bool") return false;
    memory.write(slot, data);
    return true;
  };
}
