import type { Builder } from "../program/builder.js";
import { bitsOf, lanesOf } from "../program/lanes.js";
import type { Operand } from "../program/types.js";

/** A floating-point format. */
export interface Format {
  readonly wide: boolean;
  /** Of the fraction in memory. */
  readonly digits: number;
  readonly bias: number;
  /** The smallest normal number. */
  readonly tiny: number;
  /** The first bits of ln 2, so that products with exponents are exact; and the rest. */
  readonly ln2Head: number;
  readonly ln2Tail: number;
  /** Splits a number in halves (Veltkamp). */
  readonly splitter: number;
}

const F64: Format = {
  wide: true,
  digits: 52,
  bias: 1023,
  tiny: 2 ** -1022,
  ln2Head: 0.6931471805592082,
  ln2Tail: 7.371002565167799e-13,
  splitter: 2 ** 27 + 1,
};

const F32: Format = {
  wide: false,
  digits: 23,
  bias: 127,
  tiny: 2 ** -126,
  ln2Head: 0.693145751953125,
  ln2Tail: 1.428606765330187e-6,
  splitter: 2 ** 12 + 1,
};

export function formatOf(x: Operand): Format {
  return x.type.startsWith("f64") ? F64 : F32;
}

/** The one of two values for the format of x. */
export function byFormat<T>(x: Operand, wide: T, single: T): T {
  return formatOf(x).wide ? wide : single;
}

const view: DataView = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/** The bits of a number in the format of x, as an integer in every lane. */
export function bitsLike(b: Builder, x: Operand, value: number): Operand {
  const type = bitsOf(x.type);
  if (formatOf(x).wide) {
    view.setFloat64(0, value);
    return b.constant(type, view.getBigInt64(0));
  }
  view.setFloat32(0, value);
  return b.constant(type, view.getInt32(0));
}

/** An integer in every lane, of the width of x. */
export function integerLike(b: Builder, x: Operand, value: bigint): Operand {
  return b.constant(bitsOf(x.type), formatOf(x).wide ? value : Number(BigInt.asIntN(32, value)));
}

/** 2^(k − bias) of the sum of `magic` and a whole number k, whose bits are the last ones of the sum. */
export function powerFrom(b: Builder, sum: Operand): Operand {
  return b.fromBits(b.shift("shl", b.toBits(sum), formatOf(sum).digits));
}

/** x without the second half of its digits. */
export function truncated(b: Builder, x: Operand): Operand {
  const dropped = BigInt((formatOf(x).digits + 4) >> 1);
  return b.fromBits(b.and(b.toBits(x), integerLike(b, x, -(1n << dropped))));
}

/** Added to a number, it rounds that to a whole one, and leaves this in the low bits. */
export function magic(x: Operand): number {
  return 1.5 * 2 ** formatOf(x).digits;
}

/** min(x, limit); NaN stays. */
export function atMost(b: Builder, x: Operand, limit: number): Operand {
  const bound = b.like(x, limit);
  return b.select(b.compare("lt", bound, x), bound, x);
}

/** max(x, limit); NaN stays. */
export function atLeast(b: Builder, x: Operand, limit: number): Operand {
  const bound = b.like(x, limit);
  return b.select(b.compare("lt", x, bound), bound, x);
}

/** `size`, which is positive or has the sign of x already, with the sign of x. */
export function signed(b: Builder, size: Operand, x: Operand): Operand {
  if (lanesOf(x.type) === 1) return b.compute("copysign", x.type, [size, x]);
  return b.fromBits(b.or(b.toBits(size), b.and(b.toBits(x), bitsLike(b, x, -0))));
}

/** Σ coefficients[i] x^i: even and odd powers apart, which halves the time to wait. */
export function polynomial(b: Builder, x: Operand, coefficients: readonly number[]): Operand {
  if (coefficients.length < 4) return horner(b, x, coefficients);
  const square = b.mul(x, x);
  const even = coefficients.filter((_, i) => i % 2 === 0);
  const odd = coefficients.filter((_, i) => i % 2 === 1);
  return b.add(horner(b, square, even), b.mul(x, horner(b, square, odd)));
}

function horner(b: Builder, x: Operand, coefficients: readonly number[]): Operand {
  return coefficients
    .slice(0, -1)
    .reduceRight(
      (sum: Operand, coefficient) => b.add(b.mul(sum, x), coefficient),
      b.like(x, coefficients[coefficients.length - 1] as number),
    );
}
