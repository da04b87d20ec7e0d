import { describe, expect, it } from "vitest";
import { expectSameDerivatives } from "../../test/support/orders.js";
import {
  add,
  cos,
  DTypeError,
  divide,
  fixedPoint,
  grad,
  jacfwd,
  jacrev,
  matmul,
  multiply,
  scan,
  sin,
  sqrt,
  subtract,
  sum,
  type Tensor,
  tensor,
  ValueError,
  vmap,
} from "../index.js";

describe("fixedPoint", () => {
  it("has the derivatives of the solution, of any order, in both modes and mapped", () => {
    // x = (x + a/x)/2 is √a
    expectSameDerivatives(
      (a) => fixedPoint((t, x) => multiply(0.5, add(x, divide(t, x))), a, 1),
      sqrt,
      [2, 0.7],
    );
  });

  it("differentiates what it closes over, in loops and where the iteration is slow", () => {
    // x = 0.9 x + a b: x = 10 a b
    const solve = (a: Tensor, b: Tensor): Tensor =>
      fixedPoint((t, x) => add(multiply(0.9, x), multiply(sin(a), t)), b, 0, { tolerance: 1e-15 });
    expectSameDerivatives(
      (a) => scan((c) => [solve(a, c), null], a, null, { length: 2 })[0],
      (a) => multiply(multiply(100, multiply(sin(a), sin(a))), a),
      [0.3],
    );
  });

  it("solves systems of trees, also where iterating the derivative would not converge", () => {
    // Newton's method: its ∂f/∂x is 0 at the solution, that of the system u below is not a contraction
    const f = (b: Tensor) => {
      const a = tensor([
        [0.2, -0.5],
        [0.4, 0.1],
      ]);
      const { u, v } = fixedPoint(
        (t, { u, v }) => ({
          u: add(matmul(a, sin(u)) as Tensor, t),
          v: multiply(0.3, add(cos(v), sum(u))),
        }),
        b,
        { u: tensor([0, 0]), v: 0 },
      );
      return multiply(u, v);
    };
    const b = tensor([0.3, 0.8]);
    const backward = jacrev(f)(b) as Tensor;
    const forward = jacfwd(f)(b) as Tensor;
    forward.data.forEach((value, i) => {
      expect(backward.data[i]).toBeCloseTo(value, 13);
      const at = (h: number): Tensor => {
        const moved = Float64Array.from(b.data);
        moved[i % 2] = (moved[i % 2] as number) + h;
        return f(tensor(moved, [2]));
      };
      const difference = (at(1e-5).data[i >> 1] as number) - (at(-1e-5).data[i >> 1] as number);
      expect(value).toBeCloseTo(difference / 2e-5, 8);
    });
  });

  it("solves the linear system by itself: the derivative of the iteration need not contract", () => {
    // starts at the solution, where ∂f/∂x = −3: x = 4a − 3x is x = a
    const f = (a: Tensor) =>
      fixedPoint((t, x) => subtract(multiply(4, t), multiply(3, x)), a, 2, { tolerance: 1e-9 });
    expect(grad(f)(2)).toBeCloseTo(1, 14);
  });

  it("is NaN where it does not converge, and so is a derivative that does not exist", () => {
    const grows = (a: Tensor) => fixedPoint((t, x) => add(multiply(2, x), t), a, 1);
    expect(grows(tensor(1)).item()).toBeNaN();
    const limited = (n: number) =>
      fixedPoint((_, x) => cos(x), null, 1, { maxIterations: n }).item();
    expect([limited(10), limited(100)]).toEqual([Number.NaN, expect.closeTo(0.7390851332, 9)]);
    const tangent = (a: Tensor) => fixedPoint((t, x) => add(x, subtract(t, 1)), a, 1);
    expect([tangent(tensor(1)).item(), grad(tangent)(1)]).toEqual([1, Number.NaN]);
  });

  it("stops lane by lane", () => {
    const f = (r: Tensor) => fixedPoint((t, x) => multiply(t, cos(x)), r, 0);
    const rates = tensor([0.1, 0.5, 0.9]);
    const alone = [0.1, 0.5, 0.9].map((r) => f(tensor(r)).item());
    expect(vmap(f)(rates).toArray()).toEqual(alone);
  });

  it("keeps f32, and wants floats and sensible limits", () => {
    const x = fixedPoint((_, x) => cos(x), null, tensor(1, { dtype: "f32" }));
    expect([x.dtype, x.item()]).toEqual(["f32", expect.closeTo(0.7390851, 5)]);
    const whole = tensor(1, { dtype: "i32" });
    expect(() => fixedPoint((_, n) => n, null, whole)).toThrow(DTypeError);
    expect(() => fixedPoint((_, x) => x, null, 1, { tolerance: -1 })).toThrow(ValueError);
    expect(() => fixedPoint((_, x) => x, null, 1, { maxIterations: 0.5 })).toThrow(ValueError);
  });
});
