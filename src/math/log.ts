import type { Builder } from "../program/builder.js";
import type { MathSequence } from "../program/sequence.js";
import type { Operand } from "../program/types.js";
import {
  bitsLike,
  byFormat,
  formatOf,
  integerLike,
  polynomial,
  signed,
  truncated,
} from "./float.js";
import { type Pair, twoSum } from "./pair.js";

/**
 * (log((1 + s)/(1 − s)) − 2s)/s³ in s², |s| ≤ 3 − 2√2, near-minimax (as in exp.ts) relative to the logarithm:
 * errors 2^-59, 2^-30. The reduction and the order of sums are those of FreeBSD's e_log.c.
 */
const KERNEL: readonly number[] = [
  0.6666666666666735, 0.3999999999940927, 0.2857142874372112, 0.22222198423940595,
  0.18183572685261745, 0.1531382211066615, 0.14798374718581472,
];
const KERNEL_SINGLE: readonly number[] = [
  0.6666666269302368, 0.40000972151756287, 0.2849879860877991, 0.2427840232849121,
];

/** 2^k (1 + f), |log(1 + f)| ≤ ln 2 / 2. */
interface Normalised {
  readonly k: Operand;
  readonly f: Operand;
}

/** Of positive normal numbers; k is further lowered by `lower`. */
function normalise(b: Builder, x: Operand, lower: Operand): Normalised {
  const { digits, bias } = formatOf(x);
  const least = bitsLike(b, x, Math.SQRT1_2);
  const offset = b.sub(b.toBits(x), least);
  const fraction = b.and(offset, integerLike(b, x, (1n << BigInt(digits)) - 1n));
  // the exponent, as the low bits of 2^digits
  const biased = b.add(offset, bitsLike(b, x, 1));
  const whole = b.or(b.shift("shrU", biased, digits), bitsLike(b, x, 2 ** digits));
  return {
    k: b.sub(b.fromBits(whole), b.add(lower, 2 ** digits + bias)),
    f: b.sub(b.fromBits(b.add(fraction, least)), 1),
  };
}

/** Of positive numbers. */
export function normaliseAll(b: Builder, x: Operand): Normalised {
  const { tiny, digits } = formatOf(x);
  const small = b.compare("lt", x, tiny);
  const lift = digits + 1;
  const lifted = b.select(small, b.mul(x, 2 ** lift), x);
  return normalise(b, lifted, b.select(small, b.like(x, lift), 0));
}

/** log(1 + f) = f − half + rest, half = f²/2. */
function logParts(b: Builder, f: Operand): { half: Operand; rest: Operand } {
  const s = b.div(f, b.add(f, 2));
  const z = b.mul(s, s);
  const half = b.mul(b.mul(f, f), 0.5);
  const series = b.mul(z, polynomial(b, z, byFormat(f, KERNEL, KERNEL_SINGLE)));
  return { half, rest: b.mul(s, b.add(half, series)) };
}

/** k log 2 + log(1 + f) + c, c small. */
export function logOf(b: Builder, { k, f }: Normalised, c?: Operand): Operand {
  const { ln2Head, ln2Tail } = formatOf(f);
  const { half, rest } = logParts(b, f);
  const tail = b.mul(k, ln2Tail);
  const small = b.add(rest, c === undefined ? tail : b.add(tail, c));
  return b.add(b.mul(k, ln2Head), b.sub(f, b.sub(half, small)));
}

/** `value` inside the domain x > end, −∞ at its end, NaN below it and of NaN, ∞ at ∞. */
function logarithmic(b: Builder, x: Operand, value: Operand, end = 0): Operand {
  const least = b.like(x, end);
  const inside = b.select(b.compare("lt", x, Infinity), value, x);
  const outside = b.select(b.compare("eq", x, least), b.like(x, -Infinity), Number.NaN);
  return b.select(b.compare("gt", x, least), inside, outside);
}

export function log(b: Builder, x: Operand): Operand {
  return logarithmic(b, x, logOf(b, normaliseAll(b, x)));
}

/** log(2^−lower (high + low)) of a positive pair. */
export function logOfSum(
  b: Builder,
  { high, low }: Pair,
  lower = b.like(high, 0) as Operand,
): Operand {
  return logOf(b, normalise(b, high, lower), b.div(low, high));
}

/** log(1 + x) for finite x > −1 but ±0: of the sum, and its rounding error as a correction. */
export function log1pInside(b: Builder, x: Operand): Operand {
  return logOfSum(b, twoSum(b, x, b.like(x, 1)));
}

export function log1p(b: Builder, x: Operand): Operand {
  return logarithmic(b, x, signed(b, log1pInside(b, x), x), -1);
}

interface Base {
  /** The logarithm of e, a head of half the digits and the rest. */
  readonly head: number;
  readonly tail: number;
  /** That of 2, a head that exponents multiply exactly and the rest. */
  readonly powerHead: number;
  readonly powerTail: number;
}

/** As in FreeBSD's e_log2.c and e_log10.c: the logarithm in two parts, the first of half the digits. */
function inBase(b: Builder, x: Operand, { head, tail, powerHead, powerTail }: Base): Operand {
  const { k, f } = normaliseAll(b, x);
  const { half, rest } = logParts(b, f);
  const high = truncated(b, b.sub(f, half));
  const low = b.add(b.sub(b.sub(f, high), half), rest);
  const main = b.mul(high, head);
  const small = b.add(b.mul(b.add(low, high), tail), b.mul(low, head));
  const power = powerHead === 1 ? k : b.mul(k, powerHead);
  const sum = b.add(power, main);
  const error = b.add(b.sub(power, sum), main);
  const further = b.add(b.add(small, b.mul(k, powerTail)), error);
  return logarithmic(b, x, b.add(further, sum));
}

function base(name: string, wide: Base, single: Base): MathSequence {
  return { name, emit: (b, x: Operand) => inBase(b, x, byFormat(x, wide, single)) };
}

export const logSequence: MathSequence = { name: "log", emit: log, inline: true };
export const log1pSequence: MathSequence = { name: "log1p", emit: log1p };
export const log2Sequence: MathSequence = /* @__PURE__ */ base(
  "log2",
  {
    head: 1.4426950216293335,
    tail: 1.9259629911266175e-8,
    powerHead: 1,
    powerTail: 0,
  },
  { head: 1.44140625, tail: 0.0012887908378615975, powerHead: 1, powerTail: 0 },
);
export const log10Sequence: MathSequence = /* @__PURE__ */ base(
  "log10",
  {
    head: 0.4342944622039795,
    tail: 1.9699272335463627e-8,
    powerHead: 0.30102999566383914,
    powerTail: 1.42050232272661e-13,
  },
  {
    head: 0.43408203125,
    tail: 0.0002124506572727114,
    powerHead: 0.301025390625,
    powerTail: 4.605039066518657e-6,
  },
);
