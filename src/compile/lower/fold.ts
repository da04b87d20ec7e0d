import type { DType } from "../../core/dtype.js";
import type { Combine, ElementCode } from "../../core/lowering.js";
import type { Builder } from "../../program/builder.js";
import { registerOf } from "../../program/elements.js";
import type { Operand } from "../../program/types.js";
import { exact } from "../instructions/arithmetic.js";

/** What folding nothing gives. */
export function identityOf(b: Builder, combine: Combine, dtype: DType): Operand {
  return b.constant(registerOf(dtype), identities(dtype)[combine]);
}

function identities(dtype: DType): Record<Combine, number> {
  const float = dtype === "f64" || dtype === "f32";
  const least = float ? -Infinity : dtype === "i32" ? -(2 ** 31) : 0;
  const most = float ? Infinity : dtype === "i32" ? 2 ** 31 - 1 : dtype === "u32" ? -1 : 1;
  return {
    add: 0,
    multiply: 1,
    maximum: least,
    minimum: most,
    and: 1,
    or: 0,
  };
}

/** Two elements folded into one. */
export function combineTwo(
  b: Builder,
  combine: Combine,
  dtype: DType,
  x: Operand,
  y: Operand,
): Operand {
  const fold = exact[combine] as ElementCode["code"];
  return fold(b, [x, y] as never, dtype) as Operand;
}
