import type { Builder } from "../program/builder.js";
import type { MathSequence } from "../program/sequence.js";
import type { Operand } from "../program/types.js";
import { expFactors, type Factors, within } from "./exp.js";
import { atMost, byFormat, signed } from "./float.js";
import { decay } from "./logistic.js";
import {
  fastTwoSum,
  type Pair,
  pairLike,
  product,
  quotient,
  times,
  twoProduct,
  twoSum,
} from "./pair.js";

/** x σ(u) given e^−|u|, u of the sign of x; the product is formed before it becomes subnormal. */
function gated(b: Builder, x: Operand, { value, drop, half, head, tail }: Factors): Operand {
  const one = b.like(x, 1);
  const isNegative = b.compare("lt", x, 0);
  // for x < 0 the rounding error of 1 + e^u goes, as nearly the same part of it, into the other side of the quotient
  const { high, low } = fastTwoSum(b, one, b.mul(value, drop));
  const corrected = b.mul(b.add(head, b.sub(tail, b.mul(head, low))), half);
  const numerator = b.select(isNegative, b.mul(within(b, x), corrected), x);
  return b.mul(b.div(numerator, high), b.select(isNegative, drop, one));
}

/** e^−u of a pair u ≥ 0 that is not large beyond measure. */
function decayOfPair(b: Builder, { high, low }: Pair): Factors {
  return expFactors(b, within(b, b.neg(high)), b.neg(low));
}

/** Beyond this e^(−x²/2) is 0. */
function near(b: Builder, x: Operand): Operand {
  return atMost(b, b.abs(x), byFormat(x, 40, 15));
}

/** x σ(u), u = √(8/π) (x + 0.044715 x³) to twice the precision, which e^u would else not have. */
function geluTanh(b: Builder, x: Operand): Operand {
  const size = near(b, x);
  const linear = pairLike(b, x, 1.5957691216057308, -9.96930880911092e-17);
  const cubic = pairLike(b, x, 0.07135481627260025, -4.1218577217431825e-18);
  const cubed = product(b, twoProduct(b, size, size), cubic);
  const sum = twoSum(b, linear.high, cubed.high);
  const slope = { high: sum.high, low: b.add(sum.low, b.add(linear.low, cubed.low)) };
  return gated(b, x, decayOfPair(b, times(b, slope, size)));
}

/** x tanh log(1 + e^x): x n/(n + 2), n = e(2 + e), e = e^x, for x < 0; else with e = e^−x, x n/(n + 2e²), n = 1 + 2e. */
function mish(b: Builder, x: Operand): Operand {
  const { value, drop } = decay(b, x);
  const [zero, one, two] = [b.like(x, 0), b.like(x, 1), b.like(x, 2)];
  const e = b.mul(value, drop);
  const twice = b.add(e, e);
  const isNegative = b.compare("lt", x, zero);
  const below = times(b, fastTwoSum(b, two, e), value);
  const above = fastTwoSum(b, one, twice);
  const n = {
    high: b.select(isNegative, below.high, above.high),
    low: b.select(isNegative, below.low, above.low),
  };
  const factor = b.select(isNegative, drop, one);
  const rest = b.select(isNegative, two, b.mul(twice, e));
  const sum = twoSum(b, rest, b.mul(n.high, factor));
  const divisor = { high: sum.high, low: b.add(sum.low, b.mul(n.low, factor)) };
  const ratio = quotient(b, n, divisor);
  const inner = within(b, x);
  const result = b.add(b.mul(inner, ratio.high), b.mul(inner, ratio.low));
  const isItself = b.or(b.compare("gt", x, 50), b.compare("eq", x, zero));
  return b.select(isItself, x, b.mul(result, factor));
}

function softSign(b: Builder, x: Operand): Operand {
  const size = b.abs(x);
  const one = b.like(x, 1);
  const isInfinite = b.compare("eq", size, Infinity);
  return b.select(isInfinite, signed(b, one, x), b.div(x, b.add(one, size)));
}

/** factor · e^(−x² scale), scale a power of 2. */
function bell(b: Builder, x: Operand, scale: number, factor: number): Operand {
  const size = near(b, x);
  const { high, low } = twoProduct(b, size, b.mul(size, scale));
  const { value, drop } = decayOfPair(b, { high, low });
  return b.mul(factor === 1 ? value : b.mul(value, factor), drop);
}

export const siluSequence: MathSequence = {
  name: "silu",
  emit: (b, x: Operand) => gated(b, x, decay(b, x)),
};
export const geluTanhSequence: MathSequence = { name: "geluTanh", emit: geluTanh };
export const mishSequence: MathSequence = { name: "mish", emit: mish };
export const softSignSequence: MathSequence = { name: "softSign", emit: softSign, inline: true };
export const gaussianSequence: MathSequence = {
  name: "gaussian",
  emit: (b, x: Operand) => bell(b, x, 1, 1),
};
/** 1/√(2π) e^(−x²/2) */
export const normalDensitySequence: MathSequence = {
  name: "normalDensity",
  emit: (b, x: Operand) => bell(b, x, 0.5, 0.3989422804014327),
};
