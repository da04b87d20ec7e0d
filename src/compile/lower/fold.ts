import type { DType } from "../../core/dtype.js";
import { type Combine, type ElementCode, neutral } from "../../core/lowering.js";
import type { Builder } from "../../program/builder.js";
import { registerOf } from "../../program/elements.js";
import type { Operand } from "../../program/types.js";
import { exact } from "../instructions/arithmetic.js";

/** What folding nothing gives. */
export function identityOf(b: Builder, combine: Combine, dtype: DType): Operand {
  return b.constant(registerOf(dtype), neutral(combine, dtype));
}

/** All of several elements folded into one; a sum of bools counts. */
export function combineAll(
  b: Builder,
  combine: Combine,
  dtype: DType,
  elements: readonly Operand[],
): Operand {
  const [first, ...more] = elements.map((element) => b.convert(element, registerOf(dtype)));
  if (first === undefined) return identityOf(b, combine, dtype);
  return more.reduce((x, y) => combineTwo(b, combine, dtype, x, y), first);
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
