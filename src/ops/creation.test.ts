import { describe, expect, expectTypeOf, it } from "vitest";
import { expectClose, expectDerivatives, sample } from "../../test/support/derivatives.js";
import {
  add,
  arange,
  asarray,
  eye,
  full,
  fullLike,
  geomspace,
  grad,
  iota,
  linspace,
  logspace,
  meshgrid,
  multiply,
  onesLike,
  sum,
  type Tensor,
  tensor,
  trace,
  vmap,
  zeros,
  zerosLike,
} from "../index.js";

describe("creation", () => {
  it("holds no data in a graph: iota and fills are nodes", () => {
    const graph = trace((x: Tensor) => sum(multiply(x, add(arange(1000), zeros([1000])))))(
      zeros([1000]),
    );
    expect(graph.toString()).toContain("iota");
    expect(JSON.stringify(graph.toJSON()).length).toBeLessThan(3000);
  });
  it("is a constant to derivatives and maps", () => {
    const f = (x: Tensor): Tensor => sum(multiply(x, iota([3])));
    expect(grad(f)(tensor([1, 1, 1])).toArray()).toEqual([0, 1, 2]);
    expect(
      vmap(f)(
        tensor([
          [1, 1, 1],
          [2, 0, 1],
        ]),
      ).toArray(),
    ).toEqual([3, 2]);
  });
  it("knows shapes and dtypes by type", () => {
    expectTypeOf(zeros([2, 3])).toEqualTypeOf<Tensor<readonly [2, 3], "f64">>();
    expectTypeOf(full([2], true)).toEqualTypeOf<Tensor<readonly [2], "bool">>();
    expectTypeOf(arange(4, { dtype: "i32" })).toEqualTypeOf<Tensor<readonly [4], "i32">>();
    expectTypeOf(arange(2.5)).toEqualTypeOf<Tensor<readonly [number], "f64">>();
    expectTypeOf(arange(1, 4)).toEqualTypeOf<Tensor<readonly [number], "f64">>();
    expectTypeOf(linspace(0, 1, 5)).toEqualTypeOf<Tensor<readonly [5], "f64">>();
    expectTypeOf(eye(2, 3, { dtype: "f32" })).toEqualTypeOf<Tensor<readonly [2, 3], "f32">>();
    expectTypeOf(asarray([[1, 2]])).toEqualTypeOf<Tensor<readonly [1, 2], "f64">>();
    const x: Tensor<readonly [2, 3], "f32"> = zeros([2, 3], { dtype: "f32" });
    expectTypeOf(zerosLike(x)).toEqualTypeOf<Tensor<readonly [2, 3], "f32">>();
    expectTypeOf(onesLike(x, { dtype: "i32" })).toEqualTypeOf<Tensor<readonly [2, 3], "i32">>();
  });
  it("takes shape and dtype from another tensor", () => {
    const x = zeros([2, 0], { dtype: "u32" });
    expect([onesLike(x).shape, onesLike(x).dtype]).toEqual([[2, 0], "u32"]);
    expect(fullLike(tensor([1, 2]), 7).toArray()).toEqual([7, 7]);
    expect(zerosLike(3).shape).toEqual([]);
  });
  it("fills differentiably from a tensor", () => {
    const g = grad((x: Tensor) => sum(full([4, 2], x)))(tensor([1, 2]));
    expect(g.toArray()).toEqual([4, 4]);
  });
  it("reaches both ends of linspace exactly and symmetrically", () => {
    const values = linspace(0.1, 0.7, 7).data;
    expect([values[0], values[6]]).toEqual([0.1, 0.7]);
    expect(linspace(0, 1, 11).data[3]).toBe(0.3);
    const mirrored = linspace(-1, 1, 10).data;
    for (let i = 0; i < 10; i++) expect(mirrored[i]).toBe(-(mirrored[9 - i] as number));
  });
  it("spaces geometrically over ranges whose quotient overflows, and below 0", () => {
    expectClose(geomspace(1e-200, 1e200, 3).data, [1e-200, 1, 1e200]);
    expectClose(geomspace(-1, -8, 4).data, [-1, -2, -4, -8]);
    expectDerivatives(
      (a, b) => geomspace(multiply(a, a), multiply(b as Tensor, b as Tensor), 4),
      [sample([2], 3), sample([2], 4)],
    );
    expectDerivatives(
      (a, b) => logspace(a, b as Tensor, 3, { base: 2, axis: -1 }),
      [sample([2]), sample([2], 2)],
    );
  });
  it("asarray copies arrays, keeps tensors and converts", () => {
    const x = tensor([1, 2]);
    expect(asarray(x)).toBe(x);
    expect(asarray(x, { dtype: "i32" }).dtype).toBe("i32");
    expect(asarray(Float32Array.of(1.5)).dtype).toBe("f32");
    expect(asarray([true]).dtype).toBe("bool");
  });
  it("refuses values and arguments that do not fit", () => {
    expect(() => full([2], 1.5, { dtype: "i32" })).toThrow(
      /full: expected a number that fits i32, got 1.5/,
    );
    expect(() => zeros([-1])).toThrow(/shape/);
    expect(() => zeros([2], { dtype: "f16" as "f32" })).toThrow(/f64, f32, i32, u32 or bool/);
    expect(() => iota([2], { axis: 1 })).toThrow(/iota: expected an axis from -1 to 0/);
    expect(() => iota([2], { dtype: "bool" })).toThrow(/iota/);
    expect(() => arange(0, 1, 0)).toThrow(/arange: .*other than 0/);
    expect(() => arange(Number.POSITIVE_INFINITY)).toThrow(/finite/);
    expect(() => arange(0, 2, 0.5, { dtype: "i32" })).toThrow(/whole numbers for i32/);
    expect(() => linspace(0, 1, -1)).toThrow(/linspace/);
    expect(() => geomspace(-1, 1)).toThrow(/geomspace: expected two numbers of one sign/);
    expect(() => meshgrid([zeros([2, 2])])).toThrow(/vectors/);
    expect(() => eye(-1)).toThrow(/eye/);
  });
});
