import type { Builder } from "../program/builder.js";
import type { MathSequence } from "../program/sequence.js";
import type { Operand } from "../program/types.js";
import { byFormat, formatOf, magic, polynomial, powerFrom, signed, truncated } from "./float.js";
import { normaliseAll } from "./log.js";

/** ∛(1 + f), |log(1 + f)| ≤ ln 2 / 2, near-minimax (as in exp.ts): errors 2^-19, 2^-13. */
const CUBE_ROOT: readonly number[] = [
  0.999999013156748, 0.33332028047662454, -0.11096434614983978, 0.062289593440518314,
  -0.0447786111073133, 0.026938236901996628,
];
const CUBE_ROOT_SINGLE: readonly number[] = [
  1.000069260597229, 0.3336241543292999, -0.11571568250656128, 0.05820120498538017,
];

/** Of x = 8^q m, an approximation of ∛m to half the digits, squared exactly, and one step of Halley's method. */
function cbrt(b: Builder, x: Operand): Operand {
  const size = b.abs(x);
  const { k, f } = normaliseAll(b, size);
  const shift = b.like(x, magic(x) + formatOf(x).bias);
  const sum = b.add(b.mul(k, 1 / 3), shift);
  const q = b.sub(sum, shift);
  const left = b.sub(k, b.mul(q, 3)); // −1, 0 or 1
  const one = b.like(x, 1);
  const zero = b.like(x, 0);
  /** One of three by `left`. */
  const pick = (below: number, above: number): Operand =>
    b.select(
      b.compare("lt", left, zero),
      b.like(x, below),
      b.select(b.compare("gt", left, zero), b.like(x, above), one),
    );
  const m = b.mul(b.add(f, one), pick(0.5, 2));
  const start = b.mul(
    polynomial(b, f, byFormat(x, CUBE_ROOT, CUBE_ROOT_SINGLE)),
    pick(0.7937005259840998, 1.2599210498948732),
  );
  const t = truncated(b, start);
  const r = b.div(m, b.mul(t, t));
  const step = b.div(b.sub(r, t), b.add(b.add(t, t), r));
  const root = b.mul(b.add(t, b.mul(t, step)), powerFrom(b, sum));
  const inner = b.and(b.compare("gt", size, zero), b.compare("lt", size, Infinity));
  return b.select(inner, signed(b, root, x), x);
}

/** √(x² + y²) of numbers scaled so that no square over- or underflows; ∞ if either is, even beside NaN. */
function hypot(b: Builder, x: Operand, y: Operand): Operand {
  const [p, q] = [b.abs(x), b.abs(y)];
  const isFirst = b.compare("gt", p, q);
  const high = b.select(isFirst, p, q);
  const low = b.select(isFirst, q, p);
  const tooLarge = b.compare("gt", high, byFormat(x, 2 ** 500, 2 ** 60));
  const tooSmall = b.compare("lt", high, byFormat(x, 2 ** -400, 2 ** -40));
  const power = byFormat(x, 2 ** 600, 2 ** 90);
  const pick = (large: number, small: number): Operand =>
    b.select(tooLarge, b.like(x, large), b.select(tooSmall, b.like(x, small), 1));
  const scale = pick(1 / power, power);
  const [u, v] = [b.mul(high, scale), b.mul(low, scale)];
  const root = b.sqrt(b.add(b.mul(u, u), b.mul(v, v)));
  const infinity = b.like(x, Infinity);
  const isInfinite = b.or(b.compare("eq", p, infinity), b.compare("eq", q, infinity));
  return b.select(isInfinite, infinity, b.mul(root, pick(power, 1 / power)));
}

export const cbrtSequence: MathSequence = { name: "cbrt", emit: cbrt };
export const hypotSequence: MathSequence = { name: "hypot", emit: hypot };
