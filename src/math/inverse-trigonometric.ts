import type { Builder } from "../program/builder.js";
import { bitsOf } from "../program/lanes.js";
import type { MathSequence } from "../program/sequence.js";
import type { Operand } from "../program/types.js";
import { bitsLike, byFormat, polynomial, signed } from "./float.js";
import { type Pair, pairLike } from "./pair.js";
import { flipSign, signOf } from "./sign.js";

// Minimax in z = t² by Remez' algorithm, for the error relative to the function.
/** (arctan t − t)/t³, t ≤ tan(π/8): 2^-59.4, for f32 2^-30.4. */
const ARCTANGENT: readonly number[] = [
  -0.333333333333332, 0.1999999999995367, -0.14285714280198875, 0.11111110783443646,
  -0.09090897755591547, 0.07692060165677932, -0.0666310346332227, 0.05847885198369034,
  -0.05039287686028025, 0.038064176860308864, -0.017906848195613882,
];
const ARCTANGENT_SINGLE: readonly number[] = [
  -0.33333316, 0.19998528, -0.14244391, 0.10599168, -0.06090043,
];
/** (arcsin t − t)/t³, t ≤ ½: 2^-55.9, for f32 2^-27.6. */
const ARCSINE: readonly number[] = [
  0.16666666666665403, 0.07500000000338537, 0.044642856826990034, 0.030381959195125225,
  0.022371756593539453, 0.017359727568093293, 0.013885002790869896, 0.012170783916322741,
  0.006520996417713621, 0.01954782348695071, -0.016255626725865634, 0.03193422143729519,
];
const ARCSINE_SINGLE: readonly number[] = [
  0.16666752, 0.074953064, 0.04546977, 0.02418081, 0.042166345,
];

/** What k · π/4, k = 1, 2, 3, 4, loses when it is rounded to f64. */
const LOST: readonly number[] = [
  3.061616997868383e-17, 6.123233995736766e-17, 9.184850993605148e-17, 1.2246467991473532e-16,
];

/** k · π/4. */
function eighths(b: Builder, x: Operand, k: 1 | 2 | 3 | 4): Pair {
  return pairLike(b, x, (k * Math.PI) / 4, LOST[k - 1]);
}

/**
 * The angle in [0, π/2] of the point (x, y), x, y ≥ 0; in [π/2, π] of (−x, y) where the mask `left` holds. The point is
 * turned by an eighth or a quarter to where its tangent is below tan(π/8).
 */
function angle(b: Builder, y: Operand, x: Operand, left?: Operand): Operand {
  const flat = b.compare("le", y, b.mul(x, Math.SQRT2 - 1));
  const steep = b.compare("gt", y, b.mul(x, Math.SQRT2 + 1));
  const choose = (a: Operand, c: Operand, d: Operand) => b.select(flat, a, b.select(steep, c, d));
  const base = (part: "high" | "low") => {
    const [one, two, three, four] = ([1, 2, 3, 4] as const).map((k) => eighths(b, y, k)[part]);
    const right = choose(b.like(y, 0), two as Operand, one as Operand);
    if (left === undefined) return right;
    return b.select(left, choose(four as Operand, two as Operand, three as Operand), right);
  };
  const turn = b.div(choose(y, b.neg(x), b.sub(y, x)), choose(x, y, b.add(x, y)));
  const t = left === undefined ? turn : b.select(left, b.neg(turn), turn);
  const square = b.mul(t, t);
  const p = polynomial(b, square, byFormat(y, ARCTANGENT, ARCTANGENT_SINGLE));
  const rest = b.add(b.mul(b.mul(square, t), p), base("low"));
  return b.add(base("high"), b.add(t, rest));
}

export const atanSequence: MathSequence = {
  name: "atan",
  emit(b, x: Operand) {
    return signed(b, angle(b, b.abs(x), b.like(x, 1)), x);
  },
};

/** Sizes beyond which points are scaled, so that no sum overflows and no comparison loses bits; and the scales. */
const SCALES: readonly number[] = [1e307, 0.25, 1e-290, 2 ** 60];
const SCALES_SINGLE: readonly number[] = [1e38, 0.25, 1e-30, 2 ** 24];

export const atan2Sequence: MathSequence = {
  name: "atan2",
  emit(b, y: Operand, x: Operand) {
    const one = b.like(x, 1);
    const [ordinate, abscissa] = [b.abs(y), b.abs(x)];
    const size = b.max(ordinate, abscissa);
    const [huge, down, tiny, up] = byFormat(x, SCALES, SCALES_SINGLE).map((value) =>
      b.like(x, value),
    ) as [Operand, Operand, Operand, Operand];
    const scale = b.select(
      b.compare("gt", size, huge),
      down,
      b.select(b.compare("lt", size, tiny), up, one),
    );
    // (0, 0) is taken for (1, 0), (∞, ∞) for (1, 1)
    const origin = b.compare("eq", size, 0);
    const corner = b.compare("eq", b.min(ordinate, abscissa), Infinity);
    const left = b.compare("lt", b.toBits(x), 0);
    const result = angle(
      b,
      b.select(corner, one, b.mul(ordinate, scale)),
      b.select(b.or(corner, origin), one, b.mul(abscissa, scale)),
      left,
    );
    return signed(b, result, y);
  },
};

/** arcsin t for t = |x| ≤ ½, else for t = √((1 − |x|)/2): t and what is to be added. */
function arcsine(b: Builder, x: Operand): Pair & { readonly small: Operand } {
  const size = b.abs(x);
  const half = b.like(x, 0.5);
  const small = b.compare("le", size, half);
  const square = b.select(small, b.mul(x, x), b.mul(b.sub(b.like(x, 1), size), half));
  const high = b.select(small, size, b.sqrt(square));
  const low = b.mul(
    b.mul(square, high),
    polynomial(b, square, byFormat(x, ARCSINE, ARCSINE_SINGLE)),
  );
  return { high, low, small };
}

export const asinSequence: MathSequence = {
  name: "asin",
  emit(b, x: Operand) {
    const { high, low, small } = arcsine(b, x);
    const quarter = eighths(b, x, 2);
    const two = b.like(x, 2);
    const rest = b.sub(b.mul(low, two), quarter.low);
    const large = b.sub(b.sub(quarter.high, b.mul(high, two)), rest);
    return signed(b, b.select(small, b.add(high, low), large), x);
  },
};

export const acosSequence: MathSequence = {
  name: "acos",
  emit(b, x: Operand) {
    const { high, low, small } = arcsine(b, x);
    const zero = b.like(x, 0);
    const [quarter, half] = [eighths(b, x, 2), eighths(b, x, 4)];
    const left = b.compare("lt", x, zero);
    const base = (part: "high" | "low") =>
      b.select(small, quarter[part], b.select(left, half[part], zero));
    // π/2 − x, 2t or π − 2t
    const none = b.constant(bitsOf(x.type), 0);
    const sign = b.compute("xor", none.type, [
      signOf(b, x),
      b.select(small, bitsLike(b, x, -0), none),
    ]);
    const twice = b.select(small, b.like(x, 1), 2);
    const part = (a: Operand) => flipSign(b, b.mul(a, twice), sign);
    return b.add(base("high"), b.add(part(high), b.add(part(low), base("low"))));
  },
};
