import { describe, expect, it } from "vitest";
import { exceptions } from "../../test/conformance/exceptions.js";
import {
  add,
  applyOperation,
  argmax,
  grad,
  jvp,
  matmul,
  multiply,
  operations,
  sin,
  type Tensor,
  tensor,
  vjp,
  vmap,
} from "../index.js";
import { casesOf, type Situation, situate } from "../testing/situations.js";
import {
  Abs,
  Add,
  Chain,
  Cos,
  Div,
  Exp,
  Log,
  MatMul,
  Max,
  Mean,
  Min,
  Module,
  moduleOf,
  Neg,
  Pow,
  Prod,
  Relu,
  Sigmoid,
  Sin,
  Softplus,
  Sqrt,
  Square,
  Sub,
  Sum,
  Tan,
  Tanh,
} from "./index.js";

const point = { a: 23, b: 2, e: -5, d: 7 };

describe("modules of the notes", () => {
  it("Prod caches both factors, each the partial derivative by the other", () => {
    const prod = new Prod();
    expect(prod.forward(18, -5)).toBe(-90);
    expect(prod.cache).toEqual({ x1: 18, x2: -5 });
    expect(prod.backward(1)).toEqual([-5, 18]);
    expect(prod.backward(-180)).toEqual([900, -3240]);
  });

  it("chained by hand they give the lecture's numbers", () => {
    const [u, v, h, f] = [new Add(), new Sub(), new Prod(), new Square()];
    const value = h.forward(u.forward(point.a, point.e), v.forward(point.b, point.d));
    expect(f.forward(value)).toBe(8100);
    const [byU, byV] = h.backward(f.backward(1));
    expect(u.backward(byU)).toEqual([900, 900]);
    expect(v.backward(byV)).toEqual([-3240, 3240]);
  });

  it("with Prod fed twice for Square, both ways add up", () => {
    const [u, v, h, f] = [new Add(), new Sub(), new Prod(), new Prod()];
    const value = h.forward(u.forward(point.a, point.e), v.forward(point.b, point.d));
    expect(f.forward(value, value)).toBe(8100);
    const [first, second] = f.backward(1);
    expect([first, second]).toEqual([-90, -90]);
    const [byU, byV] = h.backward(first + second);
    expect(u.backward(byU)).toEqual([900, 900]);
    expect(v.backward(byV)).toEqual([-3240, 3240]);
  });

  it("Square caches x and goes back by 2x", () => {
    const [u, v, h, f] = [new Add(), new Sub(), new Prod(), new Square()];
    expect(f.forward(h.forward(u.forward(point.a, point.e), v.forward(point.b, point.d)))).toBe(
      8100,
    );
    expect(f.cache).toEqual({ x: -90 });
    expect(h.backward(f.backward(1))).toEqual([900, -3240]);
  });

  it("each keeps what its partial derivative reads, the result where that is shorter", () => {
    const kept = (module: Module<1>, x: number) => {
      module.forward(x);
      return [module.cache, module.backward(1)];
    };
    expect(kept(new Exp(), 0)).toEqual([{ y: 1 }, 1]);
    expect(kept(new Sqrt(), 4)).toEqual([{ y: 2 }, 0.25]);
    expect(kept(new Log(), 4)).toEqual([{ x: 4 }, 0.25]);
    expect(kept(new Abs(), -4)[1]).toBe(-1);
    expect(kept(new Relu(), -4)[1]).toBe(0);
    expect(kept(new Tanh(), 0)[1]).toBe(1);
    expect(kept(new Sigmoid(), 0)[1]).toBe(0.25);
    const cube = new Pow();
    cube.forward(2, 3);
    expect(cube.backward(1)).toEqual([12, 8 * Math.log(2)]);
  });

  it("linear operations keep nothing", () => {
    const sum = new Add();
    sum.forward(1, 2);
    expect(sum.cache).toEqual({});
  });

  it("a quotient keeps its result instead of its first input", () => {
    const quotient = new Div();
    quotient.forward(1, 4);
    expect(quotient.cache).toEqual({ x2: 4, y: 0.25 });
    expect(quotient.backward(1)).toEqual([0.25, -0.0625]);
  });

  const logistic = (x: number) => 1 / (1 + Math.exp(-x));
  const unary: readonly [Module<1>, (x: number) => number, (x: number) => number, string[]][] = [
    [new Neg(), (x) => -x, () => -1, []],
    [new Square(), (x) => x * x, (x) => 2 * x, ["x"]],
    [new Sqrt(), Math.sqrt, (x) => 1 / (2 * Math.sqrt(x)), ["y"]],
    [new Abs(), Math.abs, Math.sign, ["x"]],
    [new Exp(), Math.exp, Math.exp, ["y"]],
    [new Log(), Math.log, (x) => 1 / x, ["x"]],
    [new Sin(), Math.sin, Math.cos, ["x"]],
    [new Cos(), Math.cos, (x) => -Math.sin(x), ["x"]],
    [new Tan(), Math.tan, (x) => 1 / Math.cos(x) ** 2, ["y"]],
    [new Tanh(), Math.tanh, (x) => 1 - Math.tanh(x) ** 2, ["x"]],
    [new Sigmoid(), logistic, (x) => logistic(x) * logistic(-x), ["x", "y"]],
    [new Softplus(), (x) => Math.log1p(Math.exp(x)), logistic, ["x"]],
    [new Relu(), (x) => Math.max(x, 0), () => 1, ["x"]],
  ];
  it.each(unary)("one input gives one derivative: $0.constructor.name", (...row) => {
    const [module, value, slope, kept] = row;
    expect(module.forward(0.7)).toBeCloseTo(value(0.7), 14);
    expect(Object.keys(module.cache)).toEqual(kept);
    expect(module.backward(3)).toBeCloseTo(3 * slope(0.7), 14);
  });

  const binary: readonly [Module<2>, number, readonly [number, number]][] = [
    [new Pow(), 8, [12, 8 * Math.log(2)]],
    [new Max(), 3, [0, 1]],
    [new Min(), 2, [1, 0]],
    [new Sub(), -1, [1, -1]],
  ];
  it.each(binary)("two inputs give two: $0.constructor.name", (module, value, slopes) => {
    expect(module.forward(2, 3)).toBeCloseTo(value, 14);
    const [first, second] = module.backward(1) as [number, number];
    expect(first).toBeCloseTo(slopes[0], 13);
    expect(second).toBeCloseTo(slopes[1], 13);
  });
});

describe("modules of tensors", () => {
  it("tensors go in and out, shapes broadcast back", () => {
    const prod = new Prod();
    const y = prod.forward(2, tensor([1, 3]));
    expect(y.toArray()).toEqual([2, 6]);
    const [byNumber, byVector] = prod.backward(tensor([1, 1]));
    expect([byNumber.toArray(), byVector.toArray()]).toEqual([4, [2, 2]]);
  });

  it("a sum spreads its upstream over the elements", () => {
    const sum = new Sum();
    expect((sum.forward(tensor([1, 2, 3])) as Tensor).item()).toBe(6);
    expect((sum.backward(2) as Tensor).toArray()).toEqual([2, 2, 2]);
  });

  it("matrix products and means chain like the rest", () => {
    const [product, mean] = [new MatMul(), new Mean()];
    const y = product.forward(tensor([[1, 2]]), tensor([[3], [4]]));
    expect((mean.forward(y) as Tensor).item()).toBe(11);
    const [byX, byW] = product.backward(mean.backward(1) as Tensor);
    expect([(byX as Tensor).toArray(), (byW as Tensor).toArray()]).toEqual([[[3, 4]], [[1], [2]]]);
  });

  it("a function of several operations is a module too", () => {
    const layer = moduleOf((x: Tensor, w: Tensor) => sin(matmul(x, w)));
    const x = tensor([[1, 2]]);
    const w = tensor([[0.5], [0.25]]);
    layer.forward(x, w);
    const [byX, byW] = layer.backward(tensor([[1]])) as [Tensor, Tensor];
    const slope = Math.cos(1);
    expect(byX.toArray()).toEqual([[0.5 * slope, 0.25 * slope]]);
    expect(byW.toArray()).toEqual([[slope], [2 * slope]]);
  });

  it("works for inputs of other shapes and dtypes the next time", () => {
    const prod = new Prod();
    prod.forward(2, 3);
    const half = tensor(new Float32Array([0.5]), [1]);
    prod.forward(half, half);
    const [first] = prod.backward(half);
    expect([first.dtype, first.toArray()]).toEqual(["f32", [0.25]]);
  });

  it("an operation without a derivative gives zeros", () => {
    const largest = moduleOf((x: Tensor) => argmax(x));
    largest.forward(tensor([1, 5, 2]));
    expect((largest.backward(1) as Tensor).toArray()).toEqual([0, 0, 0]);
  });
});

it("a module works inside grad, jvp and vmap", () => {
  const squared = (x: Tensor): Tensor => {
    const prod = new Prod();
    const y = prod.forward(x, x);
    const [first, second] = prod.backward(y);
    return add(first, second);
  };
  expect(grad(squared)(3)).toBe(54);
  expect(jvp(squared, [3], [1])).toEqual([54, 54]);
  expect(vmap(squared)(tensor([1, 2])).toArray()).toEqual([2, 16]);
});

it("backward before forward says what to do", () => {
  expect(() => new Sin().backward(1)).toThrow("call forward first");
});

it("an upstream of the wrong shape is refused", () => {
  const prod = new Prod();
  prod.forward(tensor([1, 2]), 3);
  expect(() => prod.backward(tensor([1, 2, 3]))).toThrow(/f64\[2\]/);
  expect(() => moduleOf(sin).backward([1, 2])).toThrow();
});

describe("Chain", () => {
  const wiring = () => ({
    u: [new Add(), "a", "e"] as const,
    v: [new Sub(), "b", "d"] as const,
    h: [new Prod(), "u", "v"] as const,
    f: [new Prod(), "h", "h"] as const,
  });

  it("finds its inputs and gives value and gradient", () => {
    const f = new Chain(wiring());
    expect(f.inputs).toEqual(["a", "e", "b", "d"]);
    expect(f.forward(point)).toBe(8100);
    expect(f.values).toMatchObject({ u: 18, v: -5, h: -90, f: 8100 });
    expect(f.backward()).toEqual({ a: 900, e: 900, b: -3240, d: 3240 });
  });

  it("Prod(h, h) adds up two paths: −90 and −90, so 450 + 450 for a", () => {
    const f = new Chain(wiring());
    f.forward(point);
    f.backward();
    const twice = f.additions.filter(({ from }) => from === "h");
    expect(twice.map(({ contribution, total }) => [contribution, total])).toEqual([
      [-90, -90],
      [-90, -180],
    ]);
    const through = twice.map(({ contribution }) => (contribution as number) * -5 * 1);
    expect(through).toEqual([450, 450]);
  });

  it("an upstream scales the gradient", () => {
    const f = new Chain({ y: [new Sin(), "x"] });
    f.forward({ x: 0 });
    expect(f.backward(3)).toEqual({ x: 3 });
  });

  it("tensors flow through it", () => {
    const f = new Chain({ p: [new Prod(), "x", "x"], s: [new Sum(), "p"] });
    f.forward({ x: tensor([1, 2]) });
    expect((f.backward().x as Tensor).toArray()).toEqual([2, 4]);
  });

  it("says what is wrong with its wiring or its inputs", () => {
    expect(() => new Chain({})).toThrow("at least one step");
    expect(() => new Chain({ u: [new Sin(), "v"], v: [new Sin(), "x"] })).toThrow("before u reads");
    expect(() => new Chain({ u: [new Sin(), "u"] })).toThrow("u reading itself");
    const one = new Sin();
    expect(() => new Chain({ u: [one, "x"], v: [one, "u"] })).toThrow("stands twice, again at v");
    const f = new Chain({ y: [new Sin(), "x"] });
    expect(() => f.forward({})).toThrow("a value for x");
    expect(() => f.forward({ x: 1, z: 2 })).toThrow("got z");
  });
});

/** Operations whose results no module can hold: tapes are read by loops only. */
function holdsTapes({ operation, params, inputs }: Situation): boolean {
  const type = operation.type(inputs.map((x) => x.type) as never, params);
  const kinds = type.kind === "tuple" ? type.elements.map((e) => e.kind) : [type.kind];
  return kinds.includes("tape");
}

describe("the module of every operation agrees with vjp", () => {
  for (const operation of operations.filter(({ name }) => !Object.hasOwn(exceptions, name))) {
    it(operation.name, () => {
      const situations = casesOf(operation).map((source) => situate(operation, source, 1));
      expect(situations.length).toBeGreaterThan(0);
      for (const situation of situations.filter((one) => !holdsTapes(one))) compare(situation);
    });
  }
});

function compare({ operation, params, inputs }: Situation): void {
  const module = moduleOf(operation, params);
  const f = (...xs: Tensor[]): Tensor[] => [applyOperation(operation, xs, params)].flat();
  const [values, pull] = vjp(f, ...inputs);
  const upstream = values.map((y) =>
    y.dtype === "f64" || y.dtype === "f32"
      ? tensor(
          Array.from({ length: y.size }, (_, i) => 1 + (i % 3) / 4),
          y.shape,
          { dtype: y.dtype },
        )
      : y,
  ) as Tensor[];
  const forward = [module.forward(...inputs)].flat() as Tensor[];
  expect(forward.map((y) => y.toArray())).toEqual(values.map((y) => y.toArray()));
  const downstream = [module.backward(upstream)].flat() as Tensor[];
  const expected = pull(upstream) as Tensor[];
  expect(downstream.map((x) => [x.dtype, x.toArray()])).toEqual(
    expected.map((x) => [x.dtype, x.toArray()]),
  );
  expect(module).toBeInstanceOf(Module);
}

it("moduleOf takes a function's operation object", () => {
  const prod = moduleOf(multiply.op);
  prod.forward(2, 3);
  expect(prod.backward(1)).toEqual([3, 2]);
});
