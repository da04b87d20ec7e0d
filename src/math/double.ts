import * as constants from "../ops/numerics/constants.js";
import type { Pair as Numbers } from "../ops/numerics/pair.js";
import { COSINE, SINE } from "../ops/numerics/sinpi.js";
import type { Builder } from "../program/builder.js";
import type { MathSequence } from "../program/sequence.js";
import type { Operand } from "../program/types.js";
import { formatOf, polynomial } from "./float.js";
import { fastTwoSum, type Pair, product, times, twoSum } from "./pair.js";

// What the rarer functions are made of, for one f64: branches, twice the precision, the coefficients of the interpreter.

/** A function written for one f64; an f32 is computed as that. */
export function ofDouble(name: string, emit: (b: Builder, x: Operand) => Operand): MathSequence {
  return {
    name,
    scalarOnly: true,
    emit: (b, x: Operand) =>
      formatOf(x).wide ? emit(b, x) : b.convert(emit(b, b.convert(x, "f64")), "f32"),
  };
}

export const f64 = (b: Builder, value: number): Operand => b.constant("f64", value);

export function pairOf(b: Builder, { hi, lo }: Numbers): Pair {
  return { high: f64(b, hi), low: f64(b, lo) };
}

/** The pair that one of two blocks computes. */
export function choosePair(
  b: Builder,
  condition: Operand,
  then: () => Pair,
  otherwise: () => Pair,
): Pair {
  const [first, second] = [b.variable("f64"), b.variable("f64")];
  const run = (block: () => Pair) => () => {
    const { high, low } = block();
    b.assign(first, high);
    b.assign(second, low);
  };
  b.branch(condition, run(then), run(otherwise));
  return { high: b.read(first), low: b.read(second) };
}

/** The value that one of two blocks computes. */
export function choose(
  b: Builder,
  condition: Operand,
  then: () => Operand,
  otherwise: () => Operand,
): Operand {
  const value = b.variable("f64");
  const run = (block: () => Operand) => () => b.assign(value, block());
  b.branch(condition, run(then), run(otherwise));
  return b.read(value);
}

/** A pair with a single number added. */
export function plus(b: Builder, x: Pair, y: Operand): Pair {
  const { high, low } = twoSum(b, x.high, y);
  return fastTwoSum(b, high, b.add(low, x.low));
}

export function scaled(b: Builder, x: Pair, power: Operand): Pair {
  return { high: b.mul(x.high, power), low: b.mul(x.low, power) };
}

/** x as a sum with 0. */
export function single(b: Builder, x: Operand): Pair {
  return { high: x, low: f64(b, 0) };
}

/** |sin πx| and |cos πx| of finite x, and whether tan πx is negative. */
export function halfTurns(b: Builder, x: Operand): { sine: Pair; cosine: Pair; negative: Operand } {
  const rest = b.sub(x, b.compute("nearest", "f64", [x]));
  const size = b.abs(rest);
  const far = b.compare("gt", size, f64(b, 0.25));
  const u = times(b, pairOf(b, constants.PI), b.select(far, b.sub(f64(b, 0.5), size), size));
  const half = f64(b, 0.5);
  const square = product(b, u, u);
  const z = square.high;
  const cubic = b.mul(b.mul(u.high, z), polynomial(b, z, SINE));
  const s = fastTwoSum(b, u.high, b.add(u.low, b.sub(cubic, b.mul(b.mul(half, z), u.low))));
  const first = fastTwoSum(b, f64(b, 1), b.neg(b.mul(half, z)));
  const fourth = b.mul(b.mul(z, z), polynomial(b, z, COSINE));
  const second = b.add(b.sub(first.low, b.mul(half, square.low)), fourth);
  const c = fastTwoSum(b, first.high, second);
  const swap = (p: Pair, q: Pair): Pair => ({
    high: b.select(far, q.high, p.high),
    low: b.select(far, q.low, p.low),
  });
  return { sine: swap(s, c), cosine: swap(c, s), negative: b.compare("lt", rest, f64(b, 0)) };
}
