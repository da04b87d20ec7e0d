import type { DType, TypedArray } from "../../core/dtype.js";
import { ValueError } from "../../core/errors.js";
import type { Shape } from "../../core/shape.js";
import type { ArrayValue } from "../../core/type.js";
import type { Slot } from "../executable.js";
import type { MemoryView } from "./memory.js";

/** A result that stays in the memory of its program until somebody reads it, or the next call takes it over. */
export class Resident implements ArrayValue {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly slot: Slot;
  private readonly memory: MemoryView;
  private copy: TypedArray | undefined;
  private state: "resident" | "copied" | "donated" = "resident";

  constructor(memory: MemoryView, slot: Slot) {
    this.memory = memory;
    this.slot = slot;
    this.shape = slot.shape as Shape;
    this.dtype = slot.dtype;
  }

  /** The elements, copied at the first reading. */
  get data(): TypedArray {
    if (this.state === "donated")
      throw new ValueError("jit", {
        expected: "a tensor that has not been donated",
        received: "a result that a later call took over",
        fix: "read it before that call, or do not donate the argument",
      });
    this.keep();
    return this.copy as TypedArray;
  }

  /** Copies the elements out of the program's memory, which is about to change. */
  keep(): void {
    if (this.state !== "resident") return;
    this.copy = this.memory.copyOf(this.slot);
    this.state = "copied";
  }

  /** Whether the elements are there and in `memory`: the program that takes them over needs no copy. */
  isIn(memory: MemoryView): boolean {
    return this.state === "resident" && this.memory === memory;
  }

  donate(): void {
    this.state = "donated";
    this.copy = undefined;
  }

  /** After a call that failed: the elements are where it took them over. */
  restore(from: Slot): void {
    this.copy = this.memory.copyOf(from);
    this.state = "copied";
  }
}

/** The results of a program that are still in its memory, and those that its next run takes over. */
export class Residents {
  private results: Resident[] = [];
  private taken: (readonly [Resident, Slot])[] = [];

  add(resident: Resident): void {
    this.results.push(resident);
  }

  take(resident: Resident, into: Slot): void {
    this.taken.push([resident, into]);
  }

  /** Other arguments than those taken so far are to come. */
  release(): void {
    this.taken = [];
  }

  /** Before the program runs: donated results are gone, the others of the last run are copied. */
  settle(): void {
    for (const [resident] of this.taken) resident.donate();
    for (const result of this.results) result.keep();
    this.results = [];
  }

  /** After a run that failed nothing has been donated. */
  restore(): void {
    for (const [resident, slot] of this.taken) resident.restore(slot);
    this.taken = [];
  }
}
