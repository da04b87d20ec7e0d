import { expect, it } from "vitest";
import {
  add,
  argmax,
  argmin,
  argsort,
  concatenate,
  cummax,
  cummin,
  cumprod,
  cumsum,
  jit,
  linearRecurrence,
  logcumsumexp,
  norm,
  operations,
  pad,
  scatter,
  scatterAdd,
  scatterMax,
  scatterMin,
  scatterMul,
  searchsorted,
  sort,
  stack,
  type Tensor,
  tensor,
  topK,
  vmap,
} from "../../src/index.js";
import { inDtype } from "../../src/testing/checks/values.js";
import { Random } from "../../src/testing/random.js";
import { callOf, casesOf, situate } from "../../src/testing/situations.js";

const random = new Random(11);
const dtypes = ["f64", "f32", "i32", "u32", "bool"] as const;
type DType = (typeof dtypes)[number];

/** Ties, both zeros, ends of the range and, of floats, what is no number. */
const special: Record<DType, readonly number[]> = {
  f64: [Number.NaN, Infinity, -Infinity, -0, 0, 5e-324, -1e300, 1.5],
  f32: [Number.NaN, Infinity, -Infinity, -0, 0, 1e-45, -1e38, 1.5],
  i32: [-(2 ** 31), 2 ** 31 - 1, 0, -1, 256, 65536],
  u32: [2 ** 32 - 1, 2 ** 31, 0, 1, 256, 65536],
  bool: [0, 1],
};

/** Numbers, a share of them special. */
function drawn(dtype: DType, shape: readonly number[], share = 0.3): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  const isFloat = dtype === "f64" || dtype === "f32";
  const data = Array.from({ length: size }, () => {
    const list = special[dtype];
    if (dtype === "bool" || random.next() < share)
      return list[random.integer(0, list.length - 1)] as number;
    const value = random.between(dtype === "u32" ? 0 : -9, 9);
    return isFloat ? value : Math.trunc(value);
  });
  return tensor(data, shape, { dtype }) as Tensor;
}

type Run = (...xs: readonly Tensor[]) => Tensor | readonly Tensor[];

function listed(result: unknown): readonly Tensor[] {
  return [result].flat() as Tensor[];
}

/** Operations that a program leaves to the interpreter. */
function leftTo(program: string): string[] {
  return operations.flatMap(({ name }) => (program.includes(`perform ${name}(`) ? [name] : []));
}

/** The compiled function gives the interpreter's bits, without it. */
function same(f: Run, ...inputs: Tensor[]): void {
  const compiled = jit((xs: Tensor[]) => f(...xs) as Tensor[]);
  expect(leftTo(compiled.program(inputs))).toEqual([]);
  const expected = listed(f(...inputs));
  listed(compiled(inputs)).forEach((actual, i) => {
    expect(actual.type).toEqual(expected[i]?.type);
    expect([...actual.data]).toEqual([...(expected[i] as Tensor).data]);
  });
}

const shapes = [[300], [7, 40], [40, 7], [3, 30, 5], [0, 20], [20, 1]];

for (const dtype of dtypes) {
  it(`running folds of ${dtype} are the interpreter's, forwards and backwards, along every axis`, () => {
    for (const shape of shapes)
      for (let axis = 0; axis < shape.length; axis++)
        for (const reverse of [false, true])
          for (const run of [cumsum, cumprod, cummax, cummin])
            same((x: Tensor) => run(x, { axis, reverse }), drawn(dtype, shape));
  });

  it(`argmax and argmin of ${dtype} name the first of equal elements, or the first NaN`, () => {
    for (const shape of [[300], [7, 40], [40, 7], [3, 30, 5], [20, 1]])
      for (let axis = 0; axis < shape.length; axis++)
        for (const share of [0, 0.3]) {
          const x = drawn(dtype, shape, share);
          same((y: Tensor) => [argmax(y, { axis }), argmin(y, { axis })], x);
        }
  });

  it(`sorting of ${dtype} is stable, short lines and long, NaN last`, () => {
    for (const shape of [...shapes, [97], [2, 700], [3, 130, 2], [1000]])
      for (let axis = 0; axis < shape.length; axis++)
        for (const descending of [false, true])
          same((x: Tensor) => argsort(x, { axis, descending }), drawn(dtype, shape));
    for (const k of [0, 1, 5, 97, 150]) same((x: Tensor) => topK(x, k), drawn(dtype, [3, 150]));
  });

  it(`searchsorted of ${dtype} goes the interpreter's way, in lines that are not sorted too`, () => {
    const values = drawn(dtype, [3, 70]);
    for (const side of ["left", "right"] as const) {
      for (const length of [0, 1, 17, 64, 100]) {
        const line = drawn(dtype, [length]);
        const sorted = sort(line) as Tensor;
        for (const one of [line, sorted])
          same((x: Tensor, v: Tensor) => searchsorted(x, v, { side }), one, values);
      }
      const search = (x: Tensor, v: Tensor) => searchsorted(x, v, { side });
      same(vmap(search) as Run, sort(drawn(dtype, [3, 20])) as Tensor, values);
    }
  });

  it(`scatters of ${dtype} put in what the interpreter does, repeated indices in order`, () => {
    const scatters = [scatter, scatterMax, scatterMin, scatterAdd, scatterMul];
    for (const width of [1, 3, 20])
      for (const mode of ["clip", "fill", "error"] as const) {
        const at = Array.from({ length: 60 }, () =>
          random.integer(mode === "error" ? -9 : -12, mode === "error" ? 8 : 12),
        );
        const indices = tensor(at, [60, 1], { dtype: "i32" }) as Tensor;
        const inputs = [drawn(dtype, [9, width]), indices, drawn(dtype, [60, width])];
        for (const put of scatters)
          same((x, i, u) => put(x as Tensor, i as Tensor, u as Tensor, { mode }), ...inputs);
      }
  });

  it(`joins and pads of ${dtype} move every element to its place`, () => {
    const [x, y] = [drawn(dtype, [4, 3, 5]), drawn(dtype, [4, 2, 5])];
    same((a: Tensor, c: Tensor) => concatenate([a, c, a], { axis: 1 }), x, y);
    same((a: Tensor) => stack([a, a], { axis: 3 }), x);
  });
}

const errors = { f64: 2 ** -53, f32: 2 ** -24 };

it("linear recurrences keep the rounding of the interpreter, running logarithms of sums its bound", () => {
  for (const dtype of ["f64", "f32"] as const)
    for (const shape of [[300], [7, 40], [3, 30, 5]])
      for (const reverse of [false, true]) {
        const options = { axis: shape.length - 1, reverse };
        const x = drawn(dtype, shape);
        const f = (y: Tensor) => logcumsumexp(y, options);
        const [actual, expected] = [jit(f)(x), f(x)] as [Tensor, Tensor];
        actual.data.forEach((value, i) => {
          const exact = expected.data[i] as number;
          const bound = 4 * errors[dtype] * Math.sqrt(300) * Math.abs(exact);
          if (Number.isFinite(exact)) expect(Math.abs(value - exact)).toBeLessThanOrEqual(bound);
          else expect(value).toBe(exact);
        });
        const inputs = [drawn(dtype, shape, 0), drawn(dtype, shape)] as const;
        const slow = (a: Tensor) => linearRecurrence(a, inputs[1], options);
        same(slow as Run, inputs[0]);
      }
});

it("norms neither overflow nor underflow, over long rows, columns and several axes", () => {
  for (const dtype of ["f64", "f32"] as const)
    for (const size of dtype === "f64" ? [1, 1e200, 1e-200, 5e-324] : [1, 1e30, 1e-38])
      for (const [shape, axis] of [
        [[700], 0],
        [[40, 9], 0],
        [[9, 40], 1],
        [
          [6, 5, 7],
          [0, 2],
        ],
        [[0, 30], 1],
        [[30, 0], 1],
      ] as const) {
        const count = shape.reduce((a, b) => a * b, 1);
        const data = Array.from({ length: count }, () => size * random.integer(-9, 9));
        const x = tensor(data, shape, { dtype }) as Tensor;
        const f = (y: Tensor) => norm(y, { axis });
        expect(leftTo(jit(f).program(x))).toEqual([]);
        const [actual, expected] = [jit(f)(x), f(x)] as [Tensor, Tensor];
        actual.data.forEach((value, i) => {
          const exact = expected.data[i] as number;
          // the smallest numbers are whole multiples of one
          const unit = dtype === "f64" ? 5e-324 : 2 ** -149;
          const bound = 4 * errors[dtype] * Math.sqrt(count) * exact + unit;
          expect(Math.abs(value - exact)).toBeLessThanOrEqual(bound);
        });
      }
  for (const rest of [Number.NaN, Infinity, -Infinity])
    same((x) => norm(x as Tensor), tensor([...new Array(40).fill(1e200), rest]) as Tensor);
});

it("many f32 added to one element are added up in f64", () => {
  const count = 100_000;
  const terms = tensor(new Float32Array(count).fill(0.1)) as Tensor;
  const indices = tensor(new Int32Array(count), [count, 1]) as Tensor;
  same(
    (x, i, u) => scatterAdd(x as Tensor, i as Tensor, u as Tensor),
    drawn("f32", [2], 0),
    indices,
    terms,
  );
});

it("pads between elements cut what sticks out", () => {
  const widths = [
    [1, 2],
    [0, 3],
  ] as const;
  const x = drawn("f64", [6, 7]);
  same((y) => pad(y as Tensor, widths as never), x);
  const spread = operations.find(({ name }) => name === "pad");
  const params = { low: [-2, 1], high: [3, -4], interior: [2, 1] };
  const call = callOf({ operation: spread as never, params });
  same(call as Run, x, tensor(0.5) as Tensor);
});

it("lines behind one another run together, in any number, and over what they read", () => {
  const folds = [cumsum, cumprod, cummax, cummin] as const;
  for (let lines = 0; lines < 10; lines++)
    for (const dtype of ["f64", "f32", "i32"] as const) {
      const x = drawn(dtype, [lines, 5]);
      for (const reverse of [false, true]) {
        for (const fold of folds) {
          same((y) => fold(y as Tensor, { axis: 1, reverse }), x);
          same((y) => fold(add(y as Tensor, y as Tensor), { axis: 1, reverse }), x);
        }
        const factors = drawn("f64", [lines, 5], 0);
        same((y) => linearRecurrence(factors, y as Tensor, { axis: 1, reverse }), factors);
      }
      same((y) => argmax(y as Tensor, { axis: 1 }), x);
    }
});

it("no operation is left to the interpreter but those stated", () => {
  const left = new Set<string>();
  for (const operation of operations)
    for (const source of casesOf(operation)) {
      const situation = situate(operation, source, 1);
      const inputs = [situation.inputs, ...dtypes.map((dtype) => inDtype(situation, dtype))];
      for (const given of inputs) {
        if (given === undefined) continue;
        const call = callOf(situation);
        const text = jit((xs: Tensor[]) => call(...xs) as Tensor[]).program(given as Tensor[]);
        for (const name of leftTo(text)) left.add(`${name} of ${given[0]?.dtype}`);
      }
    }
  // functions compute these in floating point; bools have no windows to add up
  const reals = ["logcumsumexp", "logsumexp", "norm"];
  const integers = ["bool", "i32", "u32"];
  const stated = reals.flatMap((name) => integers.map((dtype) => `${name} of ${dtype}`));
  expect([...left].sort()).toEqual([...stated, "overlapAdd of bool"].sort());
});
