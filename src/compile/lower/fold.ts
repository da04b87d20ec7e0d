import type { DType } from "../../core/dtype.js";
import type { Combine } from "../../core/lowering.js";
import type { Builder } from "../../program/builder.js";
import { registerOf } from "../../program/elements.js";
import type { Operand } from "../../program/types.js";

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
  switch (combine) {
    case "add":
      return dtype === "bool" ? b.or(x, y) : b.add(x, y);
    case "multiply":
      return dtype === "bool" ? b.and(x, y) : b.mul(x, y);
    case "and":
      return b.and(x, y);
    case "or":
      return b.or(x, y);
    default: {
      const isMax = combine === "maximum";
      if (dtype === "bool") return isMax ? b.or(x, y) : b.and(x, y);
      if (dtype === "u32") return b.select(b.compare(isMax ? "gtU" : "ltU", y, x), y, x);
      return isMax ? b.max(x, y) : b.min(x, y);
    }
  }
}
