import type { Builder } from "../program/builder.js";
import type { Operand, Place, Routine } from "../program/types.js";
import type { DType } from "./dtype.js";
import type { ValueError } from "./errors.js";
import type { Shape } from "./shape.js";
import type { TensorType } from "./type.js";

/** A tensor in memory: elements `strides` apart (in elements), the first at `place`. */
export interface ArrayPlace {
  readonly place: Place;
  readonly shape: Shape;
  readonly dtype: DType;
  /** Row-major and without gaps unless a kernel says that it takes others. */
  readonly strides: readonly number[];
}

/** What a kernel builds its loops from. */
export interface KernelContext<P = unknown> {
  readonly builder: Builder;
  readonly params: P;
  readonly inputs: readonly ArrayPlace[];
  /** One per result; never the memory of an input, unless the kernel says that it works in place. */
  readonly outputs: readonly ArrayPlace[];
  /** Types of the inputs and results, for kernels that share the operation's own layout rules. */
  readonly inputTypes: readonly TensorType[];
  readonly outputTypes: readonly TensorType[];
  /** Memory that only this kernel uses, dense. */
  scratch(dtype: DType, length: number): ArrayPlace;
  /** Numbers in memory that the program reads. */
  table(data: Int32Array): Place;
  /** The routine of this name, built once for the program. */
  routine(name: string, build: () => Routine): Routine;
  /**
   * Ends the call with an error where `condition` holds. `error` makes it from the operands' values, with the
   * message that the interpreter gives.
   */
  failIf(
    condition: Operand,
    values: readonly Operand[],
    error: (...values: number[]) => ValueError,
  ): void;
}

/** Writes every element of its outputs. */
export type Kernel = (context: KernelContext<never>) => void;
