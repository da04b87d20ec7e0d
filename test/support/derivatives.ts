import { expect } from "vitest";
import { grad, jvp, multiply, sum, type Tensor, tensor, vjp, vmap } from "../../src/index.js";

type Map = (...xs: Tensor[]) => Tensor;
type Forward = (f: Map, xs: readonly Tensor[], ts: readonly Tensor[]) => [Tensor, Tensor];
type Reverse = (f: Map, ...xs: readonly Tensor[]) => [Tensor, (ct: Tensor) => Tensor[]];
type Batched = (f: Map, options: { inAxes: (number | null)[] }) => Map;

/** Numbers in (−2, 2) that repeat from run to run. */
export function sample(shape: readonly number[], seed = 1): Tensor {
  let state = seed * 2654435761;
  const size = shape.reduce((a, b) => a * b, 1);
  const data = Float64Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32) * 4 - 2;
  });
  return tensor(data, shape);
}

/**
 * Derivatives of `f` at `xs` against central differences and against each other: reverse mode entry by entry,
 * forward mode in one direction, the adjoint identity, and (order 2) both for the gradient itself.
 */
export function expectDerivatives(f: Map, xs: readonly Tensor[], order: 1 | 2 = 2): void {
  const [first] = xs as [Tensor];
  const out = f(...xs);
  const weights = sample(out.shape, 7);
  const loss = (...args: Tensor[]): Tensor => sum(multiply(f(...args), weights));
  const directions = xs.map((x, i) => sample(x.shape, 11 + i));
  const [, pushed] = (jvp as unknown as Forward)(f, xs, directions);
  const [, pull] = (vjp as unknown as Reverse)(f, ...xs);
  const pulled = pull(weights);
  let forward = 0;
  pushed.data.forEach((t, i) => {
    forward += t * (weights.data[i] as number);
  });
  let backward = 0;
  pulled.forEach((ct, i) => {
    expect(ct.shape).toEqual((xs[i] as Tensor).shape);
    expect(ct.dtype).toBe((xs[i] as Tensor).dtype);
    ct.data.forEach((c, j) => {
      backward += c * ((directions[i] as Tensor).data[j] as number);
    });
  });
  expect(backward, "adjoint identity").toBeCloseTo(forward, 9);
  xs.forEach((x, i) => {
    const difference = Array.from(x.data, (value, j) => {
      const at = (h: number): number => {
        const moved = Float64Array.from(x.data);
        moved[j] = value + h;
        return loss(...xs.map((other, k) => (k === i ? tensor(moved, x.shape) : other)))
          .data[0] as number;
      };
      const h = 1e-3;
      return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
    });
    expectClose((pulled[i] as Tensor).data, difference, 1e-8, `gradient by input ${i}`);
  });
  if (order === 2) {
    const gradient: Map = (...args) =>
      grad((x: Tensor) => loss(x, ...args.slice(1)))(args[0] as Tensor) as Tensor;
    if (first.size > 0) expectDerivatives(gradient, xs, 1);
  }
}

export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance = 1e-13,
  what = "values",
): void {
  expect(actual.length, what).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [actual[i] as number, expected[i] as number];
    if (Object.is(a, b) || a === b || (Number.isNaN(a) && Number.isNaN(b))) continue;
    if (!(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b))))
      expect.fail(
        `${what}: [${Array.from(actual)}] is not close to [${Array.from(expected)}] at ${i}`,
      );
  }
}

/** `vmap(f)` against `f` on every slice, with each choice of mapped inputs; the mapped axis moves about. */
export function expectBatches(f: Map, xs: readonly Tensor[], size = 3): void {
  for (let choice = 1; choice < 2 ** xs.length; choice++) {
    const mapped = xs.map((_, i) => ((choice >> i) & 1) === 1);
    for (const last of [false, true]) {
      const batched = xs.map((x, i) => {
        if (mapped[i] !== true) return x;
        const rows = Array.from({ length: size }, (_, k) =>
          k === 0 ? Array.from(x.data) : permuted(Array.from(x.data), k),
        );
        const data = last
          ? Array.from(rows[0] as number[], (_, j) => rows.map((row) => row[j] as number)).flat()
          : rows.flat();
        return tensor(data, last ? [...x.shape, size] : [size, ...x.shape], { dtype: x.dtype });
      });
      const inAxes = xs.map((x, i) => (mapped[i] === true ? (last ? x.ndim : 0) : null));
      const result = (vmap as unknown as Batched)(f, { inAxes })(...batched);
      const expected = Array.from({ length: size }, (_, k) => {
        const slice = xs.map((x, i) =>
          mapped[i] === true && k > 0
            ? tensor(permuted(Array.from(x.data), k), x.shape, { dtype: x.dtype })
            : x,
        );
        return f(...slice);
      });
      expect(result.shape).toEqual([size, ...(expected[0] as Tensor).shape]);
      expect(result.dtype).toBe((expected[0] as Tensor).dtype);
      expectClose(
        result.data,
        expected.flatMap((y) => Array.from(y.data)),
        1e-13,
        `vmap over inputs ${mapped}, axis ${last ? "last" : "first"}`,
      );
    }
  }
}

function permuted(data: number[], by: number): number[] {
  return data.map((_, i) => data[(i * (by + 1) + by) % data.length] as number);
}
