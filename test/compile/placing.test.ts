import { expect, it } from "vitest";
import {
  add,
  cond,
  cumsum,
  grad,
  jit,
  lt,
  maxPool,
  mul,
  pad,
  ravel,
  reshape,
  sin,
  slice,
  sort,
  square,
  sum,
  switchCase,
  type Tensor,
  take,
  tensor,
  transpose,
  whileLoop,
} from "../../src/index.js";

const range = (n: number, shape = [n]): Tensor =>
  tensor(
    Array.from({ length: n }, (_, i) => Math.sin(1.7 * i) + 0.1 * i),
    shape,
  );
const index = (i: number): Tensor => tensor(i, { dtype: "i32" });

/** The compiled function gives what the function gives, at every call. */
function agrees(f: (...xs: never[]) => Tensor, ...calls: Tensor[][]): void {
  const compiled = jit(f as (...xs: Tensor[]) => Tensor);
  for (const args of calls) {
    const expected = f(...(args as never[]));
    const actual = compiled(...args) as Tensor;
    expect(actual.shape).toEqual(expected.shape);
    actual.data.forEach((value, i) => {
      expect(value).toBeCloseTo(expected.data[i] as number, 12);
    });
  }
}

// small tensors live in registers, and are written to memory where something needs them there
it("what one branch writes to memory, another does not find there", () => {
  for (const n of [1, 2, 3, 5, 9, 16, 17]) {
    const f = (x: Tensor, k: Tensor): Tensor => {
      const y = sin(x) as Tensor;
      const pick = (): Tensor => mul(y, take(y, index(n - 1))) as Tensor;
      return cond(lt(k, 0), () => cumsum(y) as Tensor, pick) as Tensor;
    };
    agrees(f, ...[-1, 1, -1, 1].map((k) => [mul(range(n), k) as Tensor, tensor(k) as Tensor]));
    const three = (x: Tensor, k: Tensor): Tensor =>
      switchCase(k, [
        () => sum(sort(x)),
        () => sum(cumsum(square(x))),
        () => take(x, index(n >> 1)),
      ] as never) as Tensor;
    const gradient = grad(three as never) as (...xs: never[]) => Tensor;
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
    ])
      agrees(gradient, ...order.map((k) => [range(n), index(k)]));
  }
});

it("what a loop that does not run writes to memory, the code behind it does not find there", () => {
  const f = (x: Tensor, most: Tensor): Tensor => {
    const y = sin(x) as Tensor;
    const total = whileLoop(
      (s: Tensor) => lt(s, most),
      (s: Tensor) => add(s, sum(sort(y))) as Tensor,
      tensor(0) as Tensor,
    );
    return add(sort(y), total) as Tensor;
  };
  const x = mul(range(3), 0.3) as Tensor;
  agrees(f, [x, tensor(-1) as Tensor], [x, tensor(0.1) as Tensor]);
});

it("pads read nothing outside their input", () => {
  const squares = (n: number): Tensor => range(n * n, [n, n]);
  agrees((x: Tensor) => ravel(pad(x, 1)) as Tensor, [squares(3)], [squares(3)]);
  agrees((x: Tensor) => cumsum(pad(x, 2)) as Tensor, [squares(5)]);
  agrees(
    (x: Tensor) =>
      reshape(
        pad(x, [
          [0, 40],
          [3, 0],
        ]),
        [-1],
      ) as Tensor,
    [squares(7)],
  );
  const pool = (x: Tensor): Tensor => maxPool(x, { window: [3, 3], padding: 1 }) as Tensor;
  const images = range(2 * 5 * 5, [1, 2, 5, 5]);
  agrees(pool, [images]);
  agrees(grad((x: Tensor) => sum(square(pool(x)))) as never, [images]);
});

it("reads through any number of views and pads", () => {
  const many = (step: (x: Tensor) => Tensor) => (x: Tensor) => {
    let y = x;
    for (let i = 0; i < 1000; i++) y = step(y);
    return y;
  };
  const x = range(24, [4, 6]);
  agrees(many((y) => reshape(transpose(y), [4, 6]) as Tensor) as never, [x]);
  const around = [
    [1, 0],
    [0, 1],
  ] as const;
  agrees(
    many((y) => reshape(slice(ravel(pad(y, around)), [3], [27]), [4, 6]) as Tensor),
    [x],
  );
});
