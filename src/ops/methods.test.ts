import { describe, expect, expectTypeOf, it } from "vitest";
import * as ops from "../index.js";
import { grad, type Shape, type Tensor, tensor, zeros } from "../index.js";

const x = tensor([
  [1, -2, 3],
  [4, 5, 6],
]);
const y = tensor([
  [2, 2, 2],
  [4, 4, 8],
]);

/** Each method beside the function it stands for. */
const calls: [string, keyof typeof ops, ...unknown[]][] = [
  ["add", "add", y],
  ["sub", "subtract", y],
  ["mul", "multiply", y],
  ["div", "divide", y],
  ["neg", "negative"],
  ["pow", "power", y],
  ["mod", "remainder", y],
  ["abs", "abs"],
  ["eq", "equal", y],
  ["ne", "notEqual", y],
  ["le", "lessEqual", y],
  ["ge", "greaterEqual", y],
  ["lt", "less", y],
  ["gt", "greater", y],
  ["reshape", "reshape", [3, -1]],
  ["transpose", "transpose"],
  ["transpose", "transpose", [1, 0]],
  ["expandDims", "expandDims", 1],
  ["squeeze", "squeeze"],
  ["ravel", "ravel"],
  ["flatten", "ravel"],
  ["index", "index", 1, "1:"],
  ["sum", "sum", { axis: 0 }],
  ["mean", "mean", { axis: 1, keepdims: true }],
  ["prod", "prod"],
  ["max", "max", { axis: 0 }],
  ["min", "min", { axis: 0 }],
  ["any", "any"],
  ["all", "all", { axis: 1 }],
  ["argmax", "argmax", { axis: 1 }],
  ["argmin", "argmin"],
  ["matmul", "matmul", y.T],
  ["cast", "cast", "f32"],
  ["astype", "cast", "i32"],
];

type Call = (...args: unknown[]) => Tensor;

const functions = ops as unknown as Record<string, Call>;

describe("methods of tensors", () => {
  for (const [method, name, ...rest] of calls) {
    it(`x.${method}(${rest.length === 0 ? "" : "…"}) is ${name}(x, …)`, () => {
      const got = (x as unknown as Record<string, Call>)[method]?.(...rest) as Tensor;
      const want = functions[name]?.(x, ...rest) as Tensor;
      expect([got.shape, got.dtype]).toEqual([want.shape, want.dtype]);
      expect(got.toArray()).toEqual(want.toArray());
    });
  }
  it("are all tested", () => {
    const tested = new Set(calls.map(([method]) => method));
    const own = ["constructor", "item", "toArray", "toString", "toJSON"];
    const methods = Object.entries(Object.getOwnPropertyDescriptors(x.constructor.prototype))
      .filter(([name, { value }]) => typeof value === "function" && !own.includes(name))
      .map(([name]) => name);
    expect(methods.filter((name) => !tested.has(name))).toEqual([]);
  });
  it("stay out of loops over a tensor's properties", () => {
    const seen: string[] = [];
    for (const key in x) seen.push(key);
    expect(seen).not.toContain("add");
    expect(seen).not.toContain("T");
  });
  it("T exchanges the axes and differentiates", () => {
    expect(x.T.toArray()).toEqual([
      [1, 4],
      [-2, 5],
      [3, 6],
    ]);
    expect(grad((z: Tensor) => z.T.matmul(z).sum())(x).shape).toEqual([2, 3]);
  });
  it("know their results by type", () => {
    const a = zeros([2, 3]);
    const b = zeros([2, 1], { dtype: "f32" });
    expectTypeOf(a.add(b)).toEqualTypeOf<Tensor<readonly [2, 3], "f64">>();
    expectTypeOf(b.mul(2)).toEqualTypeOf<Tensor<readonly [2, 1], "f32">>();
    expectTypeOf(a.T).toEqualTypeOf<Tensor<readonly [3, 2], "f64">>();
    expectTypeOf(a.transpose()).toEqualTypeOf<Tensor<readonly [3, 2], "f64">>();
    expectTypeOf(a.reshape([-1, 2])).toEqualTypeOf<Tensor<readonly [number, 2], "f64">>();
    expectTypeOf(a.gt(b)).toEqualTypeOf<Tensor<readonly [2, 3], "bool">>();
    expectTypeOf(a.T.matmul(b)).toEqualTypeOf<Tensor<readonly [3, 1], "f64">>();
    expectTypeOf(a.mul(b).sum()).toEqualTypeOf<Tensor<readonly [], "f64">>();
    expectTypeOf(a.gt(0).sum()).toEqualTypeOf<Tensor<readonly [], "i32">>();
    expectTypeOf(b.max({ axis: 0 })).toEqualTypeOf<Tensor<Shape, "f32">>();
    expectTypeOf(a.cast("i32").mean()).toEqualTypeOf<Tensor<readonly [], "f64">>();
    expectTypeOf(a.cast("i32")).toEqualTypeOf<Tensor<readonly [2, 3], "i32">>();
  });
  it("leave tensors assignable to less known ones, and not to others", () => {
    const a = zeros([2, 3]);
    expectTypeOf(a).toExtend<Tensor>();
    expectTypeOf(a).toExtend<Tensor<readonly [number, 3], "f64">>();
    expectTypeOf(a).not.toExtend<Tensor<readonly [3, 2], "f64">>();
    expectTypeOf(a).not.toExtend<Tensor<readonly [2, 3], "f32">>();
  });
});
