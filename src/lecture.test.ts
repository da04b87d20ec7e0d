import { expect, it } from "vitest";
import {
  add,
  divide,
  grad,
  greater,
  jvp,
  linearize,
  multiply,
  sin,
  subtract,
  sum,
  type Tensor,
  tensor,
  valueAndGrad,
  vjp,
  vmap,
  where,
} from "./index.js";

const f = (p: { a: Tensor; b: Tensor; d: Tensor; e: Tensor }) => {
  const h = multiply(add(p.a, p.e), subtract(p.b, p.d));
  return multiply(h, h);
};

it("the lecture's value and all partials come at once", () => {
  const [value, partials] = valueAndGrad(f)({ a: 23, b: 2, d: 7, e: -5 });
  expect(value).toBe(8100);
  expect(partials).toEqual({ a: 900, b: -3240, d: 3240, e: 900 });
});
it("third derivative of sin", () => {
  expect(grad(grad(grad((x: Tensor) => sin(x))))(1)).toBeCloseTo(-Math.cos(1), 14);
});
it("no perturbation confusion", () => {
  expect(grad((x: Tensor) => multiply(x, grad((y: Tensor) => add(x, y))(1)))(2)).toBe(1);
  expect(grad((x: Tensor) => multiply(x, grad((y: Tensor) => multiply(x, y))(1)))(2)).toBe(4);
});
it("vmap, jvp, vjp, linearize", () => {
  const x = tensor([1, 2, 3]);
  expect(vmap(grad((t: Tensor) => sin(t)))(x).toArray()).toEqual([1, 2, 3].map(Math.cos));
  expect(jvp((t: Tensor) => multiply(t, t), [3], [1])).toEqual([9, 6]);
  const [y, pull] = vjp((t: Tensor) => multiply(t, sin(t)), 2);
  expect(y).toBe(2 * Math.sin(2));
  expect(pull(1)[0]).toBeCloseTo(Math.sin(2) + 2 * Math.cos(2), 14);
  const [z, df] = linearize((t: Tensor) => multiply(t, t), 3);
  expect([z, df(1), df(2)]).toEqual([9, 6, 12]);
  const g = grad((t: Tensor) => sum(multiply(t, t)))(x);
  expect(g.toArray()).toEqual([2, 4, 6]);
});
it("where keeps the branch not taken at zero", () => {
  const g = grad((t: Tensor) => where(greater(t, 0), multiply(t, divide(1, t)), 0));
  expect(g(0)).toBe(0);
});
it("a chain of 100,000 operations differentiates without a deep stack", () => {
  const chain = (x: Tensor) => {
    let y = x;
    for (let i = 0; i < 100_000; i++) y = sin(y);
    return y;
  };
  let value = 1;
  let derivative = 1;
  for (let i = 0; i < 100_000; i++) {
    derivative *= Math.cos(value);
    value = Math.sin(value);
  }
  expect(grad(chain)(1)).toBeCloseTo(derivative, 14);
});
