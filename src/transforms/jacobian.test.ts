import { expect, it } from "vitest";
import {
  add,
  checkpoint,
  concatenate,
  cond,
  cos,
  cumsum,
  divide,
  grad,
  greater,
  hessian,
  hvp,
  jacfwd,
  jacobian,
  jacrev,
  less,
  logsumexp,
  matmul,
  multiply,
  pad,
  reshape,
  scan,
  sin,
  slice,
  sort,
  sqrt,
  subtract,
  sum,
  type Tensor,
  take,
  tensor,
  transpose,
  vmap,
  where,
  whileLoop,
} from "../index.js";

const polar = (p: { r: Tensor; t: Tensor }) => ({
  x: multiply(p.r, cos(p.t)),
  y: multiply(p.r, sin(p.t)),
});

it("the Jacobian of polar coordinates is a tree of trees of numbers", () => {
  const [r, t] = [2, 0.5];
  const expected = {
    x: { r: Math.cos(t), t: -r * Math.sin(t) },
    y: { r: Math.sin(t), t: r * Math.cos(t) },
  };
  for (const transform of [jacfwd, jacrev, jacobian]) {
    const blocks = transform(polar)({ r, t });
    expect(blocks.x.r).toBeCloseTo(expected.x.r, 14);
    expect(blocks.x.t).toBeCloseTo(expected.x.t, 14);
    expect(blocks.y.r).toBeCloseTo(expected.y.r, 14);
    expect(blocks.y.t).toBeCloseTo(expected.y.t, 14);
  }
});

it("blocks have the shape of the result, then that of the input", () => {
  const f = (x: Tensor, w: Tensor) => ({
    product: multiply(transpose(x), w),
    total: sum(x, { axis: 0 }),
  });
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const w = tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  for (const transform of [jacfwd, jacrev, jacobian]) {
    const blocks = transform(f, { argnums: [0, 1] })(x, w);
    expect(blocks.product[0].shape).toEqual([3, 2, 2, 3]);
    expect(blocks.product[1].shape).toEqual([3, 2, 3, 2]);
    expect(blocks.total[0].shape).toEqual([3, 2, 3]);
    expect(blocks.total[1].shape).toEqual([3, 3, 2]);
    const byX = blocks.product[0].toArray() as number[][][][];
    const byW = blocks.product[1].toArray() as number[][][][];
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 2; j++)
        for (let k = 0; k < 2; k++)
          for (let l = 0; l < 3; l++) {
            const here = i === l && j === k;
            expect(byX[i]?.[j]?.[k]?.[l]).toBe(here ? w.data[i * 2 + j] : 0);
            expect(byW[i]?.[j]?.[l]?.[k]).toBe(here ? x.data[j * 3 + i] : 0);
          }
    expect([...blocks.total[1].data].every((value) => value === 0)).toBe(true);
  }
});

it("the Hessian of a quadratic form is its matrix and its transpose", () => {
  const a = tensor([
    [1, 2],
    [3, 4],
  ]);
  const form = (x: Tensor) =>
    sum(multiply(multiply(x, a), transpose(multiply(x, tensor([[1], [1]])))));
  const x = tensor([0.3, -0.7]);
  const quadratic = (v: Tensor) => sum(multiply(v, sum(multiply(a, v), { axis: 1 })));
  expect(hessian(quadratic)(x).toArray()).toEqual([
    [2, 5],
    [5, 8],
  ]);
  expect(form(x).shape).toEqual([]);
});

it("the Hessian of a tree of numbers is the lecture's table", () => {
  const f = (p: { a: Tensor; b: Tensor; d: Tensor; e: Tensor }) => {
    const h = multiply(add(p.a, p.e), subtract(p.b, p.d));
    return multiply(h, h);
  };
  const table = hessian(f)({ a: 23, b: 2, d: 7, e: -5 });
  expect(table).toEqual({
    a: { a: 50, b: -360, d: 360, e: 50 },
    b: { a: -360, b: 648, d: -648, e: -360 },
    d: { a: 360, b: -648, d: 648, e: 360 },
    e: { a: 50, b: -360, d: 360, e: 50 },
  });
});

it("blocks of the Hessian by numbers and tensors are numbers where both are", () => {
  const f = (p: { w: Tensor; b: Tensor }) => multiply(sum(multiply(p.w, p.w)), multiply(p.b, p.b));
  const blocks = hessian(f)({ w: tensor([1, 2]), b: 3 });
  expect(blocks.b.b).toBe(10);
  expect(blocks.w.w.toArray()).toEqual([
    [18, 0],
    [0, 18],
  ]);
  expect((blocks.b.w as Tensor).toArray()).toEqual([12, 24]);
  expect((blocks.w.b as Tensor).toArray()).toEqual([12, 24]);
});

it("hvp is the Hessian times the vector, other arguments included", () => {
  const f = (x: Tensor, y: Tensor) => sum(multiply(multiply(x, x), sin(y)));
  const [x, y, v, u] = [
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 8],
  ].map((row) => tensor(row)) as unknown as [Tensor, Tensor, Tensor, Tensor];
  const product = hvp(f, [x, y], [v, u]);
  const expected = [0, 1].map((i) => {
    const at = (t: Tensor) => t.data[i] as number;
    return 2 * Math.sin(at(y)) * at(v) + 2 * at(x) * Math.cos(at(y)) * at(u);
  });
  product.data.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] as number, 13);
  });
  expect(hvp((z: Tensor) => multiply(z, multiply(z, z)), [2], [1])).toBe(12);
  const [one, aux] = hvp((z: Tensor) => [multiply(z, z), sin(z)], [2], [3], { hasAux: true });
  expect([one, aux]).toEqual([6, Math.sin(2)]);
});

it("Jacobians nest, and sit inside grad and vmap", () => {
  const cube = (x: Tensor) => multiply(x, multiply(x, x));
  const x = tensor([1, 2, 3]);
  const second = jacobian(jacobian(cube))(x);
  expect(second.shape).toEqual([3, 3, 3]);
  for (let i = 0; i < 27; i++)
    expect(second.data[i]).toBe(i % 13 === 0 ? 6 * (x.data[i / 13] as number) : 0);
  const norm = (v: Tensor) => {
    const j = jacobian(cube)(v);
    return sum(multiply(j, j));
  };
  expect(grad(norm)(x).toArray()).toEqual([36, 36 * 8, 36 * 27]);
  expect(
    vmap(jacobian((v: Tensor) => cube(v)))(
      tensor([
        [1, 2],
        [3, 4],
      ]),
    ).toArray(),
  ).toEqual([
    [
      [3, 0],
      [0, 12],
    ],
    [
      [27, 0],
      [0, 48],
    ],
  ]);
  expect(jacfwd(jacrev(jacfwd(cube)))(2)).toBe(6);
});

it("a direction is zero by structure away from its element", () => {
  const reciprocal = (x: Tensor) => divide(1, x);
  for (const transform of [jacfwd, jacrev])
    expect(transform(reciprocal)(tensor([0, 2])).toArray()).toEqual([
      [-Infinity, 0],
      [0, -0.25],
    ]);
});

it("a direction stays zero by structure through slices, reshapes and transposes", () => {
  const f = (x: Tensor) => sqrt(reshape(slice(x, [0], [4]), [2, 2]));
  for (const transform of [jacfwd, jacrev]) {
    const block = transform(f)(tensor([0, 1, 4, 0, 9]));
    expect(block.shape).toEqual([2, 2, 5]);
    const diagonal = [Infinity, 0.5, 0.25, Infinity];
    block.data.forEach((value, i) => {
      const [row, column] = [Math.floor(i / 5), i % 5];
      expect(value).toBe(row === column ? diagonal[row] : 0);
    });
  }
});

it("many directions, and inputs that meet late, give what reverse mode gives", () => {
  const where = tensor([2, 0, 2], { dtype: "i32" });
  const f = (bend: Tensor, move: Tensor, scale: Tensor) => {
    const rows = matmul(cumsum(sin(bend), { axis: 0 }), transpose(bend));
    const taken = take(
      concatenate(
        [
          rows,
          pad(rows, [
            [1, 1],
            [0, 0],
          ]),
        ],
        { axis: 0 },
      ),
      where,
      { axis: 0 },
    );
    const posed = multiply(sort(taken, { axis: 1 }), logsumexp(bend));
    return { posed: add(posed, move), total: sum(multiply(posed, scale), { axis: 1 }) };
  };
  const bend = tensor(
    Array.from({ length: 20 }, (_, i) => Math.sin(7 * i)),
    [4, 5],
  );
  const args = [bend, tensor([1, 2, 3, 4]), tensor([0.5])] as const;
  const options = { argnums: [0, 1, 2] } as const;
  const [forward, reverse] = [jacfwd, jacrev].map((transform) => transform(f, options)(...args));
  for (const name of ["posed", "total"] as const)
    forward?.[name].forEach((block, k) => {
      const other = reverse?.[name][k] as Tensor;
      expect(block.shape).toEqual(other.shape);
      block.data.forEach((value, i) => {
        expect(value).toBeCloseTo(other.data[i] as number, 12);
      });
    });
});

it("of many directions each is zero by structure away from its element", () => {
  const x = tensor(Array.from({ length: 20 }, (_, i) => i % 2));
  const slopes = jacfwd((at: Tensor) => sqrt(at))(x);
  slopes.data.forEach((value, k) => {
    const [i, j] = [Math.floor(k / 20), k % 20];
    expect(value).toBe(i !== j ? 0 : i % 2 === 0 ? Infinity : 0.5);
  });
});

it("hasAux hands out what the function returns beside its value", () => {
  const f = (x: Tensor) => [multiply(x, x), { twice: add(x, x), note: 7 }] as const;
  for (const transform of [jacfwd, jacrev, jacobian]) {
    const [blocks, aux] = transform(f, { hasAux: true })(3);
    expect(blocks).toBe(6);
    expect(aux).toEqual({ twice: 6, note: 7 });
  }
  expect(hessian(f, { hasAux: true })(3)).toEqual([2, { twice: 6, note: 7 }]);
});

it("empty inputs and outputs give empty blocks", () => {
  const f = (x: Tensor) => ({ same: sin(x), total: sum(x) });
  for (const transform of [jacfwd, jacrev, jacobian]) {
    const blocks = transform(f)(tensor(new Float64Array(0), [0, 2]));
    expect(blocks.same.shape).toEqual([0, 2, 0, 2]);
    expect((blocks.total as Tensor).shape).toEqual([0, 2]);
  }
});

it("blocks take the dtype result and input promote to, whatever the mode", () => {
  const f = (x: Tensor, y: Tensor) => add(x, y);
  for (const transform of [jacfwd, jacrev, jacobian]) {
    const blocks = transform(f, { argnums: [0, 1] })(
      tensor(Float32Array.of(1, 2), [2]),
      tensor(Float64Array.of(1, 2), [2]),
    );
    expect(blocks.map((b) => b.dtype)).toEqual(["f64", "f64"]);
    const single = transform((x: Tensor) => multiply(x, 2))(tensor(Float32Array.of(1), [1]));
    expect(single.dtype).toBe("f32");
  }
});

it("integer results and arguments are errors that say so", () => {
  expect(() => jacobian((x: Tensor) => where(x, 1, 0))(tensor([1]))).not.toThrow();
  expect(() => jacfwd((x: Tensor) => x)(tensor(Int32Array.of(1), [1]))).toThrow(/float tensors/);
  expect(() => jacrev((x: Tensor) => x, { argnums: 1 })(tensor([1]))).toThrow(
    /argnums from 0 to 0/,
  );
});

it("Jacobians and Hessians go through loops, branches and checkpoints", () => {
  const loop = (x: Tensor) =>
    whileLoop(
      (c) => less(sum(c.x), 50),
      (c) => ({ x: multiply(c.x, c.x), n: add(c.n, 1) }),
      { x, n: 0 },
    ).x;
  const plain = (x: Tensor) => multiply(multiply(x, x), multiply(x, x));
  const x = tensor([2, 3]);
  for (const transform of [jacfwd, jacrev]) {
    expect(transform(loop)(x).toArray()).toEqual(transform(plain)(x).toArray());
    expect(transform(checkpoint(plain))(x).toArray()).toEqual(transform(plain)(x).toArray());
    const branch = (v: Tensor) => cond(greater(sum(v), 0), plain, (w: Tensor) => w, v);
    expect(transform(branch)(x).toArray()).toEqual(transform(plain)(x).toArray());
  }
  expect(hessian((v: Tensor) => sum(loop(v)))(x).toArray()).toEqual([
    [48, 0],
    [0, 108],
  ]);
  const running = (v: Tensor) =>
    scan((carry: Tensor, factor: Tensor) => [multiply(carry, factor), carry], tensor(1), v)[1];
  const lower = [
    [0, 0, 0],
    [1, 0, 0],
    [3, 2, 0],
  ];
  for (const transform of [jacfwd, jacrev])
    expect((transform(running)(tensor([2, 3, 4])) as Tensor).toArray()).toEqual(lower);
});

it("the Hessian of a vector function has a block per result", () => {
  const f = (x: Tensor) => ({ a: multiply(multiply(x, x), x), b: sum(multiply(x, x)) });
  const blocks = hessian(f)(tensor([1, 2]));
  expect(blocks.a.shape).toEqual([2, 2, 2]);
  expect(blocks.a.toArray()).toEqual([
    [
      [6, 0],
      [0, 0],
    ],
    [
      [0, 0],
      [0, 12],
    ],
  ]);
  expect(blocks.b.toArray()).toEqual([
    [2, 0],
    [0, 2],
  ]);
  const [byX, byY] = hvp((x: Tensor, y: Tensor) => multiply(multiply(x, x), y), [3, 5], [1, 0], {
    argnums: [0, 1],
  });
  expect([byX, byY]).toEqual([10, 6]);
});
