import type { Builder } from "../program/builder.js";
import type { Operand } from "../program/types.js";
import { formatOf } from "./float.js";

/**
 * Numbers of twice the precision, an unevaluated sum high + low: the error-free transformations of T. J. Dekker, A
 * floating-point technique for extending the available precision, Numer. Math. 18, 1971.
 */
export interface Pair {
  readonly high: Operand;
  readonly low: Operand;
}

/** A constant in every lane, to twice the precision. f32: the rest of the wide one if no other is given. */
export function pairLike(b: Builder, x: Operand, value: number, rest = 0): Pair {
  if (formatOf(x).wide) return { high: b.like(x, value), low: b.like(x, rest) };
  return { high: b.like(x, value), low: b.like(x, value - Math.fround(value) + rest) };
}

/** x + y for |x| ≥ |y| or x = 0, exactly. */
export function fastTwoSum(b: Builder, x: Operand, y: Operand): Pair {
  const high = b.add(x, y);
  return { high, low: b.sub(y, b.sub(high, x)) };
}

/** x + y, exactly. */
export function twoSum(b: Builder, x: Operand, y: Operand): Pair {
  const high = b.add(x, y);
  const added = b.sub(high, x);
  return { high, low: b.add(b.sub(x, b.sub(high, added)), b.sub(y, added)) };
}

/** Two halves of the digits. */
function split(b: Builder, x: Operand): Pair {
  const { splitter } = formatOf(x);
  const wide = b.mul(x, splitter);
  const high = b.sub(wide, b.sub(wide, x));
  return { high, low: b.sub(x, high) };
}

/** x · y, exactly; both below the largest number / 2^28 (f32: 2^13), the product far from subnormal. */
export function twoProduct(b: Builder, x: Operand, y: Operand): Pair {
  const high = b.mul(x, y);
  const [p, q] = [split(b, x), split(b, y)];
  const heads = b.sub(b.mul(p.high, q.high), high);
  const cross = b.mul(p.high, q.low);
  const crosses = x === y ? b.add(cross, cross) : b.add(cross, b.mul(p.low, q.high));
  return { high, low: b.add(b.add(heads, crosses), b.mul(p.low, q.low)) };
}

/** A product; its low part may overlap the high one by a digit or two. */
export function product(b: Builder, x: Pair, y: Pair): Pair {
  const { high, low } = twoProduct(b, x.high, y.high);
  const crosses = b.add(b.mul(x.high, y.low), b.mul(x.low, y.high));
  return { high, low: b.add(low, crosses) };
}

/** A product with a single number. */
export function times(b: Builder, x: Pair, y: Operand): Pair {
  const { high, low } = twoProduct(b, x.high, y);
  return { high, low: b.add(low, b.mul(x.low, y)) };
}

/** x / y, to about twice the precision. */
export function quotient(b: Builder, x: Pair, y: Pair): Pair {
  const high = b.div(x.high, y.high);
  const back = twoProduct(b, high, y.high);
  const rest = b.sub(b.add(b.sub(b.sub(x.high, back.high), back.low), x.low), b.mul(high, y.low));
  return { high, low: b.div(rest, y.high) };
}

export function negative(b: Builder, x: Pair): Pair {
  return { high: b.neg(x.high), low: b.neg(x.low) };
}

/** x + y of which the parts do not overlap. */
export function sum(b: Builder, x: Pair, y: Pair): Pair {
  const { high, low } = twoSum(b, x.high, y.high);
  return fastTwoSum(b, high, b.add(low, b.add(x.low, y.low)));
}
