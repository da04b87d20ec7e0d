import { describe, expect, it } from "vitest";
import { add, cos, exp, grad, jit, mul, sin, type Tensor, trace, valueAndGrad } from "../index.js";

const f = (x: Tensor): Tensor => mul(sin(x), x) as Tensor;
const slope = (x: number): number => Math.sin(x) + x * Math.cos(x);

describe("nodes of a finished trace in the trace around it", () => {
  it("are those that a copy would be", () => {
    for (const order of [1, 2, 3]) {
      let derivative = f as (x: Tensor) => Tensor;
      for (let i = 0; i < order; i++) derivative = grad(derivative) as never;
      const eager = Number(derivative(0.7 as never));
      expect(Number(jit(derivative)(0.7 as never))).toBeCloseTo(eager, 14);
      expect(Number(trace(derivative)(0.3).evaluate(0.7 as never))).toBeCloseTo(eager, 14);
    }
  });

  it("differentiate by the argument alone, also where the function reads it from outside", () => {
    const inner = (x: Tensor): Tensor => grad((y: Tensor) => mul(mul(x, x), y))(x) as Tensor;
    expect(Number(jit(inner)(3))).toBe(9);
    expect(Number(jit(grad(inner))(3))).toBe(6);
  });

  it("are one with what has been computed outside before and after", () => {
    const graph = trace((x: Tensor) => [f(x), grad(f)(x), cos(x)] as const)(0.7);
    const text = String(graph);
    expect(text.match(/= sin\(/g)).toHaveLength(1);
    expect(text.match(/= cos\(/g)).toHaveLength(1);
    const [value, gradient] = graph.evaluate(0.7) as unknown as [Tensor, Tensor];
    expect([Number(value), Number(gradient)]).toEqual([0.7 * Math.sin(0.7), slope(0.7)]);
  });

  it("leave behind what nothing needs, and it may be computed again", () => {
    const g = (x: Tensor): Tensor => {
      exp(mul(x, x));
      return mul(x, x) as Tensor;
    };
    const both = (x: Tensor): Tensor => add(exp(mul(x, x)), grad(g)(x)) as Tensor;
    expect(Number(jit(both)(1.5))).toBeCloseTo(Math.exp(2.25) + 3, 12);
    const twice = (x: Tensor): Tensor => add(grad(both)(x), both(x)) as Tensor;
    expect(Number(jit(twice)(1.5))).toBeCloseTo(3 * Math.exp(2.25) + 2 + Math.exp(2.25) + 3, 11);
  });

  it("come from any mixture of arguments", () => {
    const two = (x: Tensor, y: Tensor): Tensor => mul(mul(x, y), y) as Tensor;
    const pair = valueAndGrad(two, { argnums: [0, 1] });
    const same = jit((x: Tensor) => pair(x, x));
    const constant = jit((x: Tensor) => pair(x, 2));
    const derived = jit((x: Tensor) => pair(sin(x), x));
    const numbers = (result: unknown): number[] =>
      (result as [number, number[]]).flat().map(Number);
    expect(numbers(same(3))).toEqual([27, 9, 18]);
    expect(numbers(constant(3))).toEqual([12, 4, 12]);
    const s = Math.sin(3);
    expect(numbers(derived(3))).toEqual([s * 3 * 3, 9, s * 3 + s * 3]);
  });
});
