import { expect, expectTypeOf, it } from "vitest";
import {
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  linearize,
  multiply,
  type Shape,
  sin,
  sum,
  type Tensor,
  tensor,
  valueAndGrad,
  vjp,
  vmap,
} from "../index.js";

type Scalar = Tensor<readonly [], "f64">;
const square = (x: Tensor) => multiply(x, x);
const line = (p: { w: Tensor; b: Tensor }): Tensor => sum(multiply(p.w, p.b));
const w = tensor([1, 2, 3]);

it("a gradient has the type of what was passed", () => {
  const g = grad(line)({ w, b: 3 });
  expectTypeOf(g).toEqualTypeOf<{ w: Tensor<readonly [3], "f64">; b: number }>();
  expect(g.b).toBe(6);
  const one = grad(square)(3);
  expectTypeOf(one).toEqualTypeOf<number>();
  expect(one).toBe(6);
  expectTypeOf(grad(sin)(3)).toEqualTypeOf<number>();
  expectTypeOf(grad((x: Tensor) => sum(x))(Float32Array.of(1))).toEqualTypeOf<
    Tensor<readonly [number], "f32">
  >();
});

it("argnums choose a tree or a list of trees", () => {
  const f = (x: Tensor, y: Tensor, p: readonly Tensor[]) =>
    sum(multiply(multiply(x, y), p[0] as Tensor));
  const both = grad(f, { argnums: [2, 0] })(2, w, [3]);
  expectTypeOf(both).toEqualTypeOf<[number[], number]>();
  const f2 = (x: Tensor, y: Tensor) => sum(multiply(x, y));
  expectTypeOf(grad(f2, { argnums: 1 })(w, 2)).toEqualTypeOf<number>();
  const [[value, aux], g] = valueAndGrad((x: Tensor) => [square(x), { x, n: 1 }] as const, {
    hasAux: true,
  })(3);
  expectTypeOf(value).toEqualTypeOf<number>();
  expectTypeOf(aux).toEqualTypeOf<{ readonly x: Tensor; readonly n: 1 }>();
  expectTypeOf(g).toEqualTypeOf<number>();
});

it("values are numbers only where all arguments are", () => {
  const [value] = valueAndGrad(line)({ w, b: 3 });
  expectTypeOf(value).toEqualTypeOf<Tensor<readonly []>>();
  const [number] = valueAndGrad(line)({ w: 2, b: 3 });
  expectTypeOf(number).toEqualTypeOf<number>();
  const [v, t] = jvp((x: Scalar) => multiply(x, x), [3], [1]);
  expectTypeOf([v, t]).toEqualTypeOf<number[]>();
  expect([v, t]).toEqual([9, 6]);
  const [y, pull] = vjp((x: Scalar, z: Tensor<readonly [3], "f64">) => multiply(x, z), 2, w);
  expectTypeOf(y).toEqualTypeOf<Tensor<readonly [3], "f64">>();
  expectTypeOf(pull(w)).toEqualTypeOf<[number, Tensor<readonly [3], "f64">]>();
  const [, df] = linearize((x: Scalar) => multiply(x, x), 3);
  expectTypeOf(df(2)).toEqualTypeOf<number>();
});

it("blocks have the shape of the result, then that of the input", () => {
  const f = (x: Tensor<readonly [3], "f64">) => ({ y: sin(x), n: multiply(x, tensor([[1], [2]])) });
  const j = jacobian(f)(w);
  expectTypeOf(j.y).toEqualTypeOf<Tensor<readonly [3, 3], "f64">>();
  expectTypeOf(j.n).toEqualTypeOf<Tensor<readonly [2, 3, 3], "f64">>();
  expectTypeOf(jacobian((x: Scalar) => sin(x))(2)).toEqualTypeOf<number>();
  const h = hessian((p: { a: Scalar; b: Scalar }) => multiply(p.a, p.b))({ a: 1, b: 2 });
  expectTypeOf(h).toEqualTypeOf<{ a: { a: number; b: number }; b: { a: number; b: number } }>();
  expectTypeOf(hvp(square, [3], [1])).toEqualTypeOf<number>();
  expect(j.n.shape).toEqual([2, 3, 3]);
});

it("a transform of a transform sees tensors", () => {
  expectTypeOf(grad(grad(square))(3)).toEqualTypeOf<number>();
  const twice = jacobian(jacobian((x: Tensor<readonly [3], "f64">) => sin(x)))(w);
  expectTypeOf(twice).toEqualTypeOf<Tensor<readonly [3, 3, 3], "f64">>();
  const each = vmap(grad((x: Scalar) => sin(x)))(w);
  expectTypeOf(each).toEqualTypeOf<Tensor<readonly [number], "f64">>();
  const outer = grad((x: Tensor<readonly [number], "f64">) => sum(vmap(grad(sin))(x)))(w);
  expectTypeOf(outer).toEqualTypeOf<Tensor<readonly [3], "f64">>();
  expect(twice.shape).toEqual([3, 3, 3]);
});

it("functions of lists of tensors keep their types", () => {
  const f = (...xs: Tensor[]): Tensor => sum(xs[0] as Tensor);
  const xs: readonly Tensor[] = [w];
  const [y, pull] = vjp(f, ...xs);
  expectTypeOf(y).toEqualTypeOf<Tensor>();
  expectTypeOf(pull(y)).toEqualTypeOf<Tensor[]>();
  const [, t] = jvp(f, xs, xs);
  expectTypeOf(t).toEqualTypeOf<Tensor>();
  expectTypeOf(vmap(f, { inAxes: [0] })(w)).toEqualTypeOf<Tensor<Shape>>();
});

it("arguments that cannot fit are compile errors", () => {
  const f = (x: Tensor<readonly [3], "f64">) => sum(x);
  // @ts-expect-error a number has no axis
  expect(() => grad(f)(3)).not.toThrow();
  // @ts-expect-error an f32 vector is not f64
  expect(() => grad(f)(Float32Array.of(1, 2, 3))).not.toThrow();
  // @ts-expect-error a string is no tensor
  expect(() => grad(f)("3")).toThrow(/expected/);
});
