import { expect, it } from "vitest";
import { type DType, grad, jvp, type Tensor, tensor } from "../../src/index.js";

/** A function of one number. */
export type Curve = (x: Tensor) => Tensor;

/** A point, and the value, first and second derivative there: by the stated convention. */
export type EdgeRow = readonly [x: number, value: number, first: number, second: number];

type Scalar = (x: Tensor) => Tensor;
const gradient = grad as unknown as (f: Scalar) => Scalar;
const push = jvp as unknown as (f: Scalar, xs: Tensor[], ts: Tensor[]) => [Tensor, Tensor];
const slope =
  (f: Scalar): Scalar =>
  (x) =>
    push(f, [x], [tensor(1, { dtype: x.dtype }) as Tensor])[1];

/** How far from the expectation f64 and f32 results may lie, in relative terms. */
const tolerance: Partial<Record<DType, number>> = { f64: 1e-13, f32: 2e-5 };

const numbers: Record<"f64" | "f32", (x: number) => number> = { f64: (x) => x, f32: Math.fround };

/** Equal, both NaN, or near in relative terms; results below the normal numbers of the dtype count as 0. */
function agrees(actual: number, expected: number, dtype: "f64" | "f32"): boolean {
  const rounded = numbers[dtype](expected);
  if (Object.is(actual, rounded) || actual === rounded) return true;
  if (!Number.isFinite(rounded)) return false;
  const smallest = dtype === "f64" ? 1e-300 : 1e-37;
  return Math.abs(actual - rounded) <= (tolerance[dtype] as number) * Math.abs(rounded) + smallest;
}

/**
 * Value, first and second derivative of `f` at each point, exactly or (where finite) to rounding: the first in reverse
 * and forward mode, the second in all four combinations of them, in f64 and f32.
 */
export function itHasEdges(
  name: string,
  f: Curve,
  rows: readonly EdgeRow[],
  dtypes = ["f64", "f32"],
): void {
  const modes: readonly (readonly [string, Scalar])[] = [
    ["value", f],
    ["reverse", gradient(f)],
    ["forward", slope(f)],
    ["reverse over reverse", gradient(gradient(f))],
    ["forward over reverse", slope(gradient(f))],
    ["reverse over forward", gradient(slope(f))],
    ["forward over forward", slope(slope(f))],
  ];
  it(`${name} keeps its conventions at ${rows.map(([x]) => x).join(", ")}`, () => {
    for (const dtype of dtypes as ("f64" | "f32")[]) {
      for (const [x, value, first, second] of rows) {
        if (dtype === "f32" && Math.fround(x) !== x && Math.abs(x) > 1e38) continue;
        const at = tensor(x, { dtype }) as Tensor;
        modes.forEach(([mode, g], i) => {
          const expected = i === 0 ? value : i < 3 ? first : second;
          const actual = Number(g(at).item());
          if (!agrees(actual, expected, dtype))
            expect.fail(`${name} at ${x}, ${mode}, ${dtype}: expected ${expected}, got ${actual}`);
        });
      }
    }
  });
}

/** `f` by one of its inputs, the others held. */
export function by(f: (...xs: Tensor[]) => unknown, at: number, ...rest: number[]): Curve {
  return (x) => {
    const held = rest.map((value) => tensor(value, { dtype: x.dtype }) as Tensor);
    return f(...held.slice(0, at), x, ...held.slice(at)) as Tensor;
  };
}
