import { HALF_LOG_TWO_PI, LOG_PI, PI, TWELFTH } from "../ops/numerics/constants.js";
import { ASYMPTOTIC } from "../ops/numerics/digamma.js";
import { NEAR_TWO, NEAR_TWO_TAILS, STIRLING, STIRLING_FROM } from "../ops/numerics/gamma.js";
import type { Builder } from "../program/builder.js";
import type { MathSequence } from "../program/sequence.js";
import type { Operand } from "../program/types.js";
import {
  choose,
  choosePair,
  f64,
  halfTurns,
  ofDouble,
  pairOf,
  plus,
  scaled,
  single,
} from "./double.js";
import { exponentialParts, scaleByPower } from "./exponential-parts.js";
import { polynomial } from "./float.js";
import { logOfPair, logPair } from "./log-pair.js";
import { negative, type Pair, product, quotient, sum, times, twoSum } from "./pair.js";

// The methods of src/ops/numerics, where they are explained.

/** x increased by whole numbers until Stirling's series holds; `step` sees every number on the way. */
function shifted(
  b: Builder,
  x: Pair,
  start: number,
  step: (total: Pair, x: Pair) => Pair,
): { x: Pair; total: Pair } {
  const variables = [0, 1, 2, 3].map(() => b.variable("f64"));
  const write = ({ high, low }: Pair, at: number) => {
    b.assign(variables[at] as never, high);
    b.assign(variables[at + 1] as never, low);
  };
  const read = (at: number): Pair => ({
    high: b.read(variables[at] as never),
    low: b.read(variables[at + 1] as never),
  });
  write(x, 0);
  write(single(b, f64(b, start)), 2);
  b.while(
    () => b.compare("lt", read(0).high, f64(b, STIRLING_FROM)),
    () => {
      const at = read(0);
      write(step(read(2), at), 2);
      write(plus(b, at, f64(b, 1)), 0);
    },
  );
  return { x: read(0), total: read(2) };
}

/** Γ(x) = e^log / divisor. */
function parts(b: Builder, from: Pair): { log: Pair; divisor: Pair } {
  const { x, total } = shifted(b, from, 1, (divisor, at) => product(b, divisor, at));
  const w = b.div(f64(b, 1), b.mul(x.high, x.high));
  const rest = b.div(b.mul(w, polynomial(b, w, STIRLING)), x.high);
  const series = plus(b, quotient(b, pairOf(b, TWELFTH), x), rest);
  const main = product(b, plus(b, x, f64(b, -0.5)), logOfPair(b, x));
  const log = sum(b, sum(b, main, negative(b, x)), sum(b, pairOf(b, HALF_LOG_TWO_PI), series));
  return { log, divisor: total };
}

/** log Γ(2 + z), |z| ≤ ½. */
function nearTwo(b: Builder, z: Operand): Pair {
  const tails = NEAR_TWO_TAILS.length;
  let value = single(b, polynomial(b, z, NEAR_TWO.slice(tails)));
  for (let i = tails - 1; i >= 0; i--)
    value = sum(
      b,
      times(b, value, z),
      pairOf(b, { hi: NEAR_TWO[i] as number, lo: NEAR_TWO_TAILS[i] as number }),
    );
  return times(b, value, z);
}

function rounded(b: Builder, { high, low }: Pair): Operand {
  return b.add(high, low);
}

/** x ≤ 0 and whole, −∞ too. */
function isPole(b: Builder, x: Operand): Operand {
  const whole = b.compare("eq", x, b.compute("floor", "f64", [x]));
  return b.and(whole, b.compare("le", x, f64(b, 0)));
}

/** `value`, but NaN of NaN. */
function orNaN(b: Builder, x: Operand, value: Operand): Operand {
  return b.select(b.compare("eq", x, x), value, x);
}

function lgamma(b: Builder, x: Operand): Operand {
  const at = (value: number) => f64(b, value);
  const less = (a: Operand, limit: number) => b.compare("lt", a, at(limit));
  const size = b.abs(x);
  const near = b.and(b.compare("ge", x, at(0.5)), less(x, 2.5));
  const around = () => {
    const first = less(x, 1.5);
    const value = nearTwo(b, b.sub(x, b.select(first, at(1), at(2))));
    return choose(
      b,
      first,
      () => rounded(b, sum(b, value, negative(b, logPair(b, x)))),
      () => rounded(b, value),
    );
  };
  const tiny = less(size, 1);
  const far = () => {
    const log = logPair(b, size).high;
    return b.select(tiny, b.neg(log), b.mul(size, b.sub(log, at(1))));
  };
  const between = () => {
    const left = less(x, 0);
    const { log, divisor } = parts(b, single(b, size));
    // Γ(x) = −π/(x sin πx Γ(−x)), DLMF 5.5.3
    const mirrored = () => quotient(b, times(b, halfTurns(b, x).sine, size), divisor);
    const factor = choosePair(b, left, mirrored, () => divisor);
    const start = scaled(b, log, b.select(left, at(-1), at(1)));
    const base = scaled(b, pairOf(b, LOG_PI), b.select(left, at(1), at(0)));
    return rounded(b, sum(b, base, sum(b, start, negative(b, logOfPair(b, factor)))));
  };
  const outside = b.or(less(size, 1e-18), b.compare("gt", size, at(1e100)));
  const value = choose(b, near, around, () => choose(b, outside, far, between));
  const infinite = b.or(isPole(b, x), b.compare("eq", x, at(Infinity)));
  return orNaN(b, x, b.select(infinite, at(Infinity), value));
}

function digamma(b: Builder, x: Operand): Operand {
  const at = (value: number) => f64(b, value);
  const one = at(1);
  const inside = () => {
    const left = b.compare("lt", x, at(0));
    const mirrored = twoSum(b, one, b.neg(x));
    const from = {
      high: b.select(left, mirrored.high, x),
      low: b.select(left, mirrored.low, at(0)),
    };
    const { x: end, total } = shifted(b, from, 0, (reciprocals, { high, low }) =>
      sum(b, reciprocals, quotient(b, single(b, one), { high, low })),
    );
    const w = b.div(one, b.mul(end.high, end.high));
    const half = scaled(b, quotient(b, single(b, one), end), at(0.5));
    const series = b.add(at(1 / 12), b.mul(w, polynomial(b, w, ASYMPTOTIC)));
    const rest = plus(b, half, b.mul(w, series));
    const value = sum(b, logOfPair(b, end), negative(b, sum(b, total, rest)));
    // ψ(1 − x) − ψ(x) = π cot πx
    const reflected = () => {
      const { sine, cosine, negative: turned } = halfTurns(b, x);
      const size = product(b, pairOf(b, PI), quotient(b, cosine, sine));
      const sign = b.select(turned, one, at(-1));
      return rounded(b, sum(b, value, scaled(b, size, sign)));
    };
    return choose(b, left, reflected, () => rounded(b, value));
  };
  const large = () => {
    const value = logPair(b, x).high;
    return b.select(b.compare("eq", x, at(Infinity)), x, value);
  };
  const tiny = b.compare("lt", b.abs(x), at(1e-18));
  const wide = () => choose(b, b.compare("gt", x, at(1e18)), large, inside);
  const value = choose(b, tiny, () => b.div(at(-1), x), wide);
  const pole = b.and(isPole(b, x), b.compare("ne", x, at(0)));
  return orNaN(b, x, b.select(pole, at(Number.NaN), value));
}

function gamma(b: Builder, x: Operand): Operand {
  const at = (value: number) => f64(b, value);
  const inside = () => {
    const left = b.compare("lt", x, at(0));
    const { log, divisor } = parts(b, single(b, b.min(b.abs(x), at(200))));
    const end = (power: Pair, factor: Pair) => {
      const e = exponentialParts(b, power);
      return scaleByPower(b, rounded(b, product(b, e, factor)), e.power);
    };
    const reflected = () => {
      const { sine } = halfTurns(b, x);
      const half = b.mul(b.compute("floor", "f64", [x]), at(0.5));
      const even = b.compare("eq", half, b.compute("floor", "f64", [half]));
      const sized = times(b, sine, b.mul(x, b.select(even, at(-1), at(1))));
      return end(negative(b, log), product(b, quotient(b, pairOf(b, PI), sized), divisor));
    };
    return choose(b, left, reflected, () => end(log, quotient(b, single(b, at(1)), divisor)));
  };
  const tiny = b.compare("lt", b.abs(x), at(1e-18));
  const value = choose(b, tiny, () => b.div(at(1), x), inside);
  const pole = b.and(isPole(b, x), b.compare("ne", x, at(0)));
  const finite = b.select(b.compare("gt", x, at(172)), at(Infinity), value);
  return orNaN(b, x, b.select(pole, at(Number.NaN), finite));
}

export const lgammaSequence: MathSequence = /* @__PURE__ */ ofDouble("lgamma", lgamma);
export const digammaSequence: MathSequence = /* @__PURE__ */ ofDouble("digamma", digamma);
export const gammaSequence: MathSequence = /* @__PURE__ */ ofDouble("gamma", gamma);
