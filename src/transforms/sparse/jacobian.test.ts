import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { denseOf, rowsOf } from "../../../test/support/sparse.js";
import {
  add,
  argmax,
  argsort,
  cast,
  checkpoint,
  concatenate,
  cond,
  cumsum,
  customVjp,
  divide,
  exp,
  forLoop,
  grad,
  greater,
  jacfwd,
  jacobianSparsity,
  jacrev,
  jit,
  less,
  log,
  matmul,
  mul,
  multiply,
  reshape,
  roll,
  type Sparsity,
  scan,
  sin,
  slice,
  softmax,
  sort,
  sparseJacobian,
  sqrt,
  square,
  subtract,
  sum,
  type Tensor,
  take,
  tensor,
  transpose,
  vmap,
  where,
  whileLoop,
  zeros,
} from "../../index.js";

/** x_{i−1}·x_{i+1} − 2 x_i in the inside of a line: three entries a row. */
const stencil = (x: Tensor) => {
  const inside = x.size - 2;
  const [left, middle, right] = [0, 1, 2].map((start) => slice(x, [start], [start + inside])) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  return subtract(multiply(left, right), multiply(2, middle));
};
const line = tensor([1, 2, 3, 4, 5, 6]);

const patternOf = (f: (x: Tensor) => unknown, x: Tensor): string[] => {
  const { indptr, indices, shape } = jacobianSparsity(f)(x);
  return Array.from({ length: shape[0] }, (_, row) =>
    indices.slice(indptr[row], indptr[row + 1]).join(" "),
  );
};

it("entries come row by row, under the names of scipy and JAX", () => {
  const { data, indices, indptr, shape } = sparseJacobian(stencil)(line);
  expect(data.toArray()).toEqual([3, -2, 1, 4, -2, 2, 5, -2, 3, 6, -2, 4]);
  expect(indices.toArray()).toEqual([0, 1, 2, 1, 2, 3, 2, 3, 4, 3, 4, 5]);
  expect(indptr.toArray()).toEqual([0, 3, 6, 9, 12]);
  expect(shape).toEqual([4, 6]);
  expect([indices.dtype, indptr.dtype, data.dtype]).toEqual(["i32", "i32", "f64"]);
});

it("both modes give the same", () => {
  const [forward, reverse] = (["forward", "reverse"] as const).map((method) =>
    sparseJacobian(stencil, { method })(line).data.toArray(),
  );
  expect(reverse).toEqual(forward);
  // @ts-expect-error
  expect(() => sparseJacobian(stencil, { method: "sideways" })).toThrow(/method "auto", "forward"/);
});

it("leaves of trees are columns and rows one after another", () => {
  const f = (p: { a: Tensor; b: readonly Tensor[] }) => ({
    y: multiply(p.a, sum(p.b[0] as Tensor)),
    z: square(p.b[1] as Tensor),
  });
  const at = { a: tensor([[1], [2]]), b: [tensor([3, 4]), 5] as const };
  expect(denseOf(sparseJacobian(f)(at))).toEqual([
    [7, 0, 1, 1, 0],
    [0, 7, 2, 2, 0],
    [0, 0, 0, 0, 10],
  ]);
});

it("argnums choose what one differentiates by", () => {
  const f = (x: Tensor, k: Tensor, y: Tensor) => multiply(multiply(x, y), take(x, k));
  const args = [tensor([1, 2]), tensor([1, 0], { dtype: "i32" }), tensor([5, 7])] as const;
  expect(denseOf(sparseJacobian(f, { argnums: 2 })(...args))).toEqual([
    [2, 0],
    [0, 2],
  ]);
  expect(denseOf(sparseJacobian(f, { argnums: [2, 0] })(...args))).toEqual([
    [2, 0, 10, 5],
    [0, 2, 14, 7],
  ]);
  expect(() => sparseJacobian(f, { argnums: 1 })(...args)).toThrow(/float tensors/);
});

it("entries have the dtype that results and inputs promote to", () => {
  const single = tensor([1, 2, 3], { dtype: "f32" });
  const { data } = sparseJacobian((x: Tensor) => exp(x))(single);
  expect(data.dtype).toBe("f32");
  expect(data.data).toEqual(exp(single).data);
  const mixed = sparseJacobian((x: Tensor) => cast(square(x), "f64"))(single);
  expect(mixed.data).toMatchObject({ dtype: "f64", shape: [3] });
});

it("numbers, 0-d and empty tensors are matrices of their size", () => {
  expect(denseOf(sparseJacobian((x: Tensor) => square(x))(3))).toEqual([[6]]);
  expect(denseOf(sparseJacobian((x: Tensor) => sum(x))(tensor([1, 2])))).toEqual([[1, 1]]);
  const none = sparseJacobian((x: Tensor) => multiply(2, x))(zeros([0, 3]));
  expect([none.shape, none.data.shape, none.indptr.toArray()]).toEqual([[0, 0], [0], [0]]);
  const constant = sparseJacobian((_: Tensor) => zeros([2]))(line);
  expect([constant.shape, constant.data.size, constant.indptr.toArray()]).toEqual([
    [2, 6],
    0,
    [0, 0, 0],
  ]);
  expect(sparseJacobian((_: Tensor) => ({}))(line).shape).toEqual([0, 6]);
});

describe("what depends on what", () => {
  const square3 = tensor([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ]);
  const cases: Record<string, [(x: Tensor) => unknown, Tensor, string[]]> = {
    "element by element": [(x) => sin(mul(x, 2)), tensor([1, 2]), ["0", "1"]],
    "comparisons and masks": [(x) => where(greater(x, 0), x, 1), tensor([1, -2]), ["0", "1"]],
    "sums along axes": [(x) => sum(x, { axis: 1 }), square3, ["0 1 2", "3 4 5", "6 7 8"]],
    "running sums": [(x) => cumsum(x, { reverse: true }), tensor([1, 2]), ["0 1", "1"]],
    "rows of a product": [
      (x) => matmul(x, tensor([1, 1, 1])),
      square3,
      ["0 1 2", "3 4 5", "6 7 8"],
    ],
    "both factors of a product": [
      (x) => matmul(slice(x, [0, 0], [1, 3]), transpose(x)),
      square3,
      ["0 1 2", "0 1 2 3 4 5", "0 1 2 6 7 8"],
    ],
    "slices, joins and shapes": [
      (x) => concatenate([reshape(slice(x, [0, 0], [2, 2]), [4]), slice(reshape(x, [9]), [8])]),
      square3,
      ["0", "1", "3", "4", "8"],
    ],
    "known indices": [(x) => take(x, [2, 0, 2]), tensor([1, 2, 3]), ["2", "0", "2"]],
    "indices that depend on values: any": [
      (x) => take(x, argsort(x)),
      tensor([2, 1]),
      ["0 1", "0 1"],
    ],
    "rows of softmax, by its rule": [
      (x) => softmax(x, { axis: 1 }),
      tensor([
        [1, 2],
        [3, 4],
      ]),
      ["0 1", "0 1", "2 3", "2 3"],
    ],
    "a scattered sum": [
      (x) => grad((y: Tensor) => sum(multiply(take(y, [0, 0, 1]), take(y, [1, 0, 1]))))(x),
      tensor([1, 2, 3]),
      ["0 1", "0 1", ""],
    ],
  };
  it.each(Object.entries(cases))("%s", (_, [f, x, expected]) => {
    expect(patternOf(f, x)).toEqual(expected);
    const values = denseOf(sparseJacobian(f)(x));
    const [block] = [jacfwd((y: Tensor) => [f(y) as Tensor])(x)];
    expect(values).toEqual(rowsOf([[block[0]]], [f(x) as Tensor], [x]));
  });

  it("branches: on what any of them reads", () => {
    const f = (x: Tensor) =>
      cond(
        greater(take(x, 0), 0),
        (y) => multiply(2, y),
        (y) => roll(y, 1),
        x,
      );
    expect(patternOf(f, tensor([1, 2, 3]))).toEqual(["0 2", "0 1", "1 2"]);
    for (const first of [1, -1]) {
      const x = tensor([first, 2, 3]);
      expect(denseOf(sparseJacobian(f)(x))).toEqual(jacfwd(f)(x).toArray());
    }
  });

  it("loops: step by step, with the indices of each step", () => {
    const f = (x: Tensor) => forLoop(0, 3, (i, y) => multiply(y, take(x, i)), take(x, 3));
    expect(patternOf(f, line)).toEqual(["0 1 2 3"]);
    const running = (x: Tensor) =>
      scan((carry, each) => [add(carry, square(each)), carry], tensor(0), x)[1] as Tensor;
    expect(patternOf(running, tensor([1, 2, 3]))).toEqual(["", "0", "0 1"]);
    expect(
      patternOf((x) => scan((c) => [roll(c, 1), null], x, null, { length: 2 })[0], line),
    ).toEqual(["4", "5", "0", "1", "2", "3"]);
  });

  it("loops of unknown length: on all that any number of steps reads", () => {
    const f = (x: Tensor) =>
      whileLoop(
        (y) => less(sum(y), 100),
        (y) => concatenate([slice(y, [1]), multiply(2, slice(y, [0], [1]))]),
        x,
      );
    expect(patternOf(f, tensor([1, 2]))).toEqual(["0 1", "0 1"]);
    expect(denseOf(sparseJacobian(f)(tensor([1, 2])))).toEqual(jacfwd(f)(tensor([1, 2])).toArray());
    expect(
      patternOf(
        (x) =>
          whileLoop(
            (y) => less(sum(y), 9),
            (y) => multiply(y, 2),
            x,
          ),
        tensor([1, 2]),
      ),
    ).toEqual(["0", "1"]);
  });

  it("loops of unknown length backwards, and loops in loops: entries are those of jacrev", () => {
    const inner = (x: Tensor) =>
      whileLoop(
        (y) => less(sum(y), 100),
        (y) => multiply(y, add(1, square(slice(x, [0], [2])))),
        slice(x, [1]),
      );
    const f = (x: Tensor) =>
      scan(
        (carry, each) => [add(carry, inner(multiply(x, each))), each],
        zeros([2]),
        x,
      )[0] as Tensor;
    const x = tensor([1, 2, 3]);
    const slope = grad((y: Tensor) => sum(f(y)));
    for (const [g, method] of [
      [f, "forward"],
      [f, "reverse"],
      [slope, "reverse"],
    ] as const) {
      const want = jacrev(g)(x).toArray() as number[][];
      denseOf(sparseJacobian(g, { method })(x)).forEach((row, i) => {
        row.forEach((value, j) => {
          const exact = want[i]?.[j] as number;
          expect(Math.abs(value - exact)).toBeLessThanOrEqual(1e-12 * Math.abs(exact));
        });
      });
    }
  });

  it("calls: as their bodies; of a reverse-mode rule, on all", () => {
    expect(
      patternOf(
        checkpoint((x: Tensor) => sin(x)),
        tensor([1, 2]),
      ),
    ).toEqual(["0", "1"]);
    const own = customVjp(
      (x: Tensor) => sin(x),
      (x: Tensor) => [sin(x), x],
      (x, ct) => [multiply(ct as Tensor, x as Tensor)],
    );
    expect(patternOf(own, tensor([1, 2]))).toEqual(["0 1", "0 1"]);
    expect(denseOf(sparseJacobian(own, { method: "reverse" })(tensor([1, 2])))).toEqual([
      [1, 0],
      [0, 2],
    ]);
  });
});

it("random programs give what jacfwd and jacrev give", () => {
  const step = fc.record({
    kind: fc.integer({ min: 0, max: 9 }),
    a: fc.nat(),
    b: fc.nat(),
    places: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 }),
  });
  const program =
    (steps: readonly { kind: number; a: number; b: number; places: number[] }[]) => (x: Tensor) => {
      const values: Tensor[] = [slice(x, [0], [4]), slice(x, [4])];
      for (const { kind, a, b, places } of steps) {
        const [u, v] = [values[a % values.length], values[b % values.length]] as [Tensor, Tensor];
        const choices: (() => Tensor)[] = [
          () => multiply(u, v),
          () => add(sin(u), v),
          () => take(u, places),
          () => cumsum(u),
          () => concatenate([slice(u, [2]), slice(v, [0], [2])]),
          () => reshape(transpose(reshape(u, [2, 2])), [4]),
          () => reshape(matmul(reshape(u, [2, 2]), reshape(v, [2, 2])), [4]),
          () => multiply(sum(u), v),
          () => where(greater(u, v), u, sin(v)),
          () => sort(u),
        ];
        values.push((choices[kind] as () => Tensor)());
      }
      return concatenate(values.slice(-2));
    };
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 6 }),
      fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 8, maxLength: 8 }),
      (steps, numbers) => {
        const x = tensor(numbers);
        const f = program(steps);
        for (const [method, transform] of [
          ["forward", jacfwd],
          ["reverse", jacrev],
        ] as const) {
          const got = denseOf(sparseJacobian(f, { method })(x));
          const want = transform(f)(x).toArray() as number[][];
          got.forEach((row, i) => {
            row.forEach((value, j) => {
              const exact = want[i]?.[j] as number;
              expect(Math.abs(value - exact)).toBeLessThanOrEqual(1e-11 * (1 + Math.abs(exact)));
            });
          });
        }
      },
    ),
    { seed: 1, numRuns: 150 },
  );
});

describe("within other transforms", () => {
  it("jit: the pattern is static, values come out of the program", () => {
    const entries = jit((x: Tensor) => sparseJacobian(stencil)(x).data);
    for (const x of [line, multiply(2, line)])
      expect(entries(x).toArray()).toEqual(sparseJacobian(stencil)(x).data.toArray());
    const whole = jit(sparseJacobian(stencil))(line);
    expect(whole.indices.toArray()).toEqual(sparseJacobian(stencil)(line).indices.toArray());
  });

  it("the derivative of the entries is the second derivative", () => {
    const norm = (x: Tensor) => sum(square(sparseJacobian(stencil)(x).data));
    const dense = (x: Tensor) => sum(square(jacfwd(stencil)(x)));
    const expected = grad(dense)(line).toArray();
    expect(grad(norm)(line).toArray()).toEqual(expected);
    expect(jit(grad(norm))(line).toArray()).toEqual(expected);
  });

  it("the Jacobian of a gradient is the sparse Hessian", () => {
    const energy = (x: Tensor) => sum(multiply(slice(x, [1]), square(slice(x, [0], [x.size - 1]))));
    const { data, shape } = sparseJacobian(grad(energy))(line);
    expect([data.size, shape]).toEqual([15, [6, 6]]);
    expect(denseOf(sparseJacobian(grad(energy))(line))).toEqual(
      jacfwd(grad(energy))(line).toArray(),
    );
  });

  it("vmap: the entries of every slice", () => {
    const xs = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const entries = vmap((x: Tensor) => sparseJacobian(stencil)(x).data)(xs);
    expect(entries.toArray()).toEqual([
      [3, -2, 1],
      [6, -2, 4],
    ]);
  });
});

describe("indices among the arguments", () => {
  const picked = (x: Tensor, k: Tensor) => square(take(x, k));
  const k = (...places: number[]) => tensor(places, { dtype: "i32" });

  it("are read when the pattern is found, and again when they change", () => {
    const entries = sparseJacobian(picked);
    expect(denseOf(entries(tensor([1, 2, 3]), k(0, 2)))).toEqual([
      [2, 0, 0],
      [0, 0, 6],
    ]);
    expect(denseOf(entries(tensor([1, 2, 3]), k(1, 1)))).toEqual([
      [0, 4, 0],
      [0, 4, 0],
    ]);
  });

  it("found under jit, a pattern for any indices is not taken where they are known", () => {
    const entries = sparseJacobian(picked);
    const x = tensor([1, 2, 3]);
    expect(jit((y: Tensor, at: Tensor) => entries(y, at).data)(x, k(0, 2)).size).toBe(6);
    expect(entries(x, k(0, 2)).data.size).toBe(2);
  });

  it("may be any under jit, unless the sparsity is given", () => {
    const x = tensor([1, 2, 3]);
    const any = jit((y: Tensor, at: Tensor) => sparseJacobian(picked)(y, at).data)(x, k(0, 2));
    expect(any.toArray()).toEqual([2, 0, 0, 0, 0, 6]);
    const sparsity = jacobianSparsity(picked)(x, k(0, 2));
    const own = jit((y: Tensor, at: Tensor) => sparseJacobian(picked, { sparsity })(y, at).data);
    expect(own(x, k(0, 2)).toArray()).toEqual([2, 6]);
  });
});

describe("a sparsity that is given", () => {
  const byRow = { indptr: [0, 3, 6, 9, 12], indices: [2, 1, 0, 3, 2, 1, 4, 3, 2, 5, 4, 3] };
  const exact = sparseJacobian(stencil)(line);
  const expectExact = (sparsity: Sparsity) => {
    const { data, indices, indptr } = sparseJacobian(stencil, { sparsity, check: true })(line);
    for (const [got, want] of [
      [data, exact.data],
      [indices, exact.indices],
      [indptr, exact.indptr],
    ] as const)
      expect(got.toArray()).toEqual(want.toArray());
  };

  it("is by rows or by places, in any order", () => {
    expectExact(byRow);
    const row = [3, 3, 3, 2, 2, 2, 1, 1, 1, 0, 0, 0, 0];
    const col = tensor([5, 4, 3, 4, 3, 2, 3, 2, 1, 2, 1, 0, 0], { dtype: "i32" });
    expectExact({ row, col });
    expectExact(exact);
  });

  it("may hold more: those entries are 0", () => {
    const sparsity = { indptr: [0, 4, 7, 10, 13], indices: [5, ...byRow.indices] };
    const { data } = sparseJacobian(stencil, { sparsity, check: true })(line);
    expect(data.toArray()).toEqual([3, -2, 1, 0, 4, -2, 2, 5, -2, 3, 6, -2, 4]);
  });

  it("that is too small is found by check", () => {
    const small = { indptr: [0, 3, 5, 8, 11], indices: [0, 1, 2, 1, 2, 2, 3, 4, 3, 4, 5] };
    for (const method of ["forward", "reverse"] as const)
      expect(() => sparseJacobian(stencil, { sparsity: small, check: true, method })(line)).toThrow(
        method === "forward" ? /the row 1 times a test vector/ : /the column 3 times/,
      );
    const single = cast(line, "f32");
    expect(() => sparseJacobian(stencil, { sparsity: small, check: true })(single)).toThrow(
      /row 1/,
    );
    expect(sparseJacobian(stencil, { sparsity: byRow, check: true })(single).data.dtype).toBe(
      "f32",
    );
    expect(() => jit(sparseJacobian(stencil, { check: true }))(line)).toThrow(/check once outside/);
  });

  it.each([
    [{ row: [0], col: [0, 1] }, /as many rows as columns/],
    [{ row: [4], col: [0] }, /rows from 0 to 3, got row 4/],
    [{ row: [0], col: [-1] }, /columns from 0 to 5, got column -1/],
    [{ row: [0.5], col: [0] }, /whole numbers in sparsity.row, got 0.5/],
    [{ indptr: [0, 1, 1], indices: [0] }, /indptr of 5 ascending numbers from 0 to 1/],
    [{ indptr: [0, 2, 1, 1, 1], indices: [0] }, /ascending/],
    [{ row: [], col: [], shape: [3, 3] as const }, /shape \[4, 6\].*got \[3, 3\]/],
    [{ rows: [0], cols: [0] } as never, /sparsity as \{ indptr, indices \} or \{ row, col \}/],
  ])("%j is refused", (sparsity, message) => {
    expect(() => sparseJacobian(stencil, { sparsity })(line)).toThrow(message);
  });
});

it("an infinite partial stays in its own entries", () => {
  // ∂√x is ∞ at 0: what shares its colour must not become NaN
  const f = (x: Tensor) => add(sqrt(slice(x, [0], [2])), slice(x, [1]));
  const x = tensor([0, 4, 5]);
  for (const method of ["forward", "reverse"] as const)
    expect(sparseJacobian(f, { method })(x).data.toArray()).toEqual([Infinity, 1, 0.25, 1]);
});

it("what has no derivative is an error, also where nothing is left", () => {
  expect(() => sparseJacobian((x: Tensor) => cast(argmax(x), "f64"))(line)).toThrow(
    /argmax, which has no derivative/,
  );
  expect(() => sparseJacobian((x: Tensor) => argmax(x))(line)).toThrow(/argmax/);
});

it("asking for a value inside is an error: the pattern holds for all values", () => {
  const f = (x: Tensor) => ((x.data[0] as number) > 0 ? x : multiply(2, x));
  expect(() => sparseJacobian(f)(line)).toThrow(/question for a value/);
});

it("a long chain is followed without a deep stack", () => {
  const chain = (x: Tensor) => {
    let y = x;
    for (let i = 0; i < 20_000; i++) y = add(y, i % 2 === 0 ? x : divide(log(x), 2));
    return y;
  };
  expect(patternOf(chain, tensor([1, 2]))).toEqual(["0", "1"]);
});
