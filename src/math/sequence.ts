import type { Builder } from "../program/builder.js";
import type { Operand } from "../program/types.js";

/** A function of real numbers as instructions, written once for scalars and vectors, f32 and f64: by the type of its arguments. */
export interface MathSequence {
  emit(b: Builder, ...args: Operand[]): Operand;
  /** Short enough to stand in a scalar loop rather than be called. */
  readonly inline?: boolean;
  /** In vectors, a call per lane: for functions with branches or loops. */
  readonly scalarOnly?: boolean;
}
