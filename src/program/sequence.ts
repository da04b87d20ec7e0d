import type { DType } from "../core/dtype.js";
import type { Builder } from "./builder.js";
import type { Operand } from "./types.js";

/** A function of real numbers as instructions, written once for scalars and vectors, f32 and f64: by the type of its arguments. */
export interface MathSequence {
  readonly name: string;
  emit(b: Builder, ...args: Operand[]): Operand;
  /** The same of i32 and u32; unless given, compiled programs call `evaluate`. */
  integers?(b: Builder, args: readonly [Operand, Operand], dtype: DType): Operand;
  /** Short enough to stand in a scalar loop rather than be called. */
  readonly inline?: boolean;
  /** In vectors, a call per lane: for functions with branches or loops. */
  readonly scalarOnly?: boolean;
}
