import { describe, expect, it } from "vitest";
import {
  add,
  concatenate,
  cond,
  greater,
  index,
  jit,
  matmul,
  maximum,
  mul,
  scan,
  sigmoid,
  slice,
  sub,
  sum,
  type Tensor,
  take,
  tanh,
  tensor,
  valueAndGrad,
  whileLoop,
} from "../../src/index.js";
import { Random } from "../../src/testing/random.js";
import { randomTensor } from "../support/tensors.js";

// tensors of a few elements are computed in registers, one by one, or in vectors by loops; carried in either

const random = new Random(17);
const numbers = (...shape: number[]): Tensor => randomTensor(random, shape);

type Model = (weights: Tensor, xs: Tensor) => Tensor;

const models: Record<string, Model> = {
  "exponentials of what is carried": (w, xs) =>
    sum(
      scan(
        ({ h, c }: { h: Tensor; c: Tensor }, x: Tensor) => {
          const gate = sigmoid(add(mul(x, index(w, 0) as Tensor), h));
          const next = add(mul(gate, c), tanh(mul(h, index(w, 1) as Tensor)));
          return [{ h: mul(gate, tanh(next)), c: next }, sum(next)];
        },
        { h: index(w, 0) as Tensor, c: index(w, 1) as Tensor },
        xs,
      )[1] as Tensor,
    ),
  "sums and products alone": (w, xs) =>
    sum(
      scan(
        ({ p, v }: { p: Tensor; v: Tensor }, force: Tensor) => {
          const next = add(v, mul(0.1, sub(force, mul(p, index(w, 0) as Tensor))));
          return [{ p: add(p, mul(0.1, next)), v: next }, null];
        },
        { p: index(w, 0) as Tensor, v: index(w, 1) as Tensor },
        xs,
      )[0].p,
    ),
  "what is shifted and joined": (w, xs) =>
    sum(
      scan(
        (h: Tensor, x: Tensor) => {
          const turned = concatenate([slice(h, [1]), slice(h, [0], [1])]) as Tensor;
          return [add(mul(0.5, maximum(turned, x)), mul(h, tanh(sum(mul(h, x))))), take(h, 0)];
        },
        index(w, 0) as Tensor,
        xs,
      )[1] as Tensor,
    ),
  "branches in a loop of unknown length": (w, xs) =>
    sum(
      whileLoop(
        ({ n }: { h: Tensor; n: Tensor }) => greater(n, 0),
        ({ h, n }: { h: Tensor; n: Tensor }) => ({
          h: cond(
            greater(sum(h), 0),
            () => tanh(sub(h, index(w, 0) as Tensor)),
            () => add(h, mul(0.5, index(xs, 1) as Tensor)),
          ) as Tensor,
          n: sub(n, 1),
        }),
        { h: index(w, 1) as Tensor, n: tensor(5) as Tensor },
      ).h,
    ),
};

describe.each(Object.entries(models))("%s", (_name, model) => {
  it.each([1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17])("of %i elements, with derivatives", (size) => {
    const inputs = [numbers(2, size), numbers(6, size)] as const;
    const f = valueAndGrad(model, { argnums: [0, 1] });
    const [value, gradient] = jit(f)(...inputs);
    const [expected, expectedGradient] = f(...inputs);
    const near = (a: Tensor, e: Tensor): void => {
      for (let i = 0; i < e.size; i++) expect(Number(a.data[i])).toBeCloseTo(Number(e.data[i]), 11);
    };
    near(value, expected);
    near(gradient[0] as Tensor, expectedGradient[0] as Tensor);
    near(gradient[1] as Tensor, expectedGradient[1] as Tensor);
  });
});

it("small matrices are multiplied in registers, vectors added in loops", () => {
  const turn = (m: Tensor, xs: Tensor): Tensor =>
    scan((now: Tensor, x: Tensor) => [add(matmul(m, now), x), null], m, xs)[0];
  const inputs = [numbers(4, 4), numbers(6, 4, 4)] as const;
  const text = jit(turn).program(...inputs);
  expect(text).not.toMatch(/perform|in 0\.\.4\b/);
  const [actual, expected] = [jit(turn)(...inputs), turn(...inputs)];
  for (let i = 0; i < 16; i++)
    expect(Number(actual.data[i])).toBeCloseTo(Number(expected.data[i]), 12);
});

it("code of a step with exponentials does not grow with the elements", () => {
  const lines = (size: number): number =>
    jit(models["exponentials of what is carried"] as Model)
      .program(numbers(2, size), numbers(6, size))
      .split("\n").length;
  expect(lines(16)).toBeLessThan(1.2 * lines(8));
});
