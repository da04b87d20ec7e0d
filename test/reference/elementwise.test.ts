import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import * as cotangent from "../../src/index.js";
import { grad, jvp, type Tensor } from "../../src/index.js";

type Elementwise = (...xs: Tensor[]) => Tensor;
type Row = readonly (number | string)[];

const functions: Readonly<Record<string, unknown>> = { ...cotangent };
const reference: Readonly<Record<string, readonly Row[]>> = JSON.parse(
  readFileSync(new URL("elementwise.json", import.meta.url), "utf8"),
);

/** Rounding is no error: of the argument, eps·|x| times the slope; of what a second derivative is the slope of. */
function near(actual: number, expected: number, relative: number, slopes: readonly number[]) {
  if (actual === expected) return true;
  const rounding = slopes.reduce((total, slope) => total + 4 * Number.EPSILON * Math.abs(slope), 0);
  return Math.abs(actual - expected) <= relative * Math.abs(expected) + rounding + 1e-300;
}

function check(
  what: string,
  at: readonly number[],
  actual: number,
  expected: number,
  relative: number,
  slopes: readonly number[] = [],
): void {
  if (near(actual, expected, relative, slopes)) return;
  expect.fail(`${what} at (${at.join(", ")}): expected ${expected}, got ${actual}`);
}

for (const [name, rows] of Object.entries(reference)) {
  const f = functions[name] as Elementwise;
  const binary = rows[0]?.length === 8;
  it(`${name} and its derivatives to second order agree with mpmath at ${rows.length} points`, () => {
    expect(f, `a function ${name}`).toBeTypeOf("function");
    for (const row of rows) (binary ? checkBinary : checkUnary)(name, f, row.map(Number));
  });
}

function checkUnary(name: string, f: Elementwise, row: readonly number[]): void {
  const [x, y, dy, ddy] = row as [number, number, number, number];
  const df = (t: Tensor) => grad(f)(t) as unknown as Tensor;
  const [value, forward] = jvp(f, [x], [1]) as unknown as [number, number];
  const second = jvp(df, [x], [1]) as unknown as [number, number];
  check(name, [x], value, y, 1e-13, [x * dy]);
  check(`${name}′ forward`, [x], forward, dy, 1e-12, [x * ddy]);
  check(`${name}′ reverse`, [x], second[0], dy, 1e-12, [x * ddy]);
  check(`${name}″`, [x], second[1], ddy, 1e-10, [y, dy]);
}

function checkBinary(name: string, f: Elementwise, row: readonly number[]): void {
  const [x, y, z, fx, fy, fxx, fxy, fyy] = row as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const gradient = (a: Tensor, b: Tensor) =>
    grad(f, { argnums: [0, 1] })(a, b) as unknown as Tensor[];
  const along = (s: number, t: number) =>
    jvp(gradient, [x, y], [s, t]) as unknown as [number[], number[]];
  const [[dx, dy], [dxx, dxy]] = along(1, 0) as [[number, number], [number, number]];
  const [, [dyx, dyy]] = along(0, 1) as [unknown, [number, number]];
  const [value] = jvp(f, [x, y], [1, 1]) as unknown as [number];
  const at = [x, y];
  const crossed = [x * fxx, y * fxy, x * fxy, y * fyy];
  check(name, at, value, z, 1e-13, [x * fx, y * fy]);
  check(`∂${name}/∂x`, at, dx, fx, 1e-12, crossed);
  check(`∂${name}/∂y`, at, dy, fy, 1e-12, crossed);
  const scale = [fxx, fxy, fyy].map((slope) => slope * 1e4);
  check(`∂²${name}/∂x²`, at, dxx, fxx, 1e-10, scale);
  check(`∂²${name}/∂x∂y`, at, dxy, fxy, 1e-10, scale);
  check(`∂²${name}/∂y∂x`, at, dyx, fxy, 1e-10, scale);
  check(`∂²${name}/∂y²`, at, dyy, fyy, 1e-10, scale);
}
