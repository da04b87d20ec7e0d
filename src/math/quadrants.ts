import type { Builder } from "../program/builder.js";
import type { Operand } from "../program/types.js";
import { byFormat, magic } from "./float.js";
import { fastTwoSum, type Pair, pairLike, product } from "./pair.js";
import { flipSign } from "./sign.js";

/** x = quadrant · π/2 + angle, |angle| ≤ π/4 (a little more where x lies between two). */
export interface Turned {
  readonly angle: Pair;
  /** An integer, of which the last two bits count. */
  readonly quadrant: Operand;
}

/**
 * π/2 in parts: all but the last have so few bits that q · part is exact for |q| < 2^20 (f64), 2^13 (f32), and so are the
 * differences (W. J. Cody and W. Waite, Software Manual for the Elementary Functions, 1980).
 */
const SINGLE: readonly number[] = [
  1.5703125, 4.837512969970703e-4, 7.549533620476723e-8, 2.563344151594519e-12,
];
const DOUBLE: readonly number[] = [
  1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21,
];

/** Reduces by parts of π/2; `hard` holds where too little of them is there: for huge x, and beside multiples of π/2. */
export function reduce(b: Builder, x: Operand): Turned & { readonly hard: Operand } {
  const parts = byFormat(x, DOUBLE, SINGLE);
  // adding 1.5 · 2^52 leaves the nearest integer in the last bits
  const shift = b.like(x, magic(x));
  const shifted = b.add(b.mul(x, 2 / Math.PI), shift);
  const q = b.sub(shifted, shift);
  let rest = x;
  for (const part of parts.slice(0, -2)) rest = b.sub(rest, b.mul(q, part));
  const [next, last] = parts.slice(-2) as [number, number];
  const step = b.mul(q, next);
  const high = b.sub(rest, step);
  const low = b.sub(b.sub(b.sub(rest, high), step), b.mul(q, last));
  const far = b.compare("gt", b.abs(x), byFormat(x, 1.6e6, 12000));
  // the last part misses about 2^-120 (f32: 2^-60) of each π/2
  const lost = b.mul(b.abs(q), byFormat(x, 2 ** -61, 2 ** -32));
  const close = b.compare("lt", b.abs(high), lost);
  return { angle: { high, low }, quadrant: b.toBits(shifted), hard: b.or(far, close) };
}

/** 2/π in binary, the digits behind the point in hexadecimal; a word of zeros before. */
const TWO_PER_PI =
  "0000000000000000a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e0" +
  "06492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b" +
  "1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea" +
  "6bfb5fb11f8d5d0856033046fc7b6bab";

function word(index: number): bigint {
  return BigInt(`0x${TWO_PER_PI.slice(16 * index, 16 * index + 16)}`);
}

/**
 * Reduces any finite f64 of at least 2^-2: its 53 bits times the 192 bits of 2/π that matter for x (M. H. Payne and R. N. Hanek,
 * Radian reduction for trigonometric functions, SIGNUM Newsletter 18, 1983). Branches: for scalars in a routine.
 */
export function reduceHuge(b: Builder, x: Operand): Turned {
  const i64 = (value: number | bigint) => b.constant("i64", value);
  const shl = (a: Operand, count: Operand) => b.compute("shl", "i64", [a, count]);
  const shrU = (a: Operand, count: Operand) => b.compute("shrU", "i64", [a, count]);
  const bits = b.toBits(x);
  const exponent = b.and(b.shift("shrU", bits, 52), i64(2047));
  const whole = b.or(b.and(bits, i64(2n ** 52n - 1n)), i64(2n ** 52n));
  // x = ± whole · 2^(exponent − 1075); bits of 2/π that give multiples of 4 quadrants are left out
  const from = b.sub(b.compute("wrap", "i32", [exponent]), 1075 - 62);
  const index = b.shift("shrU", from, 6);
  const words = [0, 1, 2, 3].map(() => b.variable("i64", "word"));
  for (let at = 0; at <= 16; at++)
    b.branch(b.compare("eq", index, at), () => {
      words.forEach((variable, k) => {
        b.assign(variable, i64(word(at + k)));
      });
    });
  const read = words.map((variable) => b.read(variable));
  const count = b.and(from, 63);
  const [first, second, third] = [0, 1, 2].map((k) => {
    const carried = shrU(b.shift("shrU", read[k + 1] as Operand, 1), b.sub(b.i32(63), count));
    return b.or(shl(read[k] as Operand, count), carried);
  }) as [Operand, Operand, Operand];
  const middle = b.mul(whole, second);
  const low = b.add(middle, mulHigh(b, whole, third));
  const carry = b.convert(b.compare("ltU", low, middle), "i64");
  const high = b.add(b.add(b.mul(whole, first), mulHigh(b, whole, second)), carry);
  // high:low · 2^-126 quadrants: the nearest number of them, and what is left, its sign aside
  const half = b.add(high, i64(1n << 61n));
  const left = b.sub(b.and(half, i64((1n << 62n) - 1n)), i64(1n << 61n));
  const sign = b.shift("shrS", left, 63);
  const xor = (a: Operand, mask: Operand) => b.compute("xor", "i64", [a, mask]);
  const [top, bottom] = [xor(left, sign), xor(low, sign)];
  const rest = b.or(b.shift("shl", top, 53), b.shift("shrU", bottom, 11));
  const turn = fastTwoSum(
    b,
    b.mul(b.convert(b.shift("shrU", top, 11), "f64"), 2 ** -51),
    b.mul(b.compute("convertU", "f64", [rest]), 2 ** -115),
  );
  const angle = product(b, turn, pairLike(b, x, Math.PI / 2, 6.123233995736766e-17));
  const negative = b.shift("shrS", bits, 63);
  const flip = b.and(xor(sign, negative), i64(1n << 63n));
  return {
    angle: {
      high: b.add(flipSign(b, angle.high, flip), b.sub(x, x)), // NaN for ±∞
      low: flipSign(b, angle.low, flip),
    },
    quadrant: b.sub(xor(b.shift("shrU", half, 62), negative), negative),
  };
}

/** The upper 64 bits of a product of unsigned integers, the first below 2^63. */
function mulHigh(b: Builder, x: Operand, y: Operand): Operand {
  const high = (a: Operand) => b.shift("shrU", a, 32);
  const low = (a: Operand) => b.and(a, 0xffffffff);
  const cross = b.add(b.mul(high(x), low(y)), high(b.mul(low(x), low(y))));
  const other = b.add(b.mul(low(x), high(y)), low(cross));
  return b.add(b.mul(high(x), high(y)), b.add(high(cross), high(other)));
}
