import { constantNode } from "../../core/leaves.js";
import type { Shape } from "../../core/shape.js";
import { type TensorType, tensorType } from "../../core/type.js";
import type { Slot } from "../executable.js";
import type { MemoryView } from "./memory.js";
import { Resident, type Residents } from "./resident.js";

/** Reads one result: a number, or a tensor over fresh memory. */
export type Give = () => unknown;

/** What the type of a result says beside its slot. */
export type Leaf = Pick<TensorType, "weak">;

export function givesOf(
  slots: readonly Slot[],
  leaves: readonly Leaf[],
  memory: MemoryView,
  allNumbers: boolean,
  residents: (slot: Slot) => Residents | undefined,
): Give[] {
  return slots.map((slot, i) => {
    const { shape, dtype, address } = slot;
    const kept = residents(slot);
    if (allNumbers && shape.length === 0) {
      const at = address / memory[dtype].BYTES_PER_ELEMENT;
      if (dtype === "f64") return () => memory.f64[at];
      return () => memory[dtype][at];
    }
    const type = tensorType(shape as Shape, dtype, leaves[i]?.weak ?? false);
    if (kept !== undefined)
      return () => {
        const resident = new Resident(memory, slot);
        kept.add(resident);
        return constantNode(type, resident);
      };
    return () => constantNode(type, { shape, dtype, data: memory.copyOf(slot) });
  });
}
