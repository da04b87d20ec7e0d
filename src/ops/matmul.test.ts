import { describe, expect, expectTypeOf, it } from "vitest";
import { expectBatches, expectDerivatives, sample } from "../../test/support/derivatives.js";
import { type DType, matmul, type Shape, type Tensor, tensor, zeros } from "../index.js";

describe("matmul", () => {
  it("differentiates in both modes, twice, through vectors and broadcast batch axes", () => {
    const f = (x: Tensor, y: Tensor): Tensor => matmul(x, y);
    const pairs: [number[], number[]][] = [
      [[3], [3]],
      [[2, 3], [3]],
      [[3], [3, 2]],
      [
        [2, 3],
        [3, 2],
      ],
      [
        [2, 1, 2, 3],
        [3, 3, 2],
      ],
      [
        [2, 3],
        [2, 3, 1],
      ],
      [
        [2, 2, 3],
        [3, 2],
      ],
      [
        [0, 3],
        [3, 2],
      ],
    ];
    for (const [p, q] of pairs) {
      const xs = [sample(p, 1), sample(q, 2)];
      expectDerivatives((x, y) => f(x, y as Tensor), xs);
      if (!p.includes(0)) expectBatches((x, y) => f(x, y as Tensor), xs);
    }
  });
  it("differentiates a product of a matrix with itself", () => {
    expectDerivatives((x) => matmul(matmul(x, x), x), [sample([3, 3])]);
  });
  it("promotes dtypes and lets f32 stay f32", () => {
    const x = zeros([2, 2], { dtype: "f32" });
    expect(matmul(x, x).dtype).toBe("f32");
    expect(matmul(x, zeros([2, 2])).dtype).toBe("f64");
    expect(matmul(x, zeros([2, 2], { dtype: "i32" })).dtype).toBe("f32");
  });
  it("names both shapes when they do not fit at run time", () => {
    const loose = (shape: number[]): Tensor => sample(shape);
    expect(() => matmul(loose([2, 3]), loose([4, 5]))).toThrow(
      /matmul: .*got f64\[2, 3\] and f64\[4, 5\]: 3 ≠ 4/,
    );
    expect(() => matmul(loose([2, 1]), loose([4, 5]))).toThrow(/1 ≠ 4/);
    expect(() => matmul(loose([2, 2, 3]), loose([3, 3, 2]))).toThrow(
      /matmul: expected shapes that broadcast/,
    );
    expect(() => matmul(loose([]), loose([3]))).toThrow(/fix: multiply/);
  });
  it("knows the shape of the result by type, and degrades where it cannot", () => {
    const a = zeros([2, 3]);
    const b = zeros([3, 5], { dtype: "f32" });
    expectTypeOf(matmul(a, b)).toEqualTypeOf<Tensor<readonly [2, 5], "f64">>();
    expectTypeOf(matmul(b.T, a.T)).toEqualTypeOf<Tensor<readonly [5, 2], "f64">>();
    expectTypeOf(matmul(zeros([7, 1, 2, 3]), zeros([4, 3, 6]))).toEqualTypeOf<
      Tensor<readonly [7, 4, 2, 6], "f64">
    >();
    expectTypeOf(matmul(zeros([3]), zeros([3]))).toEqualTypeOf<Tensor<readonly [], "f64">>();
    expectTypeOf(matmul(zeros([4, 2, 3]), zeros([3]))).toEqualTypeOf<
      Tensor<readonly [4, 2], "f64">
    >();
    const rows: Tensor<readonly [number, 3], "f64"> = zeros([2, 3]);
    expectTypeOf(matmul(rows, b)).toEqualTypeOf<Tensor<readonly [number, 5], "f64">>();
    const unknown: Tensor = a;
    expectTypeOf(matmul(unknown, b)).toEqualTypeOf<Tensor<Shape, DType>>();
  });
  it("is a compile error for shapes that do not fit", () => {
    const a = zeros([2, 3]);
    // @ts-expect-error matmul: shapes [2, 3] and [4, 5] do not fit: 3 ≠ 4
    expect(() => matmul(a, zeros([4, 5]))).toThrow();
    const square = tensor([[1], [2]]);
    // @ts-expect-error matmul: shapes [2, 3] and [2, 1] do not fit: 3 ≠ 2
    expect(() => a.matmul(square)).toThrow();
    // @ts-expect-error the batch axes do not broadcast
    expect(() => matmul(zeros([2, 2, 3]), zeros([3, 3, 2]))).toThrow();
    // @ts-expect-error a scalar has no axis to sum over
    expect(() => matmul(a, zeros([]))).toThrow();
  });
});
