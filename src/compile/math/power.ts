import type { Builder } from "../program/builder.js";
import type { Operand } from "../program/types.js";
import { expOfPair } from "./exp.js";
import { atLeast, atMost, byFormat, formatOf, polynomial, signed } from "./float.js";
import { normaliseAll } from "./log.js";
import { fastTwoSum, type Pair, pairLike, product, quotient, times } from "./pair.js";
import type { MathSequence } from "./sequence.js";

/** (log((1 + s)/(1 − s)) − 2s − 2s³/3)/s⁵ in s², as the kernel in log.ts: errors 2^-66, 2^-36 of the logarithm. */
const KERNEL: readonly number[] = [
  0.4000000000000227, 0.2857142857009144, 0.22222222521447574, 0.18181784227291897,
  0.15386764037658054, 0.13256656168559913, 0.1319787261484497,
];
const KERNEL_SINGLE: readonly number[] = [
  0.40000152587890625, 0.2854708731174469, 0.23419764637947083,
];

/** log x for positive x, to about 2^-64, f32 2^-33, relative. */
export function logPair(b: Builder, x: Operand): Pair {
  const { ln2Head, ln2Tail } = formatOf(x);
  const { k, f } = normaliseAll(b, x);
  const zero = b.like(x, 0);
  const s = quotient(b, { high: f, low: zero }, fastTwoSum(b, b.like(x, 2), f));
  const z = product(b, s, s);
  const cubic = product(b, z, pairLike(b, x, 2 / 3, byFormat(x, 3.700743415417188e-17, 0)));
  const small = b.mul(
    b.mul(z.high, z.high),
    polynomial(b, z.high, byFormat(x, KERNEL, KERNEL_SINGLE)),
  );
  const rest = product(b, s, fastTwoSum(b, cubic.high, b.add(cubic.low, small)));
  const main = fastTwoSum(b, b.add(s.high, s.high), rest.high);
  const low = b.add(b.add(main.low, rest.low), b.add(s.low, s.low));
  const sum = fastTwoSum(b, b.mul(k, b.like(x, ln2Head)), main.high);
  const tail = b.add(b.add(sum.low, low), b.mul(k, b.like(x, ln2Tail)));
  return fastTwoSum(b, sum.high, tail);
}

/** x^y where a few multiplications do, y known. */
function shortPower(b: Builder, x: Operand, y: number | bigint): Operand | undefined {
  switch (y) {
    case 1:
      return x;
    case 2:
      return b.mul(x, x);
    case 3:
      return b.mul(b.mul(x, x), x);
    case 4:
      return shortPower(b, b.mul(x, x), 2);
    case -1:
      return b.div(b.like(x, 1), x);
    case -2:
      return shortPower(b, b.div(b.like(x, 1), x), 2);
    default:
      return undefined;
  }
}

/** |x|^y by the logarithm, signs and special values as IEEE 754's pow has them. */
function power(b: Builder, x: Operand, y: Operand): Operand {
  const short = y.kind === "constant" ? shortPower(b, x, y.value) : undefined;
  if (short !== undefined) return short;
  const [zero, one] = [b.like(x, 0), b.like(x, 1)];
  const size = b.abs(x);
  const most = byFormat(x, 2 ** 64, 2 ** 40); // enough for 0 or ∞ from any size but 1
  const exponent = atLeast(b, atMost(b, y, most), -most);
  const { high, low } = times(b, logPair(b, size), exponent);
  const inner = b.and(b.compare("gt", size, zero), b.compare("lt", size, b.like(x, Infinity)));
  const far = b.mul(exponent, b.select(b.compare("eq", size, zero), b.like(x, -Infinity), size));
  const value = expOfPair(b, { high: b.select(inner, high, far), low: b.select(inner, low, zero) });

  const isWhole = b.compare("eq", b.compute("floor", y.type, [y]), y);
  const half = b.mul(y, b.like(y, 0.5));
  const isOdd = b.and(isWhole, b.compare("ne", b.compute("floor", y.type, [half]), half));
  const withSign = b.select(isOdd, signed(b, value, x), value);
  const isReal = b.or(
    b.compare("ge", x, zero),
    b.or(isWhole, b.compare("eq", size, b.like(x, Infinity))),
  );
  const real = b.select(isReal, withSign, b.like(x, Number.NaN));
  const isOne = b.or(b.compare("eq", y, zero), b.compare("eq", x, one));
  return b.select(isOne, one, real);
}

export const powers: Readonly<Record<string, MathSequence>> = {
  power: { emit: power },
};
