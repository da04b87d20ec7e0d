import { describe, expect, it } from "vitest";
import {
  add,
  cos,
  divide,
  type Graph,
  grad,
  hvp,
  jvp,
  matmul,
  maximum,
  multiply,
  negative,
  sin,
  subtract,
  sum,
  type Tensor,
  tanh,
  tensor,
  trace,
  valueAndGrad,
} from "../../src/index.js";
import { Random } from "../../src/testing/random.js";

type Program = (xs: Tensor[]) => Tensor;

/** A program of `length` operations on earlier results, each chosen at random: values are used often or never. */
function randomProgram(seed: number, length: number): Program {
  const random = new Random(seed);
  const steps = Array.from(
    { length },
    () => [random.next(), random.next(), random.next()] as const,
  );
  return (xs) => {
    const values = [...xs];
    const recent = (u: number): Tensor =>
      values[values.length - 1 - Math.floor(u * u * values.length)] as Tensor;
    for (const [kind, u, v] of steps) {
      const [a, b] = [recent(u), recent(v)];
      const choices: (() => Tensor)[] = [
        () => add(a, b),
        () => subtract(a, b),
        () => multiply(a, b),
        () => multiply(a, b),
        () => divide(a, add(2, multiply(b, b))),
        () => sin(a),
        () => cos(a),
        () => tanh(a),
        () => negative(a),
        () => maximum(a, b),
      ];
      values.push((choices[Math.floor(kind * choices.length)] as () => Tensor)());
    }
    return values.slice(-5).reduce((total, value) => add(total, value));
  };
}

const inputs = (count: number): Tensor[] =>
  Array.from({ length: count }, (_, i) => tensor(0.1 * (i + 1)) as Tensor);
const operations = (f: (xs: Tensor[]) => unknown, xs: Tensor[]): number =>
  trace(f)(xs).cost().operations;

describe("the gradient of a random program", () => {
  const ratios = (
    length: number,
    count: number,
    derive: (f: Program) => (xs: Tensor[]) => unknown,
  ) =>
    Array.from({ length: count }, (_, seed) => {
      const f = randomProgram(seed + 1000 * length, length);
      const xs = inputs(4);
      return operations(derive(f), xs) / operations(f, xs);
    });

  it("takes at most five times the operations of the program, value included", () => {
    for (const length of [5, 20, 100, 500])
      expect(Math.max(...ratios(length, 60, (f) => valueAndGrad(f)))).toBeLessThanOrEqual(5);
  });

  it("takes no larger a multiple for a longer program", () => {
    const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
    const short = mean(ratios(300, 20, (f) => valueAndGrad(f)));
    const long = mean(ratios(3000, 10, (f) => valueAndGrad(f)));
    expect(Math.abs(long - short)).toBeLessThan(0.5);
  });

  it("does not depend on the number of inputs", () => {
    const f = randomProgram(7, 300);
    const [few, many] = [inputs(2), inputs(100)];
    const ratio = (xs: Tensor[]) => operations(valueAndGrad(f), xs) / operations(f, xs);
    expect(ratio(many)).toBeLessThan(ratio(few) + 1);
  });

  it("costs in forward mode about as much for one direction", () => {
    const along = (f: Program) => (xs: Tensor[]) => jvp(f, [xs], [xs.map(() => 1)]);
    for (const length of [20, 500]) expect(Math.max(...ratios(length, 30, along))).toBeLessThan(5);
  });

  it("gives the Hessian times a vector for a constant multiple too", () => {
    const product = (f: Program) => (xs: Tensor[]) => hvp(f, [xs], [xs.map(() => 1)]);
    for (const length of [20, 500])
      expect(Math.max(...ratios(length, 30, product))).toBeLessThan(16);
  });
});

it("the gradient of a network takes three times its floating-point operations, not more", () => {
  const layer = (x: Tensor, w: Tensor) => tanh(matmul(x, w));
  const loss = (ws: Tensor[], x: Tensor): Tensor => sum(ws.reduce(layer, x));
  const ws = Array.from({ length: 6 }, () => tensor(new Float64Array(64 * 64), [64, 64]) as Tensor);
  const x = tensor(new Float64Array(32 * 64), [32, 64]) as Tensor;
  const flops = (f: (ws: Tensor[], x: Tensor) => unknown) => trace(f)(ws, x).cost().flops;
  expect(flops(valueAndGrad(loss)) / flops(loss)).toBeLessThan(3.1);
});

describe("x = x·x forty times over", () => {
  const power = (x: Tensor): Tensor => {
    let y = x;
    for (let i = 0; i < 40; i++) y = multiply(y, y);
    return y;
  };
  const count = (graph: Graph, name: string) =>
    graph.nodes.filter((node) => node.primitive.name === name).length;

  it("is 40 multiplications, not 2⁴⁰ paths", () => {
    const graph = trace(power)(1);
    expect(count(graph, "multiply")).toBe(40);
    expect(graph.cost().operations).toBe(40);
  });

  it("has a gradient of at most three operations a step, and its exact value", () => {
    const graph = trace(valueAndGrad(power))(1);
    expect(graph.cost().operations).toBeLessThanOrEqual(160);
    expect(grad(power)(1)).toBe(2 ** 40);
  });

  it("has second and third derivatives that grow in proportion, not in powers of two", () => {
    const second = trace(grad(grad(power)))(1).cost().operations;
    const third = trace(grad(grad(grad(power))))(1).cost().operations;
    expect(second).toBeLessThan(1000);
    expect(third).toBeLessThan(6000);
    const n = 2 ** 40;
    expect(grad(grad(power))(1)).toBe(n * (n - 1));
    expect(grad(grad(grad(power)))(1) / (n * (n - 1) * (n - 2))).toBeCloseTo(1, 14);
  });
});
