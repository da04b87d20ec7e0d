import type { Before, Builder } from "../program/builder.js";
import type { Buffer, Operand } from "../program/types.js";
import type { Body } from "./body.js";
import type { ArrayPlace } from "./kernel.js";
import type { Node } from "./node.js";
import type { TensorType } from "./type.js";

/** Where the value of a node is. */
export type Location =
  /** In registers, element by element: scalars and tiny tensors. */
  | { readonly kind: "elements"; readonly elements: readonly Operand[]; spilled?: ArrayPlace }
  /** In memory, dense. */
  | { readonly kind: "array"; readonly array: ArrayPlace }
  /** A tape: pointer to its entries, and how many there are. */
  | { readonly kind: "tape"; readonly pointer: Operand; readonly count: Operand }
  | { readonly kind: "tuple"; readonly parts: readonly Location[] };

/** What all bodies of one program share. */
export interface ProgramMemory {
  readonly builder: Builder;
  /** So many bytes that are 0 and stay so. */
  zeros(bytes: number): Buffer;
  fixedBuffer(name: string, dtype: "i32", length: number, role: "state"): Buffer;
  /** Memory of tapes, once a loop asks for it. */
  tapes: Heap | undefined;
}

/** Memory behind all buffers that grows while the program runs. */
export interface Heap {
  /** Where it begins; undefined: nothing takes any. */
  heap: Buffer | undefined;
  /** Makes room for so many bytes, if it can; the program's owner sets it. */
  grow: (bytes: number) => boolean;
  /** What main does first. */
  start(b: Builder): void;
}

/** What code for operations that run bodies asks of the body they belong to. */
export interface EmitContext {
  readonly state: ProgramMemory;
  readonly builder: Builder;
  locationOf(node: Node): Location;
  /** The node in memory, dense. */
  arrayOf(node: Node): ArrayPlace;
  /** Where element `index` of what a node gives is wanted, if it matters. */
  wantedPart(node: Node, index: number): ArrayPlace | undefined;
  /** Up to how many elements a tensor lives in registers when `body` is run. */
  mostInRegisters(body: Body): number;
  /** Memory that this body may use and write over. */
  fresh(type: Pick<TensorType, "shape" | "dtype">, name?: string): ArrayPlace;
  storeElements(array: ArrayPlace, elements: readonly Operand[]): void;
  store(target: ArrayPlace, from: Location): void;
  /**
   * Emits another body here. `targets`: where outputs had better be; `consumable`: inputs that may be written over;
   * `loop`: the one that runs the body in each of its steps.
   */
  run(
    body: Body,
    inputs: readonly Location[],
    targets?: readonly (ArrayPlace | undefined)[],
    consumable?: readonly boolean[],
    loop?: LoopAround,
  ): Location[];
}

/** A loop as the body sees that it runs. */
export interface LoopAround {
  /** So many of the body's first inputs are the same in all steps. */
  readonly fixed: number;
  /** Emits what is computed once, before the loop. */
  readonly before: Before;
}
