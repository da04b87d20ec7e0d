import { describe, expect, it } from "vitest";
import { expectSameDerivatives } from "../../test/support/orders.js";
import { add, checkpoint, cos, customJvp, customVjp, grad, jvp, multiply, scan, sin, sum, tensor, type Tensor, vmap } from "../index.js";

describe("custom", () => {
  const mySin = customJvp((x: Tensor) => sin(x), ([x], [t]) => [sin(x), multiply(cos(x), t)]);
  it("customJvp", () => {
    expectSameDerivatives((x) => multiply(mySin(multiply(x, x)), x), (x) => multiply(sin(multiply(x, x)), x), [0.4, -1.3]);
    expectSameDerivatives((x) => scan((c) => [mySin(multiply(c, x)), null], x, null, { length: 3 })[0], (x) => sin(multiply(sin(multiply(sin(multiply(x, x)), x)), x)), [0.4, -1.3]);
  });
  it("checkpoint", () => {
    const f = checkpoint((x: Tensor, y: Tensor) => multiply(sin(multiply(x, y)), x));
    expectSameDerivatives((x) => f(x, multiply(x, x)), (x) => multiply(sin(multiply(x, multiply(x, x))), x), [0.4, -1.3]);
    expectSameDerivatives((x) => scan((c) => [checkpoint((a: Tensor) => sin(multiply(a, x)))(c), null], x, null, { length: 3 })[0], (x) => sin(multiply(sin(multiply(sin(multiply(x, x)), x)), x)), [0.4, -1.3]);
  });
  it("customVjp", () => {
    const g = customVjp((x: Tensor) => sin(x), (x) => [sin(x), { x }], ({ x }, ct) => [multiply(cos(x), ct)]);
    expect(grad(grad((x: Tensor) => multiply(x, g(x))))(0.7)).toBeCloseTo(2 * Math.cos(0.7) - 0.7 * Math.sin(0.7), 13);
    expect(vmap(grad((x: Tensor) => multiply(x, g(x))))(tensor([0.7])).toArray()).toEqual([expect.closeTo(Math.sin(0.7) + 0.7 * Math.cos(0.7), 13)]);
    expect(grad((x: Tensor) => sum(vmap((t: Tensor) => multiply(x, g(multiply(t, x))))(tensor([1, 2]))))(0.7)).toBeCloseTo(Math.sin(0.7) + 0.7 * Math.cos(0.7) + Math.sin(1.4) + 0.7 * 2 * Math.cos(1.4), 13);
    expect(() => jvp(g, [1], [1])).toThrow(/reverse-mode rule only/);
  });
});
void [add];
