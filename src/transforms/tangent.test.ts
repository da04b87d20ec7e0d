import { expect, it } from "vitest";
import {
  add,
  arange,
  broadcastTo,
  clip,
  concatenate,
  type DType,
  div,
  grad,
  gt,
  index,
  jvp,
  maximum,
  mean,
  mul,
  norm,
  onesLike,
  pad,
  relu,
  relu6,
  roll,
  sqrt,
  stack,
  sum,
  type Tensor,
  take,
  tensor,
  vmap,
  where,
} from "../index.js";

type Of = (x: Tensor) => Tensor;
const forward =
  (f: Of): Of =>
  (x) =>
    jvp(f, [x], [onesLike(x)])[1] as Tensor;
const reverse = (f: Of): Of => grad(f) as Of;

for (const [name, f] of Object.entries({
  maximum: (x: Tensor) => maximum(x, 6) as Tensor,
  clip: (x: Tensor) => clip(x, 0, 6) as Tensor,
  relu6: (x: Tensor) => relu6(x) as Tensor,
  multiply: (x: Tensor) => mul(x, 3) as Tensor,
})) {
  it(`the derivative of ${name} has the dtype of its argument, and is no weak number`, () => {
    const other = { f32: "f64", f64: "f32" } as const;
    for (const dtype of ["f32", "f64"] as const) {
      const x = tensor(7, { dtype });
      const xs = tensor([7, 3], { dtype });
      const beside = tensor(1, { dtype: other[dtype] });
      for (const derivative of [reverse(f), forward(f)]) {
        expect(derivative(x).dtype).toBe(dtype);
        expect((vmap(derivative)(xs) as Tensor).dtype).toBe(dtype);
        const mixed: DType = (vmap((y: Tensor) => add(derivative(y), beside))(xs) as Tensor).dtype;
        expect(mixed).toBe("f64");
      }
    }
  });
}

const zeros = tensor([0, 0, 0, 0]);
const isPositive = (x: Tensor) => gt(sum(x), 0);

for (const [name, f] of Object.entries({
  "a broadcast": (x: Tensor) =>
    sum(where(isPositive(x), broadcastTo(sqrt(index(x, 0)), [3]) as Tensor, 0)),
  "a sum": (x: Tensor) => where(isPositive(x), sum(sqrt(x)), 0),
  "a mean": (x: Tensor) => where(isPositive(x), mean(sqrt(x)), 0),
  "a vector over its length": (x: Tensor) =>
    sum(where(isPositive(x), div(x, sqrt(sum(mul(x, x)))), 0)),
  "a norm": (x: Tensor) => sum(where(isPositive(x), div(x, norm(x)), 0)),
})) {
  it(`a branch not taken contributes 0 through ${name}, in both modes`, () => {
    expect(reverse(f)(zeros).toArray()).toEqual([0, 0, 0, 0]);
    expect(forward(f)(zeros).item()).toBe(0);
  });
}

for (const [name, move] of Object.entries({
  sum: (x: Tensor) => sum(x),
  mean: (x: Tensor) => mean(x),
  concatenate: (x: Tensor) => concatenate([x, x]),
  "concatenate with a constant": (x: Tensor) => concatenate([x, tensor([1])]),
  stack: (x: Tensor) => stack([x, x]),
  take: (x: Tensor) => take(x, tensor([3, 0, 0], { dtype: "i32" })),
  pad: (x: Tensor) => pad(x, 1),
  roll: (x: Tensor) => roll(x, 1),
})) {
  it(`what where masks stays exactly 0 through ${name} and an infinite derivative, in both modes`, () => {
    const f = (x: Tensor) => sum(sqrt(move(where(gt(x, 0), x, 0) as Tensor) as Tensor));
    expect(reverse(f)(zeros).toArray()).toEqual([0, 0, 0, 0]);
    expect(forward(f)(zeros).item()).toBe(0);
  });
}

it("a sum of what is masked and what is not is not masked", () => {
  const f = (x: Tensor) => sqrt(sum(where(gt(x, 0), x, 0)));
  const x = tensor([4, 0]);
  expect(reverse(f)(x).toArray()).toEqual([0.25, 0]);
  expect(forward(f)(x).item()).toBe(0.25);
  const g = (x: Tensor) => sqrt(add(index(x, 0), sum(where(gt(x, 0), x, 0))));
  expect(forward(g)(zeros).item()).toBe(Number.POSITIVE_INFINITY);
});

it("masks may nest as deeply as the graph", () => {
  const many = (x: Tensor) => {
    let y = x;
    for (let i = 0; i < 20_000; i++) y = relu(add(y, 0.1)) as Tensor;
    return y;
  };
  expect(forward((x) => sqrt(many(x)))(tensor(0.5)).item()).toBeGreaterThan(0);
  expect(reverse((x) => many(sqrt(x)))(tensor(0.25)).item()).toBe(1);
});

it("a tensor made of values of the argument is an error, not a constant", () => {
  const parts = (x: Tensor) => sum(tensor([x, 2] as never));
  for (const f of [parts, (x: Tensor) => tensor(x as never) as Tensor]) {
    expect(() => reverse(f)(tensor(3))).toThrow(
      /tensor: expected numbers, or tensors that depend on no argument/,
    );
    expect(() => forward(f)(tensor(3))).toThrow(/tensor: expected numbers/);
  }
  expect(() => reverse((x) => sum(arange(0, 2, x as never)))(tensor(0.5))).toThrow(
    /arange: expected numbers/,
  );
  expect(
    reverse((x) => mul(x, sum(tensor([tensor(1), 2] as never))) as Tensor)(tensor(3)).item(),
  ).toBe(3);
});
