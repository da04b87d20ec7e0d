import { describe, expect, it } from "vitest";
import {
  abs,
  add,
  customJvp,
  floor,
  log,
  maximum,
  multiply,
  power,
  relu,
  sign,
  sin,
  sum,
  type Tensor,
  tensor,
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

  it("does not call right what rounding hides, nor wrong", () => {
    const beside = (x: Tensor) => add(1e10, multiply(x, -0.066));
    expect(check(beside, 1)).toMatchObject({ agrees: null, why: "rounding" });
  });

  it("still finds a derivative that is wrong", () => {
    const wrong = customJvp(
      (x: Tensor) => multiply(x, x),
      ([x], [tangent]) => [multiply(x as Tensor, x as Tensor), multiply(3, tangent as Tensor)],
    );
    expect(check(wrong as Function, 2)).toMatchObject({ agrees: false });
  });

  it("is said in both languages", () => {
    const explained = explain(relu as Function, [0]);
    expect(formatText(explained)).toContain("(a kink, by convention: slope 0 left, 1 right of it)");
    expect(formatText(explained, { lang: "ru" })).toContain(
      "(излом, по соглашению: слева наклон 0",
    );
  });
});
