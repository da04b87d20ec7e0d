import fc from "fast-check";
import { expect, it } from "vitest";
import {
  add,
  arange,
  broadcastTo,
  cast,
  concatenate,
  cumsum,
  exp,
  flip,
  grad,
  jacfwd,
  jacrev,
  jit,
  matmul,
  mul,
  pad,
  reshape,
  sin,
  slice,
  sqrt,
  square,
  stack,
  sub,
  sum,
  type Tensor,
  take,
  tensor,
  transpose,
  vmap,
} from "../../src/index.js";

// long axes with small ones beside them: loops over the long ones, the small ones written out

type Unary = (x: Tensor) => Tensor;

const numbers = (shape: readonly number[], seed: number): Tensor =>
  tensor(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(1.3 * i + seed)),
    shape,
  );

/** The compiled function gives what the function gives. */
function agrees(f: (...xs: Tensor[]) => Tensor[], args: Tensor[]): void {
  const expected = f(...args);
  const actual = jit(f)(...args) as Tensor[];
  expected.forEach((want, k) => {
    const have = actual[k] as Tensor;
    expect(have.shape).toEqual(want.shape);
    want.data.forEach((value, i) => {
      const error = Math.abs(value - (have.data[i] as number));
      expect(error, `element ${i} of result ${k}`).toBeLessThan(1e-11 * (1 + Math.abs(value)));
    });
  });
}

const at = <T>(list: readonly T[], k: number): T => list[k % list.length] as T;
const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** An index along an axis. */
const k = (x: Tensor, i: number, j: number): number => j % (x.shape[i % x.ndim] as number);

/** Makes a tensor from one, or gives it back where that does not fit. Numbers choose what is made. */
const steps: readonly ((x: Tensor, others: readonly Tensor[], i: number, j: number) => Tensor)[] = [
  (x) => sin(x) as Tensor,
  (x, others, i) => {
    const alike = others.filter((y) => y.shape.join() === x.shape.join());
    return (i % 2 ? mul(x, at(alike, i)) : sub(at(alike, i), x)) as Tensor;
  },
  (x, others, i) => {
    // broadcasting: what has 1 where x has more, or ends as x ends
    const fits = others.filter((y) =>
      y.shape.every((n, k) => {
        const own = x.shape[x.ndim - y.ndim + k];
        return own !== undefined && (n === 1 || n === own);
      }),
    );
    return fits.length === 0 ? x : (add(x, mul(0.5, at(fits, i))) as Tensor);
  },
  (x, _, i, j) => {
    const axis = i % x.ndim;
    const n = x.shape[axis] as number;
    const start = x.shape.map((_n, k) => (k === axis && n < 20 ? j % n : 0));
    return slice(x, start) as Tensor;
  },
  (x, others, i, j) => {
    const axis = i % x.ndim;
    const fits = others.filter(
      (y) => y.ndim === x.ndim && y.shape.every((n, k) => k === axis || n === x.shape[k]),
    );
    return concatenate([x, at(fits, j), x].slice(j % 2), { axis });
  },
  (x, _, i) => stack([x, mul(x, x) as Tensor], { axis: i % (x.ndim + 1) }),
  (x, _, i, j) =>
    pad(
      x,
      x.shape.map((_n, k): [number, number] => (k === i % x.ndim ? [j % 3, (j >> 2) % 2] : [0, 0])),
    ) as Tensor,
  (x, _, i) =>
    transpose(
      x,
      [...x.shape.keys()].map((k) => (k + 1 + i) % x.ndim),
    ) as Tensor,
  (x, _, i) => {
    if (x.ndim < 2) return reshape(x, [x.size, 1]) as Tensor;
    const k = i % (x.ndim - 1);
    const both = (x.shape[k] as number) * (x.shape[k + 1] as number);
    return reshape(x, [...x.shape.slice(0, k), both, ...x.shape.slice(k + 2)]) as Tensor;
  },
  (x, _, i) => flip(x, i % x.ndim) as Tensor,
  (x, _, i) => mul(0.1, sum(x, { axis: i % x.ndim, keepdims: i % 3 === 0 })) as Tensor,
  (x) => add(x, mul(0.01, sum(square(x)))) as Tensor,
  (x, _, i, j) => take(x, at([k(x, i, j), [k(x, i, j)]], j), { axis: i % x.ndim }) as Tensor,
  (x, others, i) => {
    const fits = others.filter((y) => y.ndim === 2 && y.shape[0] === x.shape[x.ndim - 1]);
    return fits.length === 0 || x.ndim < 2 ? x : (matmul(x, at(fits, i)) as Tensor);
  },
  (x, others, i) => {
    const fits = others.filter(
      (y) => x.ndim === 3 && y.ndim === 3 && y.shape[0] === x.shape[0] && y.shape[1] === x.shape[2],
    );
    return fits.length === 0 ? x : (matmul(x, at(fits, i)) as Tensor);
  },
  (x, _, i) => mul(0.1, cumsum(x, { axis: i % x.ndim })) as Tensor,
  (x) => add(x, mul(0.01, reshape(arange(x.size), x.shape))) as Tensor,
  (x, _, i) => (x.size < 500 ? (broadcastTo(x, [1 + (i % 3), ...x.shape]) as Tensor) : x),
];

const program = fc.array(fc.tuple(fc.nat(97), fc.nat(97), fc.nat(97), fc.nat(97)), {
  minLength: 3,
  maxLength: 14,
});

/** The function that a list of choices stands for: every tensor it makes, the last three as results. */
function built(choices: readonly (readonly [number, number, number, number])[]) {
  return (...inputs: Tensor[]): Tensor[] => {
    const made = [...inputs];
    for (const [which, from, i, j] of choices) {
      const x = at(made, from);
      if (x.ndim === 0) continue;
      const next = at(steps, which)(x, made, i, j);
      if (next.ndim <= 4 && sizeOf(next.shape) > 0 && sizeOf(next.shape) < 4000) made.push(next);
    }
    return made.slice(-3);
  };
}

const shapes = (n: number): number[][] => [[n], [n, 3], [n, 2, 3], [n, 3, 3], [3], [3, 2], [2, n]];

it("random programs over long and small axes", () => {
  fc.assert(
    fc.property(program, fc.constantFrom(64, 67, 130), (choices, n) => {
      agrees(built(choices), shapes(n).map(numbers));
    }),
    { numRuns: 150 },
  );
});

it("their gradients", () => {
  fc.assert(
    fc.property(program, fc.constantFrom(64, 67), (choices, n) => {
      const f = built(choices);
      const total = (...xs: Tensor[]): Tensor =>
        f(...xs).reduce((s, y) => add(s, sum(sin(y))) as Tensor, tensor(0) as Tensor);
      const all = shapes(n).map((_, i) => i);
      agrees(grad(total as never, { argnums: all }) as never, shapes(n).map(numbers));
    }),
    { numRuns: 75 },
  );
});

const cross = (a: Tensor, b: Tensor): Tensor => {
  const [x, y] = [a, b].map((v) => [0, 1, 2].map((i) => take(v, i) as Tensor)) as Tensor[][];
  const part = (i: number, j: number): Tensor =>
    sub(mul(x?.[i] as Tensor, y?.[j] as Tensor), mul(x?.[j] as Tensor, y?.[i] as Tensor)) as Tensor;
  return stack([part(1, 2), part(2, 0), part(0, 1)]);
};
const unit: Unary = (v) => mul(v, exp(mul(-1, sqrt(sum(square(v)))))) as Tensor;

it.each([
  ["forward", jacfwd],
  ["reverse", jacrev],
] as const)("Jacobians of small vectors, mapped, %s: one loop, without divisions", (_, jac) => {
  const turned = (r: Tensor, p: Tensor): Tensor => add(p, cross(unit(r), p)) as Tensor;
  const f = vmap(jac(turned as never, { argnums: [0, 1] }) as never) as never;
  const inputs = [numbers([100, 3], 1), numbers([100, 3], 2)];
  agrees(f, inputs);
  const text = jit(f as (...xs: Tensor[]) => Tensor[]).program(...inputs);
  expect(text).not.toMatch(/divU|remU/);
  expect(text.match(/^ +for /gm)).toHaveLength(1);
});

it("distances between points read those of the inner loop side by side", () => {
  for (const dtype of ["f64", "f32"] as const)
    for (const [n, k, d] of [
      [100, 30, 3],
      [9, 50, 8],
      [40, 129, 16],
    ] as const) {
      const x = cast(numbers([n, d], 1), dtype) as Tensor;
      const y = cast(numbers([k, d], 2), dtype) as Tensor;
      const f = (a: Tensor, b: Tensor): Tensor =>
        sum(square(sub(reshape(a, [n, 1, d]), b)), { axis: 2 }) as Tensor;
      const want = f(x, y).data;
      const bound = dtype === "f64" ? 1e-14 : 1e-6;
      (jit(f)(x, y) as Tensor).data.forEach((value, i) => {
        expect(Math.abs(value / (want[i] as number) - 1)).toBeLessThan(bound);
      });
      expect(jit(f).program(x, y)).not.toContain("pack");
    }
});

it("sums of nothing are 0 beside long axes", () => {
  const none = (x: Tensor): Tensor => slice(x, [0, 0, 0], [null, null, 0]) as Tensor;
  const f = (x: Tensor, y: Tensor): Tensor[] => {
    const rows = matmul(none(x), transpose(none(y), [0, 2, 1])) as Tensor;
    return [
      sin(rows) as Tensor,
      sum(rows, { axis: 1 }),
      add(sum(none(x), { axis: 2 }), 1) as Tensor,
    ];
  };
  agrees(f, [numbers([17, 17, 3], 1), numbers([17, 2, 3], 2)]);
});
