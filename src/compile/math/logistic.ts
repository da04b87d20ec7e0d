import type { Builder } from "../program/builder.js";
import type { Operand } from "../program/types.js";
import { expFactors, type Factors, within } from "./exp.js";
import { log1pUnit } from "./log.js";
import type { MathSequence } from "./sequence.js";

/** e^−|x|, for x as small as −760 (f32: −110). */
function decay(b: Builder, x: Operand): Factors {
  return expFactors(b, within(b, b.neg(b.abs(x))));
}

/** 1/(1 + e^−x), for x < 0 as e^x/(1 + e^x). */
function sigmoid(b: Builder, x: Operand): Operand {
  const { value, drop } = decay(b, x);
  const e = b.mul(value, drop);
  const one = b.like(x, 1);
  return b.div(b.select(b.compare("lt", x, b.like(x, 0)), e, one), b.add(one, e));
}

/** x sigmoid(x); the product is formed before it becomes subnormal. */
function silu(b: Builder, x: Operand): Operand {
  const { value, drop } = decay(b, x);
  const one = b.like(x, 1);
  const negative = b.compare("lt", x, b.like(x, 0));
  const product = b.select(negative, b.mul(within(b, x), value), x);
  const ratio = b.div(product, b.add(one, b.mul(value, drop)));
  return b.mul(ratio, b.select(negative, drop, one));
}

/** log(1 + e^x) = max(x, 0) + log(1 + e^−|x|). */
function softplus(b: Builder, x: Operand): Operand {
  const { value, drop } = decay(b, x);
  const zero = b.like(x, 0);
  const above = b.select(b.compare("gt", x, zero), x, zero);
  return b.add(above, log1pUnit(b, b.mul(value, drop)));
}

export const logistics: Readonly<Record<string, MathSequence>> = {
  sigmoid: { emit: sigmoid },
  silu: { emit: silu },
  softplus: { emit: softplus },
  logSigmoid: { emit: (b, x) => b.neg(softplus(b, b.neg(x as Operand))) },
};
