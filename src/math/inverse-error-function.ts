import { SQRT_TWO } from "../ops/numerics/constants.js";
import { CENTRE, TAIL } from "../ops/numerics/erfinv.js";
import type { Builder } from "../program/builder.js";
import type { MathSequence } from "../program/sequence.js";
import type { Operand } from "../program/types.js";
import { choosePair, f64, ofDouble, pairOf, single } from "./double.js";
import { erfCentre, erfcTail } from "./error-function.js";
import { exponentialParts, scaleByPower } from "./exponential-parts.js";
import { polynomial, signed } from "./float.js";
import { logPair } from "./log-pair.js";
import { fastTwoSum, negative, type Pair, product, times, twoProduct, twoSum } from "./pair.js";

// The methods of src/ops/numerics/erfinv.ts.

const TWO_PER_SQRT_PI = 1.1283791670955126;
/** Where the tail begins: erf(0.504). */
const CENTRAL = 0.524;

/** y with erf(y) = x for |x| ≤ 0.524: an approximation and one Newton step. */
function centralInverse(b: Builder, x: Pair): Pair {
  const y = b.mul(x.high, polynomial(b, b.mul(x.high, x.high), CENTRE));
  const excess = b.add(b.sub(b.sub(y, x.high), x.low), erfCentre(b, y));
  const e = exponentialParts(b, { high: b.mul(y, y), low: f64(b, 0) });
  const slope = scaleByPower(b, b.mul(b.add(e.high, e.low), f64(b, -1 / TWO_PER_SQRT_PI)), e.power);
  return fastTwoSum(b, y, b.mul(excess, slope));
}

/** y with erfc(y) = c for 0 < c ≤ 0.476: an approximation and one step of Halley's method on log erfc(y) = log c. */
function tailInverse(b: Builder, c: Operand): Pair {
  const one = f64(b, 1);
  const s = b.sqrt(b.neg(logPair(b, c).high));
  const t = b.div(b.sub(s, f64(b, 3)), b.add(s, one));
  const y = b.mul(s, polynomial(b, t, TAIL));
  const e = exponentialParts(b, negative(b, twoProduct(b, y, y)));
  const { scaled, factor } = erfcTail(b, y);
  // e^(−y²) · scaled against c · factor, both by the same power of 2
  const got = product(b, e, scaled);
  const lifted = scaleByPower(b, c, b.neg(e.power));
  const wanted = times(b, { high: factor.high, low: b.mul(factor.high, factor.low) }, lifted);
  const difference = b.add(b.sub(got.high, wanted.high), b.sub(got.low, wanted.low));
  const ratio = b.div(difference, wanted.high);
  // log(1 + ratio), |ratio| < 10^-4
  const log = b.mul(ratio, polynomial(b, ratio, [1, -1 / 2, 1 / 3, -1 / 4]));
  const slope = b.div(b.mul(factor.high, f64(b, TWO_PER_SQRT_PI)), scaled.high);
  const step = b.div(log, slope);
  const curve = b.mul(b.mul(f64(b, 0.5), step), b.sub(b.add(y, y), slope));
  return fastTwoSum(b, y, b.div(step, b.sub(one, curve)));
}

/** y with erf(y) = x, where x = 1 − c as a pair; of the two, the one that is small counts. */
function inverse(b: Builder, x: Pair, c: Operand): Pair {
  const near = b.compare("le", b.abs(x.high), f64(b, CENTRAL));
  return choosePair(
    b,
    near,
    () => centralInverse(b, x),
    () => {
      const { high, low } = tailInverse(b, c);
      const sign = signed(b, f64(b, 1), x.high);
      return { high: b.mul(high, sign), low: b.mul(low, sign) };
    },
  );
}

/** `value` between two numbers, −∞ and ∞ at them, NaN outside. */
function between(b: Builder, x: Operand, low: number, high: number, value: Operand): Operand {
  const ends = b.select(
    b.compare("eq", x, f64(b, low)),
    f64(b, -Infinity),
    b.select(b.compare("eq", x, f64(b, high)), f64(b, Infinity), f64(b, Number.NaN)),
  );
  const inside = b.and(b.compare("gt", x, f64(b, low)), b.compare("lt", x, f64(b, high)));
  return b.select(inside, value, ends);
}

function erfinv(b: Builder, x: Operand): Operand {
  const { high, low } = inverse(b, single(b, x), b.sub(f64(b, 1), b.abs(x)));
  return between(b, x, -1, 1, b.add(high, low));
}

function ndtri(b: Builder, p: Operand): Operand {
  const twice = b.add(p, p);
  const c = b.min(twice, b.sub(f64(b, 2), twice));
  const { high, low } = product(
    b,
    inverse(b, twoSum(b, twice, f64(b, -1)), c),
    pairOf(b, SQRT_TWO),
  );
  return between(b, p, 0, 1, b.add(high, low));
}

export const erfinvSequence: MathSequence = /* @__PURE__ */ ofDouble("erfinv", erfinv);
export const ndtriSequence: MathSequence = /* @__PURE__ */ ofDouble("ndtri", ndtri);
