import type { Builder } from "../program/builder.js";
import type { Operand } from "../program/types.js";
import { expm1Quarter, isSmall } from "./exp.js";
import { atMost, byFormat, signed } from "./float.js";
import type { MathSequence } from "./sequence.js";

/** (e^2|x| − 1)/(e^2|x| + 1), all divided by 4. */
function tanh(b: Builder, x: Operand): Operand {
  const size = atMost(b, b.abs(x), byFormat(x, 20, 10));
  const { high, low } = expm1Quarter(b, b.add(size, size));
  const quarter = b.add(high, low);
  const ratio = b.div(quarter, b.add(quarter, b.like(x, 0.5)));
  return b.select(isSmall(b, x), x, signed(b, ratio, x));
}

export const hyperbolics: Readonly<Record<string, MathSequence>> = {
  tanh: { emit: tanh },
};
