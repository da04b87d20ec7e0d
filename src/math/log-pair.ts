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

/** log x of a positive number or pair, to about 2^-64, f32 2^-33, relative. */
export function logPair(b: Builder, x: { readonly high: Operand; readonly low?: Operand }): Pair {
  const { ln2Head, ln2Tail } = formatOf(x.high);
  const like = (value: number): Operand => b.like(x.high, value);
  const { k, f } = normaliseAll(b, x.high);
  // what of the low part goes with the fraction 1 + f; nothing where the quotient overflows
  const scale = b.div(b.add(f, like(1)), x.high);
  const rest = x.low && b.mul(x.low, atMost(b, scale, formatOf(x.high).tiny ** -1));
  const numerator = rest ? fastTwoSum(b, f, rest) : { high: f, low: like(0) };
  const divisor = fastTwoSum(b, like(2), numerator.high);
  const s = quotient(b, numerator, { high: divisor.high, low: b.add(divisor.low, numerator.low) });
  const z = product(b, s, s);
  const thirds = pairLike(b, x.high, 2 / 3, byFormat(x.high, 3.700743415417188e-17, 0));
  const cubic = product(b, z, thirds);
  const kernel = polynomial(b, z.high, byFormat(x.high, KERNEL, KERNEL_SINGLE));
  const small = b.mul(b.mul(z.high, z.high), kernel);
  const further = product(b, s, fastTwoSum(b, cubic.high, b.add(cubic.low, small)));
  const main = fastTwoSum(b, b.add(s.high, s.high), further.high);
  const low = b.add(b.add(main.low, further.low), b.add(s.low, s.low));
  const sum = fastTwoSum(b, b.mul(k, like(ln2Head)), main.high);
  const tail = b.add(b.add(sum.low, low), b.mul(k, like(ln2Tail)));
  return fastTwoSum(b, sum.high, tail);
}
