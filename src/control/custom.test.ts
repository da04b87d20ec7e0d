import { describe, expect, it } from "vitest";
import { expectSameDerivatives } from "../../test/support/orders.js";
import {
  add,
  cos,
  customJvp,
  customVjp,
  grad,
  jvp,
  multiply,
  NotDifferentiableError,
  ShapeError,
  scan,
  sin,
  stack,
  sum,
  type Tensor,
  TraceError,
  TreeError,
  tensor,
  vmap,
} from "../index.js";

describe("customJvp", () => {
  const mySin = customJvp(
    (x: Tensor) => sin(x),
    ([x], [t]) => [sin(x), multiply(cos(x), t)],
  );

  it("takes its derivative from the rule, of any order, in both modes and mapped", () => {
    expectSameDerivatives(
      (x) => multiply(mySin(multiply(x, x)), x),
      (x) => multiply(sin(multiply(x, x)), x),
      [0.4, -1.3],
    );
    const double = customJvp(
      (x: Tensor) => x,
      ([x], [t]) => [x, multiply(2, t)],
    );
    expect([grad(double)(1), jvp(double, [1], [1])]).toEqual([2, [1, 2]]);
  });

  it("works in loops", () => {
    expectSameDerivatives(
      (x) => scan((c) => [mySin(multiply(c, x)), null], x, null, { length: 3 })[0],
      (x) => sin(multiply(sin(multiply(sin(multiply(x, x)), x)), x)),
      [0.4, -1.3],
    );
  });

  it("takes trees and integers, and closes over constants", () => {
    const weights = tensor([1, 2, 3]);
    const f = customJvp(
      ({ x, n }: { x: Tensor; n: Tensor }) => ({ y: multiply(multiply(x, n), sum(weights)) }),
      ([{ x, n }], [{ x: t }]) => [{ y: x }, { y: multiply(multiply(t, n), sum(weights)) }],
    );
    const n = tensor(2, { dtype: "i32" });
    expect(f({ x: 5, n }).y.item()).toBe(60);
    expect(grad((x: Tensor) => f({ x, n }).y)(5)).toBe(12);
  });

  it("its rule may use loops of its own", () => {
    const cube = customJvp(
      (x: Tensor) => multiply(x, multiply(x, x)),
      ([x], [t]) => {
        const step = ([p, d]: readonly [Tensor, Tensor]) =>
          [multiply(p, x), add(multiply(d, x), multiply(p, t))] as const;
        const [[p, d]] = scan((c) => [step(c), null], [x, t] as const, null, { length: 2 });
        return [p, d];
      },
    );
    expectSameDerivatives(cube, (x) => multiply(x, multiply(x, x)), [0.7, -1.1]);
  });

  it("says where a rule does not fit", () => {
    const by = (rule: (x: Tensor, t: Tensor) => readonly [unknown, unknown]) => () =>
      grad((x: Tensor) =>
        customJvp(
          (y: Tensor) => sin(y),
          ([y], [t]) => rule(y, t),
        )(x),
      )(3);
    expect(by((y, t) => [y, multiply(t, t)])).toThrow("a jvp rule linear in the tangents");
    expect(by((y, t) => [y, stack([t, t])])).toThrow(ShapeError);
    expect(by((y, t) => [y, { t }])).toThrow(TreeError);
    expect(by((_, t) => t as never)).toThrow("a rule that returns [value, tangent]");
  });

  it("refuses to close over what is differentiated", () => {
    const f = (x: Tensor) =>
      customJvp(
        (y: Tensor) => multiply(x, y),
        ([y], [t]) => [multiply(x, y), multiply(x, t)],
      )(2);
    expect(f(tensor(3)).item()).toBe(6);
    expect(() => grad(f)(3)).toThrow(NotDifferentiableError);
    expect(() => grad(f)(3)).toThrow("pass that tensor as an argument");
  });

  it("a rule may close over tensors outside, but not out of a loop", () => {
    const scaled = (w: Tensor) =>
      customJvp(
        (y: Tensor) => sin(y),
        ([y], [t]) => [sin(y), multiply(w, t)],
      );
    expect(grad((x: Tensor) => grad((y: Tensor) => scaled(x)(y))(tensor(2)))(3)).toBe(1);
    const looped = (x: Tensor) => {
      const w = multiply(x, 2);
      return scan((c) => [scaled(w)(c), null], x, null, { length: 2 })[0];
    };
    expect(() => grad(looped)(3)).toThrow(TraceError);
  });
});

describe("customVjp", () => {
  const mySin = customVjp(
    (x: Tensor) => sin(x),
    (x) => [sin(x), { x }],
    ({ x }, ct) => [multiply(cos(x), ct)],
  );
  const f = (x: Tensor) => multiply(x, mySin(x));
  const slope = (x: number) => Math.sin(x) + x * Math.cos(x);

  it("takes its derivative from the rule, of any order in reverse mode", () => {
    expect(grad(f)(0.7)).toBeCloseTo(slope(0.7), 14);
    expect(grad(grad(f))(0.7)).toBeCloseTo(2 * Math.cos(0.7) - 0.7 * Math.sin(0.7), 13);
    expect(jvp(grad(f), [0.7], [1])[1]).toBeCloseTo(2 * Math.cos(0.7) - 0.7 * Math.sin(0.7), 13);
    const triple = customVjp(
      (x: Tensor) => x,
      (x) => [x, null],
      (_, ct) => [multiply(3, ct)],
    );
    expect(grad(triple)(1)).toBe(3);
  });

  it("is mapped, and differentiated where it was mapped", () => {
    expect((vmap(grad(f))(tensor([0.7, 0.2])) as Tensor).toArray()).toEqual([
      expect.closeTo(slope(0.7), 14),
      expect.closeTo(slope(0.2), 14),
    ]);
    const product = customVjp(
      (x: Tensor, y: Tensor) => multiply(x, y),
      (x, y) => [multiply(x, y), [x, y]],
      ([x, y], ct) => [multiply(y as Tensor, ct), multiply(x as Tensor, ct)],
    );
    const lanes = (x: Tensor) =>
      sum(vmap((y: Tensor) => product(x, multiply(y, x)))(tensor([1, 2])));
    expect(grad(lanes)(0.7)).toBeCloseTo(6 * 0.7, 14);
    expect(grad(grad(lanes))(0.7)).toBeCloseTo(6, 13);
  });

  it("works in loops", () => {
    const g = (x: Tensor) => scan((c) => [mySin(multiply(c, x)), null], x, null, { length: 2 })[0];
    const h = (x: Tensor) => sin(multiply(sin(multiply(x, x)), x));
    expect(grad(g)(0.7)).toBeCloseTo(grad(h)(0.7) as number, 14);
    expect(grad(grad(g))(0.7)).toBeCloseTo(grad(grad(h))(0.7) as number, 13);
  });

  it("null stands for an argument without a cotangent", () => {
    const scaled = customVjp(
      (x: Tensor, k: Tensor) => multiply(sin(x), k),
      (x, k) => [multiply(sin(x), k), k],
      (k, ct) => [multiply(ct, k), null],
    );
    expect(grad((x: Tensor, k: Tensor) => scaled(x, k), { argnums: [0, 1] })(3, 2)).toEqual([2, 0]);
  });

  it("has no forward mode, and says why", () => {
    expect(() => jvp(mySin, [1], [1])).toThrow(NotDifferentiableError);
    expect(() => jvp(mySin, [1], [1])).toThrow("a reverse-mode rule only");
  });

  it("says where a rule does not fit", () => {
    const by = (pull: (ct: Tensor) => unknown) => () =>
      grad((x: Tensor) =>
        customVjp(
          (y: Tensor) => sin(y),
          (y) => [sin(y), null],
          (_, ct) => pull(ct) as never,
        )(x),
      )(3);
    expect(by((ct) => [ct, ct])).toThrow("the list of 1 cotangents");
    expect(by((ct) => ct)).toThrow(TreeError);
    expect(by((ct) => [stack([ct, ct])])).toThrow(ShapeError);
    const captured = (x: Tensor) =>
      customVjp(
        (y: Tensor) => multiply(x, y),
        (y) => [multiply(x, y), null],
        (_, ct) => [ct],
      )(2);
    expect(() => grad(captured)(3)).toThrow("pass that tensor as an argument");
  });
});
