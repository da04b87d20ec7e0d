import { KERNEL } from "../ops/numerics/log.js";
import type { Builder } from "../program/builder.js";
import type { Operand } from "../program/types.js";
import { atMost, byFormat, formatOf, polynomial } from "./float.js";
import { normaliseAll } from "./log.js";
import { fastTwoSum, type Pair, pairLike, product, quotient } from "./pair.js";

/** As the kernel of the interpreter, (log((1 + s)/(1 − s)) − 2s − 2s³/3)/s⁵ in s²: error 2^-36 of the logarithm. */
const KERNEL_SINGLE: readonly number[] = [
  0.40000152587890625, 0.2854708731174469, 0.23419764637947083,
];

/** log x of a positive number, to about 2^-64, f32 2^-33, relative. */
export function logPair(b: Builder, x: Operand): Pair {
  const { k, f } = normaliseAll(b, x);
  return logOfFraction(b, k, { high: f, low: b.like(x, 0) });
}

/** The same of a positive pair. */
export function logOfPair(b: Builder, { high, low }: Pair): Pair {
  const { k, f } = normaliseAll(b, high);
  // what of the low part goes with the fraction 1 + f; nothing where the quotient overflows
  const scale = b.div(b.add(f, 1), high);
  const rest = b.mul(low, atMost(b, scale, formatOf(high).tiny ** -1));
  return logOfFraction(b, k, fastTwoSum(b, f, rest));
}

/** k log 2 + log(1 + f). */
function logOfFraction(b: Builder, k: Operand, f: Pair): Pair {
  const { ln2Head, ln2Tail } = formatOf(k);
  const like = (value: number): Operand => b.like(k, value);
  const divisor = fastTwoSum(b, like(2), f.high);
  const s = quotient(b, f, { high: divisor.high, low: b.add(divisor.low, f.low) });
  const z = product(b, s, s);
  const thirds = pairLike(b, k, 2 / 3, byFormat(k, 3.700743415417188e-17, 0));
  const cubic = product(b, z, thirds);
  const kernel = polynomial(b, z.high, byFormat(k, KERNEL, KERNEL_SINGLE));
  const small = b.mul(b.mul(z.high, z.high), kernel);
  const further = product(b, s, fastTwoSum(b, cubic.high, b.add(cubic.low, small)));
  const main = fastTwoSum(b, b.add(s.high, s.high), further.high);
  const low = b.add(b.add(main.low, further.low), b.add(s.low, s.low));
  const sum = fastTwoSum(b, b.mul(k, like(ln2Head)), main.high);
  const tail = b.add(b.add(sum.low, low), b.mul(k, like(ln2Tail)));
  return fastTwoSum(b, sum.high, tail);
}
