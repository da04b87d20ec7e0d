import { SCALED, SCALED_TAILS, SERIES } from "../ops/numerics/erf.js";
import type { Builder } from "../program/builder.js";
import type { MathSequence } from "../program/sequence.js";
import type { Operand } from "../program/types.js";
import { exponentialParts, type Parts, scaleByPower } from "./exponential-parts.js";
import { atMost, byFormat, polynomial, signed } from "./float.js";
import { fastTwoSum, negative, type Pair, pairLike, product, twoProduct } from "./pair.js";

// Minimax by Remez' algorithm for f32, for the error relative to the function; for f64 those of the interpreter.
/** erf(x)/x − 1 in x², |x| ≤ ½: 2^-28.7. */
const CENTRE_SINGLE: readonly number[] = [
  0.128379166, -0.376126081, 0.11282821, -0.0267570708, 0.00471773557,
];

/**
 * (x + ½) e^(x²) erfc(x) for x ≥ ½ as a polynomial in t = (x − from)/(x + to). Map and factor are those of M. M. Shepherd
 * and J. G. Laframboise, Chebyshev approximation of (1 + 2x) exp(x²) erfc x, Math. Comp. 36, 1981.
 */
interface Tail {
  readonly from: number;
  readonly to: number;
  /** The ½; for x/√2 in the place of x, √½. */
  readonly shift: number;
  readonly coefficients: readonly number[];
  /** What the rounding of the first coefficient to f64 lost. */
  readonly lost: number;
}

const TAIL: Tail = {
  from: 4,
  to: 3,
  shift: 0.5,
  coefficients: /* @__PURE__ */ SCALED.map((c) => c / 2),
  lost: (SCALED_TAILS[0] as number) / 2,
};
/** 2^-27.9 up to 10.8. */
const TAIL_SINGLE: Tail = {
  from: 3,
  to: 2.5,
  shift: 0.5,
  coefficients: [
    0.6265040286554128, -0.0621596612, -0.0251626894, 0.0461673774, -0.03007848, 0.0101042539,
    -0.000472547923, -0.000997694908, 0.000195384215, 0.000111405592,
  ],
  lost: 0,
};

/** (x + √½) e^(x²/2) Φ(−x): the same of x/√2, times √½. */
function normalTail({ from, to, shift, coefficients }: Tail): Tail {
  const root = Math.SQRT1_2;
  return {
    from: from / root,
    to: to / root,
    shift: shift / root,
    coefficients: coefficients.map((c) => c * root),
    lost: -2.438245588784743e-17,
  };
}
const NORMAL_TAIL: Tail = /* @__PURE__ */ normalTail(TAIL);
const NORMAL_TAIL_SINGLE: Tail = /* @__PURE__ */ normalTail(TAIL_SINGLE);

/** (Φ(x) − ½)/x − 1/√(2π), over x², in x². */
function normalCentre(b: Builder, square: Operand): Operand {
  const [, ...others] = byFormat(square, SERIES, CENTRE_SINGLE);
  const factor = Math.SQRT1_2 / 2;
  return polynomial(
    b,
    square,
    others.map((c, i) => factor * c * 2 ** -(i + 1)),
  );
}

/** (x + shift) times the tail by the density, and x + shift: its upper part, and its lower by its upper. */
export interface ScaledTail {
  readonly scaled: Pair;
  readonly factor: Pair;
}

function tailAt(b: Builder, x: Operand, tail: Tail): ScaledTail {
  const [first, ...others] = tail.coefficients;
  const start = pairLike(b, x, first as number, tail.lost);
  const t = b.div(b.sub(x, tail.from), b.add(x, tail.to));
  const { high, low } = fastTwoSum(b, start.high, b.mul(t, polynomial(b, t, others)));
  const shifted = fastTwoSum(b, x, b.like(x, tail.shift));
  return {
    scaled: { high, low: b.add(low, start.low) },
    factor: { high: shifted.high, low: b.div(shifted.low, shifted.high) },
  };
}

/** The tail at x, but for the power of 2 in the density. */
function tailBy(b: Builder, e: Pair, x: Operand, tail: Tail): Operand {
  const { scaled, factor } = tailAt(b, x, tail);
  const low = b.sub(scaled.low, b.mul(scaled.high, factor.low));
  const value = product(b, e, { high: scaled.high, low });
  return b.div(b.add(value.high, value.low), factor.high);
}

/** x times that: x/(x + shift) is 1 − shift/(x + shift). */
function tailTimes(b: Builder, e: Pair, x: Operand, tail: Tail): Operand {
  const { scaled, factor } = tailAt(b, x, tail);
  const missing = b.div(b.like(x, tail.shift), factor.high);
  const share = fastTwoSum(b, b.like(x, 1), b.neg(missing));
  const { high, low } = twoProduct(b, scaled.high, share.high);
  const shareLo = b.add(share.low, b.mul(missing, factor.low));
  const rest = b.add(b.mul(scaled.high, shareLo), b.mul(scaled.low, share.high));
  return productOf(b, e, { high, low: b.add(low, rest) });
}

function productOf(b: Builder, x: Pair, y: Pair): Operand {
  return b.add(b.mul(x.high, y.high), b.add(b.mul(x.low, y.high), b.mul(x.high, y.low)));
}

/** e^(−x²), or of x²/2. */
function density(b: Builder, x: Operand, normal: boolean): Parts {
  const square = negative(b, twoProduct(b, x, x));
  if (!normal) return exponentialParts(b, square);
  const half = (part: Operand) => b.mul(part, 0.5);
  return exponentialParts(b, { high: half(square.high), low: half(square.low) });
}

/** |x|, or a bound beyond which nothing changes. */
function sizeUpTo(b: Builder, x: Operand, wide: number, single: number): Operand {
  return atMost(b, b.abs(x), byFormat(x, wide, single));
}

/** erf(x) − x for |x| ≤ ½. */
export function erfCentre(b: Builder, x: Operand): Operand {
  return b.mul(x, polynomial(b, b.mul(x, x), byFormat(x, SERIES, CENTRE_SINGLE)));
}

/** e^(x²) erfc(x) for ½ ≤ x ≤ 28, as a fraction like those above. */
export function erfcTail(b: Builder, x: Operand): ScaledTail {
  return tailAt(b, x, byFormat(x, TAIL, TAIL_SINGLE));
}

export const erfSequence: MathSequence = {
  name: "erf",
  emit(b, x: Operand) {
    const [one, size] = [b.like(x, 1), sizeUpTo(b, x, 6, 4)];
    const centre = erfCentre(b, x);
    const tail = tailAt(b, size, byFormat(x, TAIL, TAIL_SINGLE));
    const e = exponentialParts(b, { high: b.neg(b.mul(size, size)), low: b.like(x, 0) });
    const scaled = scaleByPower(b, b.add(e.high, e.low), e.power);
    const far = b.sub(one, b.div(b.mul(scaled, tail.scaled.high), tail.factor.high));
    return b.select(b.compare("lt", size, 0.5), b.add(x, centre), signed(b, far, x));
  },
};

export const erfcSequence: MathSequence = {
  name: "erfc",
  emit(b, x: Operand) {
    const [zero, one] = [b.like(x, 0), b.like(x, 1)];
    const size = sizeUpTo(b, x, 28, 10.5);
    const centre = erfCentre(b, x);
    const { high, low } = fastTwoSum(b, one, b.neg(x));
    const e = density(b, size, false);
    const value = tailBy(b, e, size, byFormat(x, TAIL, TAIL_SINGLE));
    const far = scaleByPower(b, value, e.power);
    return b.select(
      b.compare("lt", size, 0.5),
      b.add(high, b.sub(low, centre)),
      b.select(b.compare("lt", x, zero), b.sub(b.like(x, 2), far), far),
    );
  },
};

/** Φ(x), or x · Φ(x), which has no 1 to add. */
function normal(b: Builder, x: Operand, multiplied: boolean): Operand {
  const size = sizeUpTo(b, x, 40, 15);
  const square = b.mul(x, x);
  const slope = pairLike(b, x, 0.3989422804014327, -2.49232720227773e-17); // 1/√(2π)
  const rest = b.add(b.mul(square, normalCentre(b, square)), slope.low);
  const main = fastTwoSum(b, b.like(x, 0.5), b.mul(x, slope.high));
  const centre = b.add(main.high, b.add(main.low, b.mul(x, rest)));
  const e = density(b, size, true);
  const tail = byFormat(x, NORMAL_TAIL, NORMAL_TAIL_SINGLE);
  const value = multiplied ? tailTimes(b, e, size, tail) : tailBy(b, e, size, tail);
  const far = scaleByPower(b, value, e.power);
  const near = b.compare("lt", size, Math.SQRT1_2);
  const upper = b.compare("gt", x, 0);
  if (multiplied)
    return b.select(near, b.mul(x, centre), b.select(upper, b.sub(x, far), b.neg(far)));
  return b.select(near, centre, b.select(upper, b.sub(b.like(x, 1), far), far));
}

export const ndtrSequence: MathSequence = {
  name: "ndtr",
  emit: (b, x: Operand) => normal(b, x, false),
};
export const geluSequence: MathSequence = {
  name: "gelu",
  emit: (b, x: Operand) => normal(b, x, true),
};
