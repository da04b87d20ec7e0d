import { describe, expect, it } from "vitest";
import {
  abs,
  add,
  customJvp,
  exp,
  floor,
  greater,
  log,
  maximum,
  multiply,
  negative,
  power,
  relu,
  sign,
  sin,
  sqrt,
  square,
  subtract,
  sum,
  type Tensor,
  tan,
  tanh,
  tensor,
  where,
} from "../index.js";
import { explain, formatText } from "./index.js";

type Function = (x: Tensor) => Tensor;

const check = (f: Function, x: number | Tensor) => explain(f, [x]).check[0];

describe("the finite difference beside a derivative", () => {
  it.each<[string, Function, number, readonly [number, number]]>([
    ["relu", relu, 0, [0, 1]],
    ["abs", abs, 0, [-1, 1]],
    ["max(x, 1)", (x) => maximum(x, 1), 1, [0, 1]],
  ])("calls the derivative of %s at its kink a convention", (_name, f, x, sides) => {
    const found = check(f, x);
    expect(found).toMatchObject({ agrees: null, why: "kink" });
    expect(found?.sides?.[0]).toBeCloseTo(sides[0], 6);
    expect(found?.sides?.[1]).toBeCloseTo(sides[1], 6);
  });

  it("says 0 of a side whose slope is below what the difference is off by", () => {
    const bent = (x: Tensor) => where(greater(x, 0), square(x), negative(x)) as Tensor;
    const { sides } = check(bent, 0) ?? {};
    expect(sides?.[0]).toBeCloseTo(-1, 12);
    expect(sides?.[1]).toBe(0);
    expect(check((x) => multiply(1e-9, abs(x)), 0)?.sides?.[1]).toBeCloseTo(1e-9, 15);
  });

  it("names a kink among the elements of a tensor", () => {
    const f = (x: Tensor) => sum(relu(x)) as Tensor;
    expect(check(f, tensor([0, 1, -1]))).toMatchObject({ agrees: null, why: "kink" });
  });

  it.each<[string, Function, number]>([
    ["sign", sign, 0],
    ["floor", floor, 1],
  ])("says that %s jumps", (_name, f, x) => {
    expect(check(f, x)).toMatchObject({ agrees: null, why: "jump" });
  });

  it("takes a slope that is too steep to follow for no jump", () => {
    expect(check((x) => tan(x), Math.PI / 2)).toMatchObject({ agrees: null, why: "fast" });
    expect(check((x) => add(floor(x), x), 1)).toMatchObject({ agrees: null, why: "jump" });
  });

  it("calls the derivative where the domain ends a convention", () => {
    const both = explain((x: Tensor) => power(x, x) as Tensor, [0]);
    expect(both.check[0]).toMatchObject({ derivative: 0, agrees: null, why: "edge" });
    expect(formatText(both)).toContain("one side only; by convention");
    expect(check(sqrt, 0)).toMatchObject({ agrees: null, why: "not finite" });
  });

  it.each<[string, Function, number]>([
    ["a kink", relu, 1e-5],
    ["the end of the domain", (x) => log(x), 1e-8],
    ["a short wave", (x) => sin(multiply(x, 1000)), 3],
  ])("agrees close to %s", (_name, f, x) => {
    expect(check(f, x)?.agrees).toBe(true);
  });

  it("takes no smooth function for a kink", () => {
    expect(check((x) => power(abs(x), 1.2), 0)?.why).not.toBe("kink");
    expect(check((x) => multiply(1e4, multiply(x, x)), 0)?.agrees).toBe(true);
  });

  it.each<[string, Function, number]>([
    ["a sum with a large number", (x) => add(1e10, multiply(x, -0.066)), 1],
    ["a difference of large numbers", (x) => subtract(square(add(1e8, x)), 1e16) as Tensor, 1],
  ])("does not call right what rounding blurs in %s, nor wrong", (_name, f, x) => {
    expect(check(f, x)).toMatchObject({ agrees: null, why: "rounding" });
  });

  it.each<[string, Function, number]>([
    ["a square that underflows", (x) => multiply(x, x), 1e-200],
    ["a square of a subnormal number", (x) => multiply(x, x), 5e-324],
    ["a subnormal slope", (x) => multiply(x, 1e-320), 2],
    ["a saturated tanh", (x) => tanh(x), 20],
    ["a number beside a far larger one", (x) => add(1e20, x), 1],
  ])("says of %s that it is too small to check", (_name, f, x) => {
    expect(check(f, x)).toMatchObject({ agrees: null, why: "small" });
  });

  it.each([1e16, 1e300])("says that sin changes too fast at %s", (x) => {
    expect(check(sin, x)).toMatchObject({ agrees: null, why: "fast" });
  });

  it.each<[string, Function, number]>([
    ["a square of a tiny number", (x) => multiply(x, x), 1e-150],
    ["a square of a huge number", (x) => multiply(x, x), 1e154],
    ["a huge number", (x) => multiply(2, x) as Tensor, 1e300],
    ["exp where its difference nearly overflows", exp, 709.7],
    ["exp where it is subnormal", exp, -740],
    ["a root of a tiny number", sqrt, 1e-300],
    ["a high power near 0", (x) => power(x, 20) as Tensor, 1e-5],
    ["a number right beside a kink", abs, 1e-300],
    ["a number right beside a jump", floor, 2.00001],
    ["a narrow bell", (x) => exp(multiply(-1e10, multiply(x, x))), 1e-5],
    ["a wave of a billion", (x) => sin(multiply(x, 1e9)), 1],
    ["a sum of powers at 0", (x) => multiply(x, abs(x)) as Tensor, 0],
  ])("agrees with the derivative of %s", (_name, f, x) => {
    expect(check(f, x)?.agrees).toBe(true);
  });

  it.each([2, 1e-100, 1e100, 1e-12, 0.3])("still finds a derivative that is wrong, at %s", (x) => {
    const wrong = customJvp(
      (a: Tensor) => multiply(a, a),
      ([a], [tangent]) => [
        multiply(a as Tensor, a as Tensor),
        multiply(multiply(a as Tensor, 2.001), tangent as Tensor),
      ],
    );
    expect(check(wrong as Function, x)).toMatchObject({ agrees: false });
  });

  it("finds a small derivative that is given as 0", () => {
    const wrong = customJvp(
      (a: Tensor) => multiply(a, 1e-9),
      ([a], [tangent]) => [multiply(a as Tensor, 1e-9), multiply(0, tangent as Tensor)],
    );
    expect(check(wrong as Function, 1)).toMatchObject({ agrees: false });
  });

  it("names no difference that decides nothing", () => {
    const beside = (f: Function, x: number): string | undefined =>
      /finite difference (.*)/.exec(formatText(explain(f, [x])))?.[1];
    expect(beside((x) => tan(x), Math.PI / 2)).toMatch(/^\(cannot be checked: .*\)$/);
    expect(beside(abs, 0)).toMatch(/^\(a kink, .*\)$/);
    expect(beside((x) => add(1e10, multiply(x, -0.066)), 1)).toMatch(/^−0\.\d+ \(as close as /);
    expect(beside(sin, 0)).toBe("1 ✓");
  });

  it("is said in both languages", () => {
    const explained = explain(relu as Function, [0]);
    expect(formatText(explained)).toContain("(a kink, by convention: slope 0 left, 1 right of it)");
    expect(formatText(explained, { lang: "ru" })).toContain(
      "(излом, по соглашению: слева наклон 0",
    );
  });
});
