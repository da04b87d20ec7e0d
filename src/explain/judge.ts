import type { Undecided } from "./explanation.js";

/** What differences say of one derivative. */
export interface Verdict {
  readonly difference: number;
  readonly error: number;
  readonly outcome: "agrees" | "differs" | Undecided;
  readonly sides?: readonly [number, number];
}

/** A difference at one step. */
interface Estimate {
  readonly step: number;
  readonly slope: number;
  /** How far rounding alone may move it. */
  readonly lost: number;
}

type Curve = (x: number) => number;

/** Share of a derivative that rounding may hide before a difference decides nothing. */
const hidden = 0.01;

/** The least number above 0. */
const least = 5e-324;

/**
 * Compares the derivative of `f` at `x` with central differences at several steps, some as small as `x` asks for: near
 * a kink, the end of the domain, or 0, only these tell. It agrees where one of them meets it, relative to itself. It
 * differs only where the differences meet each other elsewhere; kinks, jumps, ends of the domain, functions that change
 * faster than the numbers near `x` can follow, and derivatives that rounding hides are told apart.
 */
export function judge(f: Curve, x: number, exact: number, single: boolean): Verdict {
  const precision = single ? 2 ** -23 : 2 ** -52;
  const round: Curve = (value) => (single ? Math.fround(value) : value);
  const here = f(x);
  if (!Number.isFinite(here))
    return { difference: Number.NaN, error: Number.NaN, outcome: "not finite" };
  const root = precision ** (1 / 5);
  const wide = root * Math.max(1, Math.abs(x));
  const close = root * Math.abs(x);
  const shrink = single ? [1, 32] : [1, 32, 2 ** 10, 2 ** 15, 2 ** 20, 2 ** 25];
  const steps = [
    ...shrink.map((by) => wide / by),
    ...(close > 0 && close < wide / 32 ? shrink.map((by) => close / by) : []),
  ];
  const variation = Math.max(Math.abs(f(x + wide) - here), Math.abs(here - f(x - wide))) / wide;
  const tolerance = single ? 1e-2 : exact === 0 ? 1e-4 : 1e-6;
  const scale = exact === 0 && Number.isFinite(variation) ? variation : Math.abs(exact);

  const found: Estimate[] = [];
  let agreed: Estimate | undefined;
  for (const step of steps) {
    const estimate = extrapolated(f, x, step, precision, round);
    found.push(estimate);
    const distance = Math.abs(estimate.slope - exact);
    if (distance > tolerance * scale || Number.isNaN(distance)) continue;
    if (distance > 0 && estimate.lost > hidden * scale) continue; // by chance, perhaps
    agreed = estimate;
    break;
  }
  const verdict = (estimate: Estimate, outcome: Verdict["outcome"]): Verdict => {
    const distance = Math.abs(estimate.slope - exact);
    const error = estimate.slope === exact ? 0 : distance / Math.max(1, Math.abs(exact));
    return { difference: estimate.slope, error, outcome };
  };
  if (!Number.isFinite(exact)) return verdict(found[0] as Estimate, "not finite");
  const finite = found.filter(({ slope }) => Number.isFinite(slope));
  if (finite.length === 0)
    return verdict(found[0] as Estimate, endsAt(f, x, steps) ? "edge" : "not finite");
  const chosen = agreed ?? nearest(finite, exact);
  const rough = roughness(f, x, chosen.step / 64, round);
  const lost = chosen.lost + (8 * rough) / chosen.step;
  if (agreed === undefined && jumps(f, x, here, chosen.step)) {
    const next = Math.abs(exact) * precision * Math.abs(x); // the change up to the next number
    const away = Math.abs(f(x + 2 * chosen.step) - here);
    return verdict(chosen, next >= 0.1 * away && next > 0 ? "fast" : "jump");
  }
  const sides = kinkAt(f, x, here, chosen.step, exact, 4 * lost + tolerance * Math.abs(exact));
  if (sides !== undefined) return { ...verdict(chosen, "kink"), sides };
  if (agreed !== undefined) return verdict(agreed, "agrees");
  if (Math.abs(chosen.slope - exact) <= lost)
    return verdict(chosen, lost >= Math.abs(exact) ? "small" : "rounding");
  return verdict(chosen, meetEachOther(finite) ? "differs" : "fast");
}

/** Whether there are values on one side of `x` only, however close. */
function endsAt(f: Curve, x: number, steps: readonly number[]): boolean {
  const step = Math.min(...steps);
  const ends = ([inside, outside]: readonly number[]): boolean =>
    Number.isFinite(f(x + (inside as number))) && Number.isNaN(f(x + (outside as number)));
  return ends([step, -step]) || ends([-step, step]);
}

/** The difference from two steps whose error is O(h⁴), between numbers as far apart as the dtype has them. */
function extrapolated(
  f: Curve,
  x: number,
  step: number,
  precision: number,
  round: Curve,
): Estimate {
  const central = (h: number) => {
    const [up, down] = [round(x + h), round(x - h)];
    const [above, below] = [f(up), f(down)];
    const size = Math.max(Math.abs(above), Math.abs(below));
    return { slope: (above - below) / (up - down), size };
  };
  const [outer, inner] = [central(step), central(step / 2)];
  return {
    step,
    slope: inner.slope + (inner.slope - outer.slope) / 3,
    lost: (8 * (precision * inner.size + least)) / step,
  };
}

/**
 * How far values jump about on either side of `x`, which no smooth function does: fourth differences over neighbours
 * (Moré and Wild, Estimating computational noise, 2011).
 */
function roughness(f: Curve, x: number, spacing: number, round: Curve): number {
  const side = (sign: number): number => {
    let values = Array.from({ length: 7 }, (_, i) => f(round(x + sign * (i + 1) * spacing)));
    for (let order = 0; order < 4; order++)
      values = values.slice(1).map((value, i) => value - (values[i] as number));
    const largest = Math.max(...values.map(Math.abs));
    return Number.isFinite(largest) ? largest / Math.sqrt(70) : 0;
  };
  return Math.max(side(1), side(-1));
}

function nearest(estimates: readonly Estimate[], exact: number): Estimate {
  const distance = ({ slope }: Estimate): number => Math.abs(slope - exact);
  return estimates.reduce((best, one) => (distance(one) < distance(best) ? one : best));
}

/** Whether two neighbouring steps give the same: then there is a slope to speak of. */
function meetEachOther(estimates: readonly Estimate[]): boolean {
  return estimates.some((one, i) => {
    const before = estimates[i - 1];
    if (before === undefined) return false;
    const size = Math.max(Math.abs(one.slope), Math.abs(before.slope));
    return Math.abs(one.slope - before.slope) <= 1e-3 * size;
  });
}

/** Whether the value is another one right beside `x`: as far away at every small step. */
function jumps(f: Curve, x: number, here: number, step: number): boolean {
  return [1, -1].some((sign) => {
    const [first = 0, ...closer] = [2, 8, 32, 128].map((by) => f(x + (sign * step) / by) - here);
    const size = Math.abs(first);
    return size > 0 && closer.every((away) => Math.abs(away - first) < 0.1 * size);
  });
}

/** The slopes on either side of a kink, which stay apart as the step shrinks; those of a smooth function meet. */
function kinkAt(
  f: Curve,
  x: number,
  here: number,
  step: number,
  exact: number,
  noise: number,
): readonly [number, number] | undefined {
  const sides = (h: number): readonly [number, number] => [
    (here - f(x - h)) / h,
    (f(x + h) - here) / h,
  ];
  const [[left, right], [l, r]] = [sides(step / 2), sides(step / 4)];
  const between = exact >= Math.min(l, r) - noise && exact <= Math.max(l, r) + noise;
  const [gap, closer] = [Math.abs(right - left), Math.abs(r - l)];
  if (!between || closer <= noise || closer <= 0.95 * gap) return undefined;
  return [limit(left, l, noise), limit(right, r, noise)];
}

/** Where slopes at a step and at half of it lead to; 0 where that is below what they are off by. */
function limit(wide: number, close: number, noise: number): number {
  const slope = 2 * close - wide;
  return Math.abs(slope) <= Math.abs(close - wide) + noise ? 0 : slope;
}
