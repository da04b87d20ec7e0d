import fc from "fast-check";
import { expect, it } from "vitest";
import {
  cast,
  grad,
  greater,
  jit,
  matmul,
  mul,
  ones,
  square,
  sum,
  type Tensor,
  tanh,
  tensor,
  trace,
  vmap,
  where,
} from "../../src/index.js";
import { Random } from "../../src/testing/random.js";
import { randomExpression } from "../expressions/expression.js";
import { controlFlow, run } from "../support/loop-programs.js";
import { orders, type Scalar } from "../support/orders.js";
import { program } from "../support/random-programs.js";

const points = [0.63, -1.17];

function near(actual: number, expected: number, what: string): void {
  if (Number.isNaN(expected)) expect(actual, what).toBeNaN();
  else
    expect(Math.abs(actual - expected), what).toBeLessThan(1e-10 * Math.max(1, Math.abs(expected)));
}

it("random programs of nested loops and branches compile, their derivatives of every order too", () => {
  fc.assert(
    fc.property(program, (source) => {
      const own: Scalar = (x) => run(source, [x], controlFlow);
      for (const [name, derive] of orders) {
        const derived = derive(own);
        const compiled = jit(derived as (x: Tensor) => Tensor);
        const mapped = jit(vmap(derived as (x: Tensor) => Tensor) as (x: Tensor) => Tensor);
        const expected = points.map((x) => derived(tensor(x) as Tensor).item() as number);
        const lanes = (mapped(tensor(points) as Tensor) as Tensor).toArray() as number[];
        expected.forEach((value, i) => {
          const alone = compiled(tensor(points[i] as number) as Tensor) as Tensor;
          near(alone.item() as number, value, name);
          near(lanes[i] as number, value, `${name}, mapped`);
        });
      }
    }),
    { numRuns: 25, seed: 2 },
  );
});

it("random expressions compile with their gradients, alone and mapped", () => {
  const random = new Random(7);
  for (let i = 0; i < 400; i++) {
    const { f, point } = randomExpression(random, random.integer(2, 12));
    const gradient = (...xs: Tensor[]) =>
      grad(f, { argnums: [0, 1, 2] })(...xs) as never as Tensor[];
    const expected = gradient(...point.map((p) => tensor(p) as Tensor)).map((d) =>
      Number(d.item()),
    );
    const numbers = point as unknown as readonly Tensor[];
    const actual = jit(gradient)(...numbers) as unknown as number[];
    expected.forEach((value, k) => {
      near(actual[k] as number, value, f.toString());
    });
    const columns = point.map((p) => tensor(Float64Array.of(...Array(20).fill(p))) as Tensor);
    const lanes = vmap(gradient as never) as unknown as (...xs: Tensor[]) => Tensor[];
    const mapped = jit(lanes)(...columns) as unknown as Tensor[];
    expected.forEach((value, k) => {
      near(mapped[k]?.data[19] as number, value, "mapped");
    });
  }
});

it("tanh and its derivative share one exponential", () => {
  const x = tensor(Float32Array.from({ length: 64 }, (_, i) => i / 16 - 2));
  const shifts = (f: (x: Tensor) => Tensor) => jit(f).program(x).split(" shl ").length - 1;
  const both = grad((x: Tensor) => sum(square(tanh(x))) as Tensor);
  expect(shifts(both as (x: Tensor) => Tensor)).toBe(shifts((x) => tanh(x) as Tensor));
});

it("gradients of a product of matrices come in the order of the factors", () => {
  const gradient = grad((a: Tensor, b: Tensor) => sum(matmul(a, b)) as Tensor, {
    argnums: [0, 1],
  });
  const graph = String(trace(gradient)(ones([2, 3]), ones([3, 4])));
  expect(graph).toContain("dotGeneral");
  expect(graph).not.toContain("transpose");
});

it("loops are vectorised whatever a number in their selections weighs", () => {
  const x = ones([64], { dtype: "f32" });
  const text = jit((x: Tensor) => mul(cast(where(greater(x, 0), 1, 0), "f32"), x)).program(x);
  expect(text).toContain("f32x4");
  expect(text).not.toContain("f64x2");
});
