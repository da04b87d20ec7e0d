import { describe, expect, it } from "vitest";
import {
  abs,
  add,
  broadcastTo,
  cast,
  conv,
  type DType,
  dotGeneral,
  einsum,
  flip,
  forLoop,
  grad,
  jit,
  matmul,
  multiply,
  reshape,
  scan,
  slice,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
} from "../../src/index.js";
import { Random } from "../../src/testing/random.js";
import { randomTensor } from "../support/tensors.js";

type Contraction = (...inputs: Tensor[]) => Tensor;

const random = new Random(5);

const matrix = (shape: readonly number[], dtype: DType): Tensor =>
  randomTensor(random, shape, dtype);

/** Every element within 4·ε·√terms·Σ|terms| of what the interpreter computes from the same numbers in f64. */
function expectNear(f: Contraction, terms: number, inputs: readonly Tensor[]): void {
  const wide = inputs.map((input) => cast(input, "f64") as Tensor);
  const exact = f(...wide);
  const sizes = f(...wide.map((input) => abs(input) as Tensor)).data;
  const actual = (jit(f) as Contraction)(...inputs);
  expect(actual.shape).toEqual(exact.shape);
  expect(actual.dtype).toBe(inputs[0]?.dtype);
  const epsilon = actual.dtype === "f32" ? 2 ** -23 : 2 ** -52;
  const wrong = [...actual.data].findIndex((value, i) => {
    const bound = 4 * epsilon * Math.sqrt(Math.max(1, terms)) * Number(sizes[i]);
    return !(Math.abs(Number(value) - Number(exact.data[i])) <= bound);
  });
  expect(wrong, `element ${wrong} of ${inputs.map(({ shape }) => `[${shape}]`).join(" ")}`).toBe(
    -1,
  );
}

const product: Contraction = (x, w) => matmul(x, w) as Tensor;
const right: Contraction = (x, w) => matmul(x, transpose(w)) as Tensor;
const left: Contraction = (x, w) => matmul(transpose(x), w) as Tensor;
const lengths = [1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 31, 33, 64];

describe.each(["f32", "f64"] as const)("products of matrices of %s", (dtype) => {
  it("agree with the interpreter at every edge of a tile", () => {
    for (const m of lengths)
      for (const n of lengths) {
        const k = random.integer(1, 40);
        expectNear(product, k, [matrix([m, k], dtype), matrix([k, n], dtype)]);
      }
  });

  it("agree around blocks of terms, rows and columns", () => {
    for (const k of [0, 1, 2, 31, 32, 33, 255, 256, 257, 511, 513, 700]) {
      expectNear(product, k, [matrix([9, k], dtype), matrix([k, 11], dtype)]);
      expectNear(right, k, [matrix([6, k], dtype), matrix([13, k], dtype)]);
      expectNear(left, k, [matrix([k, 10], dtype), matrix([k, 5], dtype)]);
    }
    for (const m of [127, 128, 129, 131, 256, 261])
      expectNear(product, 20, [matrix([m, 20], dtype), matrix([20, 9], dtype)]);
    for (const n of [2047, 2048, 2049, 2053])
      expectNear(product, 5, [matrix([5, 5], dtype), matrix([5, n], dtype)]);
  });

  it("agree for transposed, reversed, sliced and repeated factors", () => {
    for (const [m, n, k] of [
      [4, 8, 3],
      [17, 19, 33],
      [33, 31, 300],
    ] as const) {
      expectNear(right, k, [matrix([m, k], dtype), matrix([n, k], dtype)]);
      expectNear(left, k, [matrix([k, m], dtype), matrix([k, n], dtype)]);
      const both: Contraction = (x, w) => matmul(transpose(x), transpose(w)) as Tensor;
      expectNear(both, k, [matrix([k, m], dtype), matrix([n, k], dtype)]);
      const backwards: Contraction = (x, w) => matmul(flip(x, 0), flip(w, [0, 1])) as Tensor;
      expectNear(backwards, k, [matrix([m, k], dtype), matrix([k, n], dtype)]);
      const part: Contraction = (x, w) =>
        matmul(slice(x, [1, 2], [m + 1, k + 2]), slice(w, [3, 1], [k + 3, n + 1])) as Tensor;
      expectNear(part, k, [matrix([m + 3, k + 3], dtype), matrix([k + 4, n + 2], dtype)]);
    }
  });

  it("agree in batches and along several axes in any order", () => {
    const shapes = [
      [[3, 5, 6], [3, 6, 9], "bij,bjk->bik", 6],
      [[2, 12, 3, 5], [2, 9, 3, 5], "bihd,bjhd->bhij", 5],
      [[2, 3, 12, 9], [2, 9, 3, 5], "bhij,bjhd->bihd", 9],
      [[4, 5, 6], [6, 4, 7], "abc,cad->bd", 24],
      [[4, 5, 6], [4, 5, 3], "abc,abd->cd", 20],
      [[7, 5, 6, 2], [6, 7, 9, 3], "abcd,caef->bdef", 42],
      [[6, 20], [6, 20], "bi,bi->b", 20],
      [[6, 20], [6, 20], "bi,bi->i", 6],
      [[6, 20, 7], [6, 20], "bij,bi->bj", 20],
      [[6, 20, 7], [6, 7], "bij,bj->bi", 7],
      [[3, 4, 5], [7], "abc,d->abcd", 1],
    ] as const;
    for (const [x, y, formula, terms] of shapes)
      expectNear((a, c) => einsum(formula, a, c) as Tensor, terms, [
        matrix(x, dtype),
        matrix(y, dtype),
      ]);
  });

  it("agree for random axes in any order, seen through views", () => {
    for (let i = 0; i < 60; i++) {
      const axes = (most: number): number[] =>
        Array.from({ length: random.integer(0, most) }, () =>
          random.integer(1, random.next() < 0.2 ? 33 : 6),
        );
      const [batch, summed, ofX, ofY] = [axes(2), axes(2), axes(2), axes(2)];
      const factor = (own: readonly number[]) => {
        const all = [...batch, ...summed, ...own];
        const order = random.permutation(all.length);
        const repeated = random.next() < 0.3 ? random.integer(0, all.length) : -1;
        const stored = all.map((length, axis) => (axis === repeated ? 1 : length));
        const skipping = random.next() < 0.3;
        const input = matrix(
          order.map((axis) => (stored[axis] as number) * (skipping ? 2 : 1)),
          dtype,
        );
        const view = (x: Tensor): Tensor => {
          const shape = order.map((axis) => stored[axis] as number);
          const seen = skipping
            ? (slice(
                x,
                shape.map(() => 1),
                x.shape,
                shape.map(() => 2),
              ) as Tensor)
            : x;
          return broadcastTo(
            seen,
            order.map((axis) => all[axis] as number),
          ) as Tensor;
        };
        return { input, view, at: (axis: number) => order.indexOf(axis) };
      };
      const [x, y] = [factor(ofX), factor(ofY)];
      const pairs = (from: number, count: number) =>
        Array.from({ length: count }, (_, k) => [x.at(from + k), y.at(from + k)] as const);
      const options = {
        batch: pairs(0, batch.length),
        contract: pairs(batch.length, summed.length),
      };
      const terms = summed.reduce((product, length) => product * length, 1);
      expectNear((a, c) => dotGeneral(x.view(a), y.view(c), options), terms, [x.input, y.input]);
    }
  });

  it("agree where a factor is a vector, of any length and spacing", () => {
    for (const [m, k] of [
      [1, 1],
      [3, 40],
      [50, 3],
      [130, 257],
      [257, 130],
      [5, 5000],
      [5000, 5],
      [1, 10_001],
    ] as const) {
      expectNear(product, k, [matrix([m, k], dtype), matrix([k], dtype)]);
      expectNear(product, k, [matrix([k], dtype), matrix([k, m], dtype)]);
      expectNear((x, v) => matmul(transpose(x), v) as Tensor, k, [
        matrix([k, m], dtype),
        matrix([k], dtype),
      ]);
      expectNear((v, x) => matmul(v, transpose(x)) as Tensor, k, [
        matrix([k], dtype),
        matrix([m, k], dtype),
      ]);
      expectNear(right, k, [matrix([2, k], dtype), matrix([m, k], dtype)]);
      expectNear(product, k, [matrix([m, k], dtype), matrix([k, 3], dtype)]);
      const column: Contraction = (x, w) => matmul(x, slice(w, [0, 1], [k, 2])) as Tensor;
      expectNear(column, k, [matrix([m, k], dtype), matrix([k, 3], dtype)]);
    }
    for (const [m, n] of [
      [1, 40],
      [40, 1],
      [33, 65],
      [6, 1001],
    ] as const)
      expectNear((x, y) => dotGeneral(x, y), 1, [matrix([m], dtype), matrix([n], dtype)]);
  });

  it("add up long sums of equal numbers accurately", () => {
    const same = (...shape: number[]): Tensor =>
      cast(
        reshape(tensor(new Float64Array(shape.reduce((a, c) => a * c)).fill(0.1)) as Tensor, shape),
        dtype,
      ) as Tensor;
    for (const n of [1000, 100_003]) {
      expectNear((x, y) => matmul(x, y) as Tensor, n, [same(n), same(n)]);
      expectNear(product, n, [same(1, n), same(n, 5)]);
      expectNear(product, n, [same(5, n), same(n)]);
      expectNear(left, n, [same(n, 4), same(n, 5)]);
    }
    const million = same(1_000_000);
    expectNear(product, 1_000_000, [million, million]);
  });

  it("have gradients that agree", () => {
    for (const [m, n, k] of [
      [5, 9, 7],
      [33, 18, 65],
      [20, 1, 300],
      [1, 20, 300],
    ] as const) {
      const weighted = (x: Tensor, w: Tensor, g: Tensor): Tensor =>
        sum(multiply(matmul(x, w), g)) as Tensor;
      const inputs = [matrix([m, k], dtype), matrix([k, n], dtype), matrix([m, n], dtype)];
      expectNear(grad(weighted, { argnums: 0 }) as Contraction, n, inputs);
      expectNear(grad(weighted, { argnums: 1 }) as Contraction, m, inputs);
    }
  });

  it("agree as convolutions, forward and backward", () => {
    for (const [x, w, options] of [
      [[2, 3, 9, 8], [5, 3, 3, 2], {}],
      [[3, 1, 12, 12], [4, 1, 5, 5], {}],
      [[2, 4, 11, 7], [6, 4, 3, 3], { stride: 2, padding: 1 }],
      [[1, 8, 6, 6], [8, 8, 3, 3], { padding: 1 }],
    ] as const) {
      const inputs = [matrix(x, dtype), matrix(w, dtype)];
      const run: Contraction = (a, c) => conv(a, c, options) as Tensor;
      expectNear(run, w[1] * w[2] * w[3], inputs);
      const shape = run(...inputs).shape;
      const weighted = (a: Tensor, c: Tensor, g: Tensor): Tensor =>
        sum(multiply(run(a, c), g)) as Tensor;
      const all = [...inputs, matrix(shape, dtype)];
      expectNear(grad(weighted, { argnums: 0 }) as Contraction, w[0] * w[2] * w[3], all);
      expectNear(
        grad(weighted, { argnums: 1 }) as Contraction,
        x[0] * (shape[2] as number) * (shape[3] as number),
        all,
      );
    }
  });

  it("keep NaN and infinities to the sums that they are in", () => {
    for (const [m, n, k] of [
      [6, 10, 40],
      [9, 1, 300],
      [1, 9, 300],
      [1, 1, 5000],
    ] as const) {
      const x = matrix([m, k], "f64").data.slice();
      x[k - 1] = NaN;
      x[(m - 1) * k] = Number.isNaN(x[(m - 1) * k] as number) ? NaN : Infinity;
      const inputs = [
        cast(reshape(tensor(x) as Tensor, [m, k]) as Tensor, dtype) as Tensor,
        matrix([k, n], dtype),
      ];
      const expected = product(...inputs).data;
      const actual = (jit(product) as Contraction)(...inputs).data;
      expected.forEach((value, i) => {
        if (!Number.isFinite(value)) expect(actual[i]).toBe(value);
        else expect(actual[i]).toSatisfy(Number.isFinite);
      });
    }
  });
});

it("integers wrap around", () => {
  const f: Contraction = (x, w) => matmul(x, w) as Tensor;
  for (const dtype of ["i32", "u32"] as const) {
    const whole = (shape: readonly number[]): Tensor =>
      cast(multiply(matrix(shape, "f64"), 2e9), dtype) as Tensor;
    const inputs = [whole([5, 40]), whole([40, 9])];
    expect((jit(f) as Contraction)(...inputs).toArray()).toEqual(f(...inputs).toArray());
  }
});

it("products inside loops, and their gradients, agree with the interpreter", () => {
  const near = (f: (...inputs: Tensor[]) => unknown, inputs: readonly Tensor[]): void => {
    const [exact, actual] = [f, jit(f as Contraction)].map(
      (run) => run(...inputs) as unknown as Tensor[],
    ) as [Tensor[], Tensor[]];
    exact.forEach(({ data }, i) => {
      data.forEach((value, k) => {
        expect(actual[i]?.data[k]).toBeCloseTo(value, 11);
      });
    });
  };
  const [x, w] = [matrix([18, 20], "f64"), multiply(matrix([20, 20], "f64"), 0.4) as Tensor];
  const xs = matrix([5, 18, 20], "f64");
  const scanned = (a: Tensor, c: Tensor, rows: Tensor): Tensor =>
    sum(
      scan(
        (carry, row) => [tanh(add(matmul(carry, c), row)), matmul(carry, transpose(c))],
        a,
        rows,
      )[1] as Tensor,
    ) as Tensor;
  near(grad(scanned as never, { argnums: [0, 1, 2] }), [x, w, xs]);
  const counted = (a: Tensor, c: Tensor, steps: Tensor): Tensor =>
    sum(
      forLoop(0, steps, (_, carry) => tanh(matmul(carry, c)) as Tensor, a) as unknown as Tensor,
    ) as Tensor;
  near(grad(counted as never, { argnums: [0, 1] }), [x, w, tensor(7, { dtype: "i32" }) as Tensor]);
});
