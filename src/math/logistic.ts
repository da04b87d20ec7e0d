import type { Builder } from "../program/builder.js";
import type { MathSequence } from "../program/sequence.js";
import type { Operand } from "../program/types.js";
import { decayed, expFactors, expm1Quarter, type Factors, within } from "./exp.js";
import { atMost, byFormat } from "./float.js";
import { logOfSum } from "./log.js";
import { fastTwoSum, product, twoSum } from "./pair.js";

/** e^−|x|, for x as small as −760 (f32: −110). */
export function decay(b: Builder, x: Operand): Factors {
  return expFactors(b, within(b, b.neg(b.abs(x))));
}

/** 1/(1 + e^−x), for x < 0 as e^x/(1 + e^x). */
function sigmoid(b: Builder, x: Operand): Operand {
  const { s, lost, drop } = decayed(b, atMost(b, b.abs(x), byFormat(x, 760, 110)), 1);
  const e = b.sub(s, lost); // where it is too large by 1/drop, it is small beside 1 all the same
  const one = b.like(x, 1);
  const isNegative = b.compare("lt", x, 0);
  return b.div(b.select(isNegative, b.mul(e, drop), one), b.add(one, e));
}

/** log(1 + e), 0 ≤ e ≤ 1. */
function log1pUnit(b: Builder, e: Operand): Operand {
  return logOfSum(b, fastTwoSum(b, b.like(e, 1), e));
}

/** log(1 + e^x) = max(x, 0) + log(1 + e^−|x|). */
function softplus(b: Builder, x: Operand): Operand {
  const { value, drop } = decay(b, x);
  const zero = b.like(x, 0);
  const above = b.select(b.compare("gt", x, zero), x, zero);
  return b.add(above, log1pUnit(b, b.mul(value, drop)));
}

/** log(1/p − 1) for the smaller of p and 1 − p, as log(1 + (1 − 2p)/p); close to 0, where 1/p overflows, −log p. */
function logit(b: Builder, p: Operand): Operand {
  const [zero, one] = [b.like(p, 0), b.like(p, 1)];
  const isLow = b.compare("lt", p, 0.5);
  const q = b.select(isLow, p, b.sub(one, p));
  const isTiny = b.compare("lt", q, 2 ** -60);
  const lift = byFormat(p, 200, 100);
  const half = b.div(b.sub(b.like(p, 0.5), q), q);
  const sum = twoSum(b, one, b.add(half, half));
  const high = b.select(isTiny, b.div(one, b.mul(q, 2 ** lift)), sum.high);
  const low = b.select(isTiny, zero, sum.low);
  const size = logOfSum(b, { high, low }, b.select(isTiny, b.like(p, -lift), zero));
  const atEnd = b.select(b.compare("eq", p, one), b.like(p, Infinity), Number.NaN);
  const outside = b.select(b.compare("eq", p, zero), b.like(p, -Infinity), atEnd);
  const isInside = b.and(b.compare("gt", p, zero), b.compare("lt", p, one));
  return b.select(isInside, b.select(isLow, b.neg(size), size), outside);
}

/** log(1 − e^−x), for small x by e^−x − 1, which close to 0 is −x. */
function log1mexp(b: Builder, x: Operand): Operand {
  const [zero, one] = [b.like(x, 0), b.like(x, 1)];
  const { value, drop } = decay(b, x);
  const far = fastTwoSum(b, one, b.neg(b.mul(value, drop)));
  const quarter = expm1Quarter(b, b.neg(atMost(b, b.abs(x), 1)));
  const four = b.like(x, -4);
  const near = fastTwoSum(b, b.mul(quarter.high, four), b.mul(quarter.low, four));
  const isFar = b.compare("gt", x, Math.LN2);
  const isTiny = b.compare("lt", x, 2 ** -60);
  const lift = byFormat(x, 200, 100);
  const high = b.select(isFar, far.high, near.high);
  const low = b.select(isFar, far.low, near.low);
  const size = b.abs(
    logOfSum(
      b,
      {
        high: b.select(isTiny, b.mul(x, 2 ** lift), high),
        low: b.select(isTiny, zero, low),
      },
      b.select(isTiny, b.like(x, lift), zero),
    ),
  );
  const outside = b.select(b.compare("eq", x, zero), b.like(x, -Infinity), Number.NaN);
  return b.select(b.compare("gt", x, zero), b.neg(size), outside);
}

/** The larger of x and y, and log(1 + e^−|x − y|) or that to base 2; past what counts, or without, the larger. */
function logSum(b: Builder, x: Operand, y: Operand, isBinary: boolean): Operand {
  const most = b.max(x, y);
  const gap = twoSum(b, b.min(x, y), b.neg(most));
  const scaled = isBinary
    ? product(b, gap, {
        high: b.like(x, Math.LN2),
        low: b.like(x, byFormat(x, 2.3190468138462996e-17, -1.9046542468e-9)),
      })
    : gap;
  const { value, drop } = expFactors(b, within(b, scaled.high), scaled.low);
  const rest = log1pUnit(b, b.mul(value, drop));
  const sum = b.add(most, isBinary ? b.mul(rest, Math.LOG2E) : rest);
  const counts = b.and(b.compare("lt", b.abs(most), Infinity), b.compare("gt", gap.high, -1100));
  return b.select(counts, sum, most);
}

export const sigmoidSequence: MathSequence = { name: "sigmoid", emit: sigmoid, inline: true };
export const softplusSequence: MathSequence = { name: "softplus", emit: softplus };
export const logSigmoidSequence: MathSequence = {
  name: "logSigmoid",
  emit: (b, x: Operand) => b.neg(softplus(b, b.neg(x))),
};
export const logitSequence: MathSequence = { name: "logit", emit: logit };
export const log1mexpSequence: MathSequence = { name: "log1mexp", emit: log1mexp };
export const logAddExpSequence: MathSequence = {
  name: "logAddExp",
  emit: (b, x: Operand, y: Operand) => logSum(b, x, y, false),
};
export const logAddExp2Sequence: MathSequence = {
  name: "logAddExp2",
  emit: (b, x: Operand, y: Operand) => logSum(b, x, y, true),
};
