import { describe, expect, it } from "vitest";
import {
  broadcastTo,
  clip,
  concatenate,
  divide,
  exp,
  grad,
  greater,
  jacfwd,
  jacrev,
  jvp,
  log,
  maximum,
  multiply,
  power,
  reciprocal,
  reshape,
  slice,
  sqrt,
  square,
  sum,
  type Tensor,
  tensor,
  transpose,
  vmap,
  where,
} from "../../src/index.js";

type Unary = (x: Tensor) => Tensor;

/** Functions whose branch not taken has an infinite or undefined derivative at 0 (and below, where said). */
const masked: Readonly<
  Record<string, { f: Unary; at: number[]; slope: number[]; curve: number[] }>
> = {
  "x·log x": {
    f: (x) => where(greater(x, 0), multiply(x, log(x)), 0),
    at: [0, -1, 2],
    slope: [0, 0, Math.log(2) + 1],
    curve: [0, 0, 0.5],
  },
  "√x": {
    f: (x) => where(greater(x, 0), sqrt(x), 0),
    at: [0, -1, 4],
    slope: [0, 0, 0.25],
    curve: [0, 0, -1 / 32],
  },
  "x/x": {
    f: (x) => where(greater(x, 0), divide(square(x), x), 1),
    at: [0, -2, 3],
    slope: [0, 0, 1],
    curve: [0, 0, 0],
  },
  "exp overflowing": {
    f: (x) => where(greater(x, 0), 1, exp(exp(multiply(x, -1)))),
    at: [10, 1000],
    slope: [0, 0],
    curve: [0, 0],
  },
  "a chain of five": {
    f: (x) => where(greater(x, 0), power(sqrt(log(reciprocal(x))), 3), x),
    at: [0, -1, -5],
    slope: [1, 1, 1],
    curve: [0, 0, 0],
  },
  "nested where": {
    f: (x) =>
      where(greater(x, 0), where(greater(x, 1), log(x), sqrt(multiply(x, 0.25))), multiply(2, x)),
    at: [0, -3, 4],
    slope: [2, 2, 0.25],
    curve: [0, 0, -1 / 16],
  },
};

const close = (actual: readonly number[], expected: readonly number[]) =>
  actual.forEach((value, i) => {
    expect(value, `element ${i}`).toBeCloseTo(expected[i] as number, 13);
  });

describe("the branch that where does not take contributes exactly 0", () => {
  for (const [name, { f, at, slope, curve }] of Object.entries(masked)) {
    const x = tensor(at) as Tensor;
    const ones = tensor(at.map(() => 1)) as Tensor;
    const total = (t: Tensor) => sum(f(t));

    it(`${name}: number by number, first and second derivative`, () => {
      close(
        at.map((value) => grad(f)(value)),
        slope,
      );
      close(
        at.map((value) => grad((t: Tensor) => grad(f)(t))(value)),
        curve,
      );
      close(
        at.map((value) => jvp(f, [value], [1])[1] as number),
        slope,
      );
      close(
        at.map((value) => jvp((t: Tensor) => grad(f)(t), [value], [1])[1] as unknown as number),
        curve,
      );
      close(
        at.map(
          (value) => jvp((t: Tensor) => jvp(f, [t], [1])[1], [value], [1])[1] as unknown as number,
        ),
        curve,
      );
    });

    it(`${name}: on a vector, through shapes, and mapped`, () => {
      close([...grad(total)(x).data], slope);
      close([...(jvp(f, [x], [ones])[1] as Tensor).data], slope);
      close([...vmap(grad(f))(x).data], slope);
      const through = (t: Tensor) => {
        const row = reshape(t, [1, at.length]);
        const column = transpose(row);
        const wide = broadcastTo(column, [at.length, 2]);
        return sum(f(slice(concatenate([wide, wide], { axis: 0 }), [0, 0], [at.length, 1])));
      };
      close([...grad(through)(x).data], slope);
      const late = (t: Tensor) =>
        sum(slice(reshape(transpose(reshape(f(t), [1, at.length])), [at.length]), [0]));
      close([...grad(late)(x).data], slope);
    });

    it(`${name}: in Jacobians the other elements are 0, not NaN`, () => {
      for (const transform of [jacfwd, jacrev]) {
        const block = transform(f)(x) as Tensor;
        close(
          [...block.data],
          slope.flatMap((d, i) => slope.map((_, j) => (i === j ? d : 0))),
        );
      }
    });
  }
});

it("a mask put on after a view reaches the partials before it", () => {
  const f = (x: Tensor) => {
    const roots = reshape(sqrt(x), [2, 2]);
    return sum(
      where(
        tensor([
          [false, true],
          [true, false],
        ]),
        roots,
        0,
      ),
    );
  };
  expect(grad(f)(tensor([0, 1, 4, 0])).toArray()).toEqual([0, 0.5, 0.25, 0]);
});

it("maximum and clip leave out the side not taken in the same way", () => {
  expect(grad((x: Tensor) => maximum(sqrt(x), 1))(0)).toBe(0);
  expect(grad((x: Tensor) => clip(reciprocal(x), { min: -1, max: 1 }))(0)).toBe(0);
});

it("elsewhere 0·∞ is NaN as IEEE has it: a 0 would hide that √x·√x has slope 1", () => {
  expect(grad((x: Tensor) => multiply(sqrt(x), 0))(0)).toBeNaN();
  expect(grad((x: Tensor) => multiply(sqrt(x), sqrt(x)))(0)).toBeNaN();
});
