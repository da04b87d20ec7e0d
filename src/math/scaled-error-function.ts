import { PER_SQRT_PI, SQRT_HALF } from "../ops/numerics/constants.js";
import type { Builder } from "../program/builder.js";
import type { MathSequence } from "../program/sequence.js";
import type { Operand } from "../program/types.js";
import { choose, choosePair, f64, ofDouble, pairOf, plus, scaled, single } from "./double.js";
import { erfCentre, erfcTail } from "./error-function.js";
import { exponentialParts, scaleByPower } from "./exponential-parts.js";
import { polynomial } from "./float.js";
import { logOfPair } from "./log-pair.js";
import {
  fastTwoSum,
  type Pair,
  product,
  quotient,
  sum,
  times,
  twoProduct,
  twoSum,
} from "./pair.js";

/** √π x e^(x²) erfc(x) in 1/(2x²), x ≥ 28 (DLMF 7.12.1). */
const ASYMPTOTIC: readonly number[] = [1, -1, 3, -15, 105, -945, 10395];

/** e^(x²) erfc(x) for x ≥ ½. */
function erfcxPair(b: Builder, x: Operand): Pair {
  const far = () => {
    const inverse = b.div(f64(b, 1), x);
    const w = b.mul(b.mul(f64(b, 0.5), inverse), inverse);
    const rest = b.mul(w, polynomial(b, w, ASYMPTOTIC.slice(1)));
    return quotient(
      b,
      product(b, pairOf(b, PER_SQRT_PI), fastTwoSum(b, f64(b, 1), rest)),
      single(b, x),
    );
  };
  const near = () => {
    const { scaled: value, factor } = erfcTail(b, x);
    return quotient(b, value, { high: factor.high, low: b.mul(factor.high, factor.low) });
  };
  return choosePair(b, b.compare("gt", x, f64(b, 28)), far, near);
}

/** factor · e^power, with one rounding. */
function expTimes(b: Builder, power: Pair, factor: Pair): Operand {
  const e = exponentialParts(b, power);
  const { high, low } = product(b, e, factor);
  return scaleByPower(b, b.add(high, low), e.power);
}

/** erfc(x) for |x| ≤ ½. */
function centre(b: Builder, x: Operand): Pair {
  const { high, low } = fastTwoSum(b, f64(b, 1), b.neg(x));
  return fastTwoSum(b, high, b.sub(low, erfCentre(b, x)));
}

function erfcx(b: Builder, x: Operand): Operand {
  const at = (value: number) => f64(b, value);
  const inside = b.max(x, at(-28));
  const size = b.abs(inside);
  // erfc(x) = 2 − erfc(−x)
  const left = () => {
    const square = twoProduct(b, size, size);
    const e = exponentialParts(b, square);
    const twice = scaleByPower(b, b.add(e.high, e.low), b.add(e.power, 1));
    const { high, low } = erfcxPair(b, size);
    return b.sub(twice, b.add(high, low));
  };
  const middle = () => expTimes(b, twoProduct(b, inside, inside), centre(b, inside));
  const right = () => {
    const { high, low } = erfcxPair(b, b.min(inside, at(2 ** 900)));
    return b.add(high, low);
  };
  const value = choose(b, b.compare("gt", x, at(0.5)), right, () =>
    choose(b, b.compare("lt", x, at(-0.5)), left, middle),
  );
  const tiny = b.div(at(PER_SQRT_PI.hi), x);
  return b.select(b.compare("gt", x, at(1e10)), tiny, b.select(b.compare("eq", x, x), value, x));
}

/** Φ(x) for |x| ≤ √½, where Φ(x) = ½ erfc(−x/√2). */
function ndtrCentre(b: Builder, x: Operand): Pair {
  const z = times(b, pairOf(b, SQRT_HALF), x);
  const main = fastTwoSum(b, f64(b, 0.5), b.mul(f64(b, 0.5), z.high));
  return plus(b, main, b.mul(f64(b, 0.5), b.add(z.low, erfCentre(b, z.high))));
}

/** log Φ(x), as in src/ops/numerics/normal.ts. */
function logNdtr(b: Builder, x: Operand): Operand {
  const at = (value: number) => f64(b, value);
  const size = b.min(b.abs(x), at(1e10));
  const tails = () => {
    const left = b.compare("lt", x, at(0));
    const power = scaled(b, twoProduct(b, size, size), at(-0.5));
    // ½ e^(z²) erfc(z), z = size/√2: at the upper part of z, and by the derivative for the lower
    const z = times(b, pairOf(b, SQRT_HALF), size);
    const upper = erfcxPair(b, z.high);
    const slope = b.sub(b.mul(b.add(z.high, z.high), upper.high), at(1.1283791670955126));
    const tail = scaled(b, plus(b, upper, b.mul(z.low, slope)), at(0.5));
    const beyond = () => {
      const bounded = { high: b.max(power.high, at(-1300)), low: power.low };
      const small = expTimes(b, bounded, tail);
      // log(1 − small), in series where 1 would swallow it
      const series = () => {
        const second = b.add(at(0.5), b.div(small, at(3)));
        const high = b.neg(b.add(small, b.mul(b.mul(small, small), second)));
        return { high, low: at(-0) };
      };
      const whole = () => logOfPair(b, twoSum(b, at(1), b.neg(small)));
      return choosePair(b, b.compare("lt", small, at(1e-6)), series, whole);
    };
    return choosePair(b, left, () => sum(b, power, logOfPair(b, tail)), beyond);
  };
  const near = b.compare("le", size, at(Math.SQRT1_2));
  const { high, low } = choosePair(b, near, () => logOfPair(b, ndtrCentre(b, x)), tails);
  const far = b.mul(b.mul(at(-0.5), x), x);
  const value = b.select(b.compare("lt", x, at(-1e10)), far, b.add(high, low));
  return b.select(b.compare("eq", x, x), value, x);
}

export const erfcxSequence: MathSequence = /* @__PURE__ */ ofDouble("erfcx", erfcx);
export const logNdtrSequence: MathSequence = /* @__PURE__ */ ofDouble("logNdtr", logNdtr);
