import type { DType } from "../core/dtype.js";
import type { Shape } from "../core/shape.js";

/** Where one input or output lies in the memory of a program. */
export interface Slot {
  /** In bytes; a multiple of 16. */
  readonly address: number;
  readonly dtype: DType;
  readonly shape: Shape;
  /** Number of elements. */
  readonly size: number;
}

/**
 * A compiled function. Write inputs into memory, `run`, read outputs. `run` may grow the memory (`memory.buffer` is
 * then another one) and throws what the program throws. Inputs are left as they are, except those compiled as
 * `donated`, whose memory may be that of an output.
 */
export interface Executable {
  readonly memory: WebAssembly.Memory;
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Slot[];
  run(): void;
  /** The loop program as text. */
  toString(): string;
}
