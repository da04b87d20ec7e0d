import { describe, expect, it } from "vitest";
import { arange, full, grad, sum, type Tensor, tensor, trace, vjp, zeros } from "../index.js";

describe("a tensor as text", () => {
  it("nests its axes", () => {
    expect(
      String(
        tensor([
          [1, 2, 3],
          [4, 5, 6],
        ]),
      ),
    ).toBe("Tensor(f64[2, 3]) [[1, 2, 3], [4, 5, 6]]");
    expect(String(tensor(7))).toBe("Tensor(f64) 7");
    expect(String(tensor([true, false]))).toBe("Tensor(bool[2]) [true, false]");
  });

  it("shows empty axes", () => {
    expect(String(zeros([0]))).toBe("Tensor(f64[0]) []");
    expect(String(zeros([2, 0]))).toBe("Tensor(f64[2, 0]) [[], []]");
  });

  it("writes f32 in the digits it has", () => {
    expect(String(tensor([0.1, 1 / 3, 2 ** 24, Number.NaN], { dtype: "f32" }))).toBe(
      "Tensor(f32[4]) [0.1, 0.33333334, 16777216, NaN]",
    );
  });

  it("stops after a hundred elements", () => {
    expect(String(arange(1000))).toMatch(/ 98, 99, …\]$/);
    expect(String(full([1000, 60], 1))).toMatch(/^Tensor\(f64\[1000, 60\]\) \[\[.*, …\], …\]$/);
  });
});

it("the value of a plain Tensor compares with numbers", () => {
  const slope = grad((x: Tensor) => (x.item() > 0 ? x.mul(3) : x.mul(2)));
  expect([slope(1), slope(-1)]).toEqual([3, 2]);
  const flag: boolean = tensor(true).item();
  expect(flag).toBe(true);
});

it("a shape may be written without readonly", () => {
  const length = (x: Tensor<[number]>, y: Tensor<[2, 3]>) => x.size + y.size;
  expect(length(tensor([1, 2]), zeros([2, 3]))).toBe(8);
  // @ts-expect-error another shape
  expect(length(tensor([1, 2]), zeros([3, 2]))).toBe(8);
});

it("toArray is as deep as the shape, by type too", () => {
  const number: number = tensor(1).toArray();
  const row: number[] = tensor([1, 2]).toArray();
  const rows: number[][] = zeros([1, 2]).toArray();
  const flags: boolean[] = tensor([true]).toArray();
  expect([number, row, rows, flags]).toEqual([1, [1, 2], [[0, 0]], [true]]);
});

describe("errors", () => {
  it("name the user's line from deep inside the library", () => {
    const far = (x: Tensor): Tensor => sum(x, { axis: 5 });
    let nested = (x: Tensor): Tensor => far(x);
    for (let i = 0; i < 3; i++) {
      const inner = nested;
      nested = (x) => grad(inner)(x);
    }
    expect(() => nested(tensor([1]))).toThrow(/at .*node\.test\.ts:\d+:\d+$/);
  });

  it("say what came", () => {
    const refuse = grad((x: Tensor) => x) as (x: unknown) => unknown;
    expect(() => refuse(new Date())).toThrow("got an instance of Date at [0]");
    expect(() => (sum as (x: unknown) => unknown)([1, 2])).toThrow("got an array of 2");
    expect(() => (sum as (x: unknown) => unknown)({})).toThrow("got an object");
    expect(() => tensor(new BigInt64Array(1) as never)).toThrow("got an instance of BigInt64Array");
  });

  it("name no place where the result is one tensor", () => {
    const [, pull] = vjp((x: Tensor) => x.mul(2), tensor([1, 2]));
    expect(() => pull(tensor([1, 2, 3]))).toThrow(
      "expected a cotangent of type f64[2], got f64[3]",
    );
  });
});

it("a graph shows itself as a program", () => {
  const graph = trace((x: Tensor) => x.mul(2))(1);
  const inspect = Symbol.for("nodejs.util.inspect.custom");
  expect((graph as unknown as Record<symbol, () => string>)[inspect]?.()).toBe(String(graph));
});
