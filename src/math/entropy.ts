import type { Builder } from "../program/builder.js";
import type { MathSequence } from "../program/sequence.js";
import type { Operand } from "../program/types.js";
import { log, log1p, logOf, logOfSum, normaliseAll } from "./log.js";
import { twoSum } from "./pair.js";

/** x·logarithm, 0 at x = 0 unless y is NaN. */
function timesLog(b: Builder, x: Operand, y: Operand, logarithm: Operand): Operand {
  const zero = b.like(x, 0);
  const vanishes = b.and(b.compare("eq", x, zero), b.compare("eq", y, y));
  return b.select(vanishes, zero, b.mul(x, logarithm));
}

/** −x log x, 0 at 0, −∞ below. */
function entr(b: Builder, x: Operand): Operand {
  const zero = b.like(x, 0);
  const value = b.sub(zero, b.mul(x, logOf(b, normaliseAll(b, x))));
  const outside = b.select(b.compare("lt", x, zero), b.like(x, -Infinity), b.abs(x));
  return b.select(b.compare("gt", x, zero), value, outside);
}

/** log(x/y) of positive numbers: of the exponents, and of 1 + (m − n)/n for fractions within a factor of √2. */
function logRatio(b: Builder, x: Operand, y: Operand): Operand {
  const [p, q] = [normaliseAll(b, x), normaliseAll(b, y)];
  const [one, zero] = [b.like(x, 1), b.like(x, 0)];
  const [m, n] = [b.add(p.f, one), b.add(q.f, one)];
  const limit = b.like(x, 1.4);
  const isAbove = b.compare("gt", m, b.mul(n, limit));
  const isBelow = b.compare("gt", n, b.mul(m, limit));
  /** One of three: m too large, too small, or near n. */
  const pick = (above: number, below: number, near: Operand): Operand =>
    b.select(isAbove, b.like(x, above), b.select(isBelow, b.like(x, below), near));
  const ratio = b.div(b.sub(b.mul(m, pick(0.5, 2, one)), n), n);
  const lower = b.sub(b.sub(q.k, p.k), pick(1, -1, zero));
  return logOfSum(b, twoSum(b, one, ratio), lower);
}

/** x log(x/y), 0 for x = 0 ≤ y, else ∞ unless both are positive. */
function relEntr(b: Builder, x: Operand, y: Operand): Operand {
  const [zero, infinity] = [b.like(x, 0), b.like(x, Infinity)];
  const areFinite = b.and(b.compare("lt", x, infinity), b.compare("lt", y, infinity));
  const factor = b.select(areFinite, logRatio(b, x, y), b.sub(x, y));
  const arePositive = b.and(b.compare("gt", x, zero), b.compare("gt", y, zero));
  const vanishes = b.and(b.compare("eq", x, zero), b.compare("ge", y, zero));
  const outside = b.select(vanishes, zero, infinity);
  const value = b.select(arePositive, b.mul(x, factor), outside);
  const sum = b.add(x, y);
  return b.select(b.compare("eq", sum, sum), value, Number.NaN);
}

export const xlogySequence: MathSequence = {
  name: "xlogy",
  emit: (b, x: Operand, y: Operand) => timesLog(b, x, y, log(b, y)),
};
export const xlog1pySequence: MathSequence = {
  name: "xlog1py",
  emit: (b, x: Operand, y: Operand) => timesLog(b, x, y, log1p(b, y)),
};
export const entrSequence: MathSequence = { name: "entr", emit: entr };
export const relEntrSequence: MathSequence = { name: "relEntr", emit: relEntr };
