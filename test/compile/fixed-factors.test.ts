import { describe, expect, it } from "vitest";
import {
  add,
  arange,
  cast,
  cond,
  dotGeneral,
  dynamicSlice,
  forLoop,
  grad,
  greater,
  jit,
  matmul,
  mul,
  reshape,
  scan,
  slice,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
} from "../../src/index.js";
import { Random } from "../../src/testing/random.js";
import { randomTensor } from "../support/tensors.js";

// factors of products of matrices that stay the same in a loop are packed once, before it

const random = new Random(11);

const matrix = (shape: readonly number[], dtype: "f32" | "f64" = "f64"): Tensor =>
  randomTensor(random, shape, dtype, 0.5);

type Step = (state: Tensor, factor: Tensor, i: Tensor) => Tensor;

/** A loop over a step with a factor that stays. */
const looped =
  (step: Step, steps = 5) =>
  (state: Tensor, factor: Tensor): Tensor =>
    scan(
      (now: Tensor, i: Tensor) => [step(now, factor, i), null],
      state,
      arange(steps) as Tensor,
    )[0];

function expectNear(actual: Tensor, expected: Tensor, tolerance: number): void {
  const [a, e] = [actual.data, expected.data];
  expect(a.length).toBe(e.length);
  for (let i = 0; i < a.length; i++)
    expect(Math.abs(Number(a[i]) - Number(e[i]))).toBeLessThanOrEqual(tolerance);
}

function expectSame(f: (state: Tensor, factor: Tensor) => Tensor, inputs: [Tensor, Tensor]): void {
  const tolerance = inputs[0].dtype === "f32" ? 1e-4 : 1e-12;
  expectNear(jit(f)(...inputs), f(...inputs), tolerance);
  const loss = (state: Tensor, factor: Tensor): Tensor => sum(f(state, factor));
  for (const argnum of [0, 1])
    expectNear(
      jit(grad(loss, { argnums: argnum }))(...inputs) as Tensor,
      grad(loss, { argnums: argnum })(...inputs) as Tensor,
      100 * tolerance,
    );
}

describe.each(["f64", "f32"] as const)("%s", (dtype) => {
  it("on the right, on the left, and turned", () => {
    const steps: [Step, number[], number[]][] = [
      [(h, w) => tanh(matmul(h, w)), [9, 37], [37, 37]],
      [(h, w) => tanh(matmul(w, h)), [37, 9], [37, 37]],
      [(h, w) => tanh(matmul(h, transpose(w))), [9, 37], [37, 37]],
      [(h, w) => tanh(matmul(transpose(w), h)), [37, 9], [37, 37]],
    ];
    for (const [step, state, factor] of steps)
      expectSame(looped(step), [matrix(state, dtype), matrix(factor, dtype)]);
  });

  it("of more terms, rows and columns than are packed at once", () => {
    expectSame(
      looped((h, w) => mul(matmul(h, w), 0.05), 2),
      [matrix([6, 270], dtype), matrix([270, 270], dtype)],
    );
    expectSame(
      looped((h, w) => mul(matmul(w, h), 0.05), 2),
      [matrix([270, 6], dtype), matrix([270, 270], dtype)],
    );
    const wide = looped((h, w) => mul(slice(matmul(h, w), [0, 3], [5, 43]) as Tensor, 0.1), 2);
    expectSame(wide, [matrix([5, 40], dtype), matrix([40, 2100], dtype)]);
  });

  it("part of a tensor, and one factor for a whole batch", () => {
    expectSame(
      looped((h, w) => tanh(matmul(h, slice(w, [1, 2], [34, 35]) as Tensor))),
      [matrix([9, 33], dtype), matrix([40, 40], dtype)],
    );
    expectSame(
      looped((h, w) => tanh(matmul(h, w))),
      [matrix([3, 9, 33], dtype), matrix([33, 33], dtype)],
    );
    expectSame(
      looped((h, w) => tanh(matmul(w, h))),
      [matrix([3, 33, 9], dtype), matrix([33, 33], dtype)],
    );
  });

  it("one factor for each of a batch", () => {
    expectSame(
      looped((h, w) => tanh(matmul(h, w))),
      [matrix([3, 9, 33], dtype), matrix([3, 33, 33], dtype)],
    );
  });

  it("of several axes, in an order of their own", () => {
    const step: Step = (h, w) =>
      tanh(
        dotGeneral(h, w, {
          contract: [
            [1, 2],
            [2, 0],
          ],
        }) as Tensor,
      );
    expectSame(
      looped((h, w, i) => reshape(step(h, w, i), [9, 5, 8]) as Tensor),
      [matrix([9, 5, 8], dtype), matrix([8, 40, 5], dtype)],
    );
  });
});

it("what is carried is packed in each step, also where a step leaves it as it is", () => {
  const f = (state: Tensor, factor: Tensor): Tensor =>
    scan(
      ({ h, w }: { h: Tensor; w: Tensor }) => [{ h: tanh(matmul(h, w)), w: add(w, 0.01) }, null],
      { h: state, w: factor },
      null,
      { length: 4 },
    )[0].h;
  expectSame(f, [matrix([9, 33]), matrix([33, 33])]);
});

it("a factor that a step takes from a stack is another each time", () => {
  const f = (state: Tensor, factors: Tensor): Tensor =>
    scan((h: Tensor, w: Tensor) => [tanh(matmul(h, w)), null], state, factors)[0];
  expectSame(f, [matrix([9, 33]), matrix([4, 33, 33])]);
  const g = (state: Tensor, factors: Tensor): Tensor =>
    scan(
      (h: Tensor, i: Tensor) => {
        const w = reshape(
          dynamicSlice(factors, [cast(i, "i32"), 0, 0], [1, 33, 33]),
          [33, 33],
        ) as Tensor;
        return [tanh(matmul(h, w)), null];
      },
      state,
      arange(4) as Tensor,
    )[0];
  expectSame(g, [matrix([9, 33]), matrix([4, 33, 33])]);
});

it("in loops within loops: what the outer one carries is the same in the inner one", () => {
  const inner = looped((h, w) => tanh(matmul(h, w)), 3);
  const f = (state: Tensor, factor: Tensor): Tensor =>
    scan(
      ({ h, w }: { h: Tensor; w: Tensor }) => [{ h: inner(h, w), w: mul(w, 0.9) }, null],
      { h: state, w: factor },
      null,
      { length: 3 },
    )[0].h;
  expectSame(f, [matrix([9, 33]), matrix([33, 33])]);
});

it("in a branch of a step, in steps of a known number as in none and one", () => {
  const step: Step = (h, w, i) =>
    cond(
      greater(i, 1),
      () => tanh(matmul(h, w)),
      () => mul(h, 0.5),
    ) as Tensor;
  expectSame(looped(step), [matrix([9, 33]), matrix([33, 33])]);
  for (const steps of [0, 1])
    expectSame(
      looped((h, w) => tanh(matmul(h, w)), steps),
      [matrix([9, 33]), matrix([33, 33])],
    );
});

it("in as many steps as an argument says", () => {
  const f = (h: Tensor, w: Tensor, n: Tensor): Tensor =>
    forLoop(0, n, (_i: Tensor, now: Tensor) => tanh(matmul(now, w)), h) as Tensor;
  for (const n of [0, 1, 4]) {
    const inputs = [matrix([9, 33]), matrix([33, 33]), tensor(n, { dtype: "i32" })] as const;
    expectNear(jit(f)(...inputs), f(...inputs), 1e-12);
  }
});

it("reads the factor of each call anew", () => {
  const f = jit(looped((h, w) => tanh(matmul(h, w))));
  const h = matrix([9, 33]);
  const [v, w] = [matrix([33, 33]), matrix([33, 33])];
  const [first, second] = [f(h, v), f(h, w)];
  expectNear(second, looped((h, w) => tanh(matmul(h, w)))(h, w), 1e-12);
  expect(Array.from(f(h, v).data)).toEqual(Array.from(first.data));
});

it("no step of a recurrent network packs its weights, forwards or backwards", () => {
  const [h, w, xs] = [matrix([8, 32]), matrix([32, 32]), matrix([2, 8, 32])];
  const f = (w: Tensor, xs: Tensor): Tensor =>
    sum(scan((h: Tensor, x: Tensor) => [tanh(add(matmul(h, w), x)), null], h, xs)[0]);
  const text = jit(grad(f)).program(w, xs);
  const main = text.slice(text.indexOf("main {"), text.indexOf("\n}"));
  expect(main.match(/^ {2}perform pack\(/gm)).toHaveLength(2);
  expect(main.match(/perform pack\(/g)).toHaveLength(2);
  // h forwards, its cotangent backwards, and both in their product
  expect(text.match(/perform pack\(/g)).toHaveLength(2 + 4);
});
