import { expect, test } from "vitest";
import {
  add,
  exp,
  forLoop,
  grad,
  jit,
  mul,
  sum,
  type Tensor,
  tensor,
  zerosLike,
} from "../index.js";

const many = tensor(Float64Array.from({ length: 100 }, (_, i) => i / 100)) as Tensor;

/** What the loop of a derivative keeps of each step, in elements of the steps. */
function keptBy(f: (x: Tensor) => Tensor): number {
  const text = jit(grad(f)).program(many);
  const stacks = new Set(text.match(/stack\.\d+/g));
  return stacks.size;
}

test("a loop keeps what is carried rather than what arithmetic gives of it", () => {
  const step = (_: Tensor, y: Tensor): Tensor => {
    const a = add(y, mul(0.1, mul(y, y)));
    const b = add(y, mul(0.1, mul(a, a)));
    return add(a, mul(mul(a, b), mul(b, b)));
  };
  expect(keptBy((x) => sum(forLoop(0, 3, step, x)))).toBe(1);
});

test("functions that take long are kept", () => {
  expect(keptBy((x) => sum(forLoop(0, 3, (_, y) => mul(y, exp(mul(y, y))), x)))).toBe(2);
});

test("what is the same for all steps is not kept", () => {
  const step = (x: Tensor) => (_: Tensor, y: Tensor) => add(mul(y, exp(x)), mul(x, x)) as Tensor;
  expect(keptBy((x) => sum(forLoop(0, 3, step(x), zerosLike(x))))).toBe(1);
});
