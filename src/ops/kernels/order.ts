import { type DType, isFloat } from "../../core/dtype.js";
import type { Builder } from "../../program/builder.js";
import type { Operand } from "../../program/types.js";

/** Whether x < y; never where either is NaN. */
export function isLess(b: Builder, dtype: DType, x: Operand, y: Operand): Operand {
  if (dtype === "bool") return b.and(b.not(x), y);
  return b.compare(dtype === "u32" ? "ltU" : "lt", x, y);
}

/** Whether x is NaN; undefined: its dtype has none. */
function isNaNOf(b: Builder, dtype: DType, x: Operand): Operand | undefined {
  return isFloat(dtype) ? b.compare("ne", x, x) : undefined;
}

/** The later one if it is larger (or smaller), or NaN; else the one there was. */
export function ahead(
  b: Builder,
  dtype: DType,
  best: Operand,
  next: Operand,
  isMax: boolean,
): Operand {
  const wins = isMax ? isLess(b, dtype, best, next) : isLess(b, dtype, next, best);
  const undefinedOne = isNaNOf(b, dtype, next);
  return b.select(undefinedOne === undefined ? wins : b.or(wins, undefinedOne), next, best);
}

/** Whether x comes before y in ascending order, NaN last. */
export function isBefore(b: Builder, dtype: DType, x: Operand, y: Operand): Operand {
  const less = isLess(b, dtype, x, y);
  const last = isNaNOf(b, dtype, y);
  return last === undefined ? less : b.or(less, b.and(last, b.compare("eq", x, x)));
}

/** An integer (i64 of f64, else i32) in the order of the elements: equal ones have one key, NaN the largest. */
export function keyOf(b: Builder, dtype: DType, x: Operand, descending: boolean): Operand {
  const turned = (key: Operand): Operand => (descending ? b.not(key) : key);
  if (dtype === "bool") return turned(b.convert(x, "i32"));
  if (dtype === "u32") return turned(b.compute("xor", "i32", [x, leastLike(b, x)]));
  const undefinedOne = isNaNOf(b, dtype, x);
  if (undefinedOne === undefined) return turned(x);
  const bits = b.toBits(b.add(x, 0)); // −0 is 0
  // the other bits of negative numbers, so that they order as integers do
  const top = b.shift("shrS", bits, bits.type === "i64" ? 63 : 31);
  const key = turned(b.compute("xor", bits.type, [bits, b.shift("shrU", top, 1)]));
  return b.select(undefinedOne, b.not(leastLike(b, key)), key);
}

/** The least integer of a type: its sign bit alone. */
export function leastLike(b: Builder, { type }: Pick<Operand, "type">): Operand {
  return b.constant(type, type === "i64" ? -(2n ** 63n) : -(2 ** 31));
}
