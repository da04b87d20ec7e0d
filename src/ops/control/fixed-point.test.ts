import { describe, expect, it } from "vitest";
import { expectSameDerivatives } from "../../../test/support/orders.js";
import {
  add,
  cos,
  divide,
  fixedPoint,
  grad,
  jacfwd,
  jacrev,
  jvp,
  matmul,
  multiply,
  scan,
  sin,
  sqrt,
  sum,
  type Tensor,
  tensor,
  vjp,
} from "../../index.js";

describe("fixedPoint", () => {
  it("has the derivatives of the solution, of any order, in both modes and mapped", () => {
    // x = (x + a/x)/2 is √a
    expectSameDerivatives(
      (a) => fixedPoint((t, x) => multiply(0.5, add(x, divide(t, x))), a, 1),
      (a) => sqrt(a),
      [2, 0.7],
    );
  });
  it("differentiates a slow iteration and what it closes over", () => {
    // x = 0.9 x + b a: x = 10 a b
    expectSameDerivatives(
      (a) =>
        fixedPoint((b, x) => add(multiply(0.9, x), multiply(sin(a), b)), a, 0, {
          tolerance: 1e-15,
        }),
      (a) => multiply(10, multiply(sin(a), a)),
      [0.3],
    );
  });
  it("systems", () => {
    const A = tensor([
      [0.2, -0.5],
      [0.4, 0.1],
    ]);
    const f = (b: Tensor) => fixedPoint((t, x) => add(matmul(A, sin(x)), t), b, tensor([0, 0]));
    const b = tensor([0.3, 0.8]);
    const J = jacrev(f)(b),
      K = jacfwd(f)(b);
    console.log(J.toArray(), K.toArray());
  });
});
void [cos, grad, jvp, sum, vjp, scan, expect];
