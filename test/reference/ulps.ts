import { readFileSync } from "node:fs";
import { expect } from "vitest";

interface Case {
  readonly inputs: readonly number[];
  /** The f64 nearest to the true value, and the rest in ulps of it. */
  readonly nearest: number;
  readonly rest: number;
  /** Errors count in ulps of the larger of this and |value|. */
  readonly scale: number;
  readonly text: string;
}

/** The distance from |x| to the next larger f64. */
function ulp(x: number): number {
  const size = Math.abs(x);
  if (size < 2 ** -1021) return Number.MIN_VALUE;
  let power = Math.min(2 ** Math.floor(Math.log2(size)), 2 ** 1023);
  if (power > size) power /= 2;
  return power * Number.EPSILON;
}

/** The vectors that scripts/reference/special.py writes: inputs, value, rest and, with `scaled`, the scale. */
function read(name: string, arity: number): Case[] {
  const path = new URL(`./special/${name}.json`, import.meta.url);
  const { cases } = JSON.parse(readFileSync(path, "utf8")) as { cases: string[] };
  return cases.map((text) => {
    const fields = text.split(" ").map(Number);
    return {
      inputs: fields.slice(0, arity),
      nearest: fields[arity] as number,
      rest: (fields[arity + 1] as number) / 1000,
      scale: fields[arity + 2] ?? 0,
      text,
    };
  });
}

/** How far off `got` is, in ulps; ∞ where a special value (±∞, NaN, ±0) is not met exactly. */
function ulpsOff(got: number, { nearest, rest, scale }: Case): number {
  if (Object.is(got, nearest) && !Number.isFinite(nearest)) return 0;
  if (!Number.isFinite(nearest) || !Number.isFinite(got)) return Infinity;
  if (got === 0 && nearest === 0) return Object.is(got, nearest) ? 0 : Infinity;
  const unit = ulp(Math.max(Math.abs(nearest), scale));
  return Math.abs((got - nearest) / unit - (rest * ulp(nearest)) / unit);
}

/**
 * Fails unless `compute` is within `bound` ulps of every vector of `name`, exact at the special values.
 * With ULPS=1 in the environment the largest error is printed.
 */
export function expectWithinUlps(
  bound: number,
  name: string,
  compute: (...inputs: number[]) => number,
): void {
  const cases = read(name, compute.length);
  expect(cases.length, `vectors of ${name}`).toBeGreaterThan(100);
  let worst = 0;
  const failures: string[] = [];
  for (const one of cases) {
    const got = compute(...one.inputs);
    const off = ulpsOff(got, one);
    worst = Math.max(worst, off);
    if (!(off <= bound)) failures.push(`${one.text}: got ${got}, off by ${off.toFixed(2)} ulp`);
  }
  if (process.env.ULPS !== undefined) {
    console.log(
      `${name}: ${worst.toFixed(2)} ulp at most in ${cases.length} vectors (bound ${bound})`,
    );
  }
  expect(failures).toEqual([]);
}
