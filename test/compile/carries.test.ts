import fc from "fast-check";
import { expect, it } from "vitest";
import {
  add,
  arange,
  clip,
  concatenate,
  cumsum,
  dynamicSlice,
  dynamicUpdateSlice,
  flip,
  forLoop,
  grad,
  indexUpdate,
  jit,
  less,
  matmul,
  mul,
  reshape,
  scan,
  scatterAdd,
  slice,
  sort,
  sub,
  sum,
  type Tensor,
  take,
  tensor,
  whileLoop,
} from "../../src/index.js";

// what loops carry is written over where nothing needs it any more, and what they put out lies where it is wanted

const length = 24;
const numbers = (seed: number, count = length): Tensor =>
  tensor(Array.from({ length: count }, (_, i) => Math.sin(1.3 * i + seed)));
const indices = tensor([[3], [0], [3], [-1], [7]], { dtype: "i32" }) as Tensor;

type Expression =
  | { readonly kind: "carry"; readonly at: number }
  | { readonly kind: "move"; readonly how: number; readonly of: Expression }
  | {
      readonly kind: "both";
      readonly how: number;
      readonly a: Expression;
      readonly b: Expression;
    };

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3 },
    fc.record({ kind: fc.constant("carry" as const), at: fc.nat(2) }),
    fc.record({ kind: fc.constant("move" as const), how: fc.nat(4), of: tie("expression") }),
    fc.record({
      kind: fc.constant("both" as const),
      how: fc.nat(3),
      a: tie("expression"),
      b: tie("expression"),
    }),
  ),
}));

const moves: readonly ((x: Tensor) => Tensor)[] = [
  (x) => mul(x, 0.5) as Tensor,
  (x) => flip(x) as Tensor,
  (x) => concatenate([slice(x, [1]), slice(x, [0], [1])]) as Tensor,
  (x) => take(x, sub(x.size - 1, arange(x.size, { dtype: "i32" }))) as Tensor,
  (x) => sub(x, take(x, 3)) as Tensor,
];

const joins: readonly ((a: Tensor, b: Tensor) => Tensor)[] = [
  (a, b) => add(a, mul(0.25, b)) as Tensor,
  // bounded: squares of squares would overflow
  (a, b) => clip(mul(a, b), -4, 4) as Tensor,
  (a, b) => scatterAdd(a, indices, slice(b, [2], [7])) as Tensor,
  (a, b) => dynamicUpdateSlice(a, dynamicSlice(b, [1], [6]), [4]) as Tensor,
];

function compute(source: Expression, carries: readonly Tensor[]): Tensor {
  switch (source.kind) {
    case "carry":
      return carries[source.at] as Tensor;
    case "move":
      return (moves[source.how] as (x: Tensor) => Tensor)(compute(source.of, carries));
    default:
      return (joins[source.how] as (a: Tensor, b: Tensor) => Tensor)(
        compute(source.a, carries),
        compute(source.b, carries),
      );
  }
}

const loops = fc.record({
  next: fc.tuple(expression, expression, expression),
  out: fc.array(expression, { maxLength: 2 }),
  inner: fc.boolean(),
});

type Loop = typeof loops extends fc.Arbitrary<infer T> ? T : never;

/** All that the loop gives: a scan in whose steps another may run, then a loop of unknown length. */
function run({ next, out, inner }: Loop, start: readonly Tensor[]): Tensor[] {
  const step = (carries: readonly Tensor[]) => next.map((one) => compute(one, carries));
  const scanned = (init: readonly Tensor[], depth: number): readonly (readonly Tensor[])[] =>
    scan(
      (carries: readonly Tensor[]) => {
        const [before = [], ys = []] = depth > 0 ? scanned(carries, depth - 1) : [carries];
        return [step(before), [...ys, ...out.map((one) => compute(one, before))]];
      },
      init,
      null,
      { length: 3 },
    );
  const [last = [], outs = []] = scanned(start, inner ? 1 : 0);
  const { after } = whileLoop(
    ({ i }) => less(i, 2),
    ({ i, after }) => ({ i: add(i, 1), after: step(after) }),
    { i: 0, after: last },
  );
  return [...last, ...outs, ...after];
}

const starts = [numbers(0), numbers(1), numbers(2)];

it("random loops over vectors compute what the interpreter computes, bit by bit", () => {
  fc.assert(
    fc.property(loops, (source) => {
      const f = (...xs: Tensor[]) => run(source, xs);
      const expected = f(...starts);
      const actual = jit(f)(...starts) as Tensor[];
      expected.forEach((want, i) => {
        expect([...(actual[i] as Tensor).data]).toEqual([...want.data]);
      });
    }),
    { numRuns: 60 },
  );
});

it("and their gradients what the gradients of the interpreter are", () => {
  fc.assert(
    fc.property(loops, (source) => {
      const f = (x: Tensor) =>
        run(source, [x, ...starts.slice(1)])
          .map((y) => sum(mul(y, y)))
          .reduce((a, b) => add(a, b));
      const x = starts[0] as Tensor;
      const want = grad(f)(x);
      const have = jit(grad(f))(x);
      want.data.forEach((value, i) => {
        const got = have.data[i] as number;
        const error = Object.is(value, got) ? 0 : Math.abs(value - got); // ∞ where it grows
        expect(error).toBeLessThan(1e-10 * (1 + Math.abs(value)));
      });
    }),
    { numRuns: 25 },
  );
});

it("random computations on large vectors, too, which spare memory", () => {
  const large = [0, 1, 2].map((seed) => numbers(seed, 1500));
  fc.assert(
    fc.property(fc.array(expression, { minLength: 1, maxLength: 5 }), (sources) => {
      const f = (...xs: Tensor[]) => sources.map((source) => compute(source, xs));
      const expected = f(...large);
      const actual = jit(f)(...large) as Tensor[];
      expected.forEach((want, i) => {
        expect([...(actual[i] as Tensor).data]).toEqual([...want.data]);
      });
    }),
    { numRuns: 80 },
  );
});

it("a loop writes over what it carries, and where its results are wanted", () => {
  const decay = jit((x: Tensor) => forLoop(0, 9, (_, y) => add(mul(y, 0.9), x), x));
  expect(decay.program(numbers(0, 100)).match(/copy carry/g)?.length).toBe(1);
  const nested = jit(
    (x: Tensor) =>
      scan(
        (c: Tensor) => [c, scan((d: Tensor) => [mul(d, 0.5), d], c, null, { length: 3 })[1]],
        x,
        null,
        { length: 4 },
      )[1],
  );
  expect(new Set(nested.program(numbers(0, 100)).match(/stack\.\d+/g)).size).toBe(0);
});

it("a loop's gradient adds to the places that its steps read, and looks at no others", () => {
  const reads = (x: Tensor): Tensor =>
    forLoop(0, 50, (i, s) => add(s, mul(take(x, i), take(x, i))) as Tensor, 0) as Tensor;
  const slices = (x: Tensor): Tensor =>
    forLoop(0, 50, (i, s) => add(s, sum(mul(dynamicSlice(x, [i], [3]), s))) as Tensor, 1) as Tensor;
  for (const f of [reads, slices]) {
    const x = numbers(0, 1000);
    const eager = grad(f)(x);
    const compiled = jit(grad(f));
    expect((compiled(x) as Tensor).toArray()).toEqual(eager.toArray());
    const text = compiled.program(x);
    // zeros, put where they are carried, and what comes out
    expect(text.match(/\.\.1000|8000 bytes/g)?.length, text).toBeLessThanOrEqual(5);
  }
});

it.each([
  [
    "shifted",
    (v: Tensor) =>
      dynamicUpdateSlice(v, slice(v, [0], [-1]), [1, ...v.shape.slice(1).map(() => 0)]),
  ],
  ["reversed", (v: Tensor) => indexUpdate(v, ["::-1"], v)],
  ["every other one", (v: Tensor) => indexUpdate(v, ["1:"], slice(v, [0], [-1]))],
] as const)("what is put into a tensor may lie in it: %s", (_, put) => {
  const looped = (x: Tensor) => forLoop(0, 2, (_, v) => put(v) as Tensor, x) as Tensor;
  const once = (x: Tensor) => put(add(x, 1) as Tensor) as Tensor;
  for (const count of [2, 4, 20, 33, 2000])
    for (const f of [looped, once]) {
      const x = numbers(1, count);
      expect(jit(f)(x).toArray()).toEqual(f(x).toArray());
      const loss = (x: Tensor) => sum(mul(f(x), numbers(2, count)));
      expect(jit(grad(loss))(x).toArray()).toEqual(grad(loss)(x).toArray());
    }
  const rows = (x: Tensor) => put(reshape(mul(x, 2), [16, 2]) as Tensor) as Tensor;
  expect(jit(rows)(numbers(3, 32)).toArray()).toEqual(rows(numbers(3, 32)).toArray());
});

it("what takes over memory of another shape has its own", () => {
  const from: ((x: Tensor) => Tensor)[] = [
    (x) => cumsum(x) as Tensor,
    (x) => sort(x) as Tensor,
    (x) => indexUpdate(x, [0], 5) as Tensor,
    (x) => forLoop(0, 2, (_, v) => cumsum(mul(v, 0.5)) as Tensor, x) as Tensor,
  ];
  const to: ((y: Tensor) => Tensor)[] = [
    (y) => cumsum(y, { axis: 0 }) as Tensor,
    (y) => sort(y, { axis: 0 }) as Tensor,
    (y) => dynamicUpdateSlice(y, tensor([[1, 2]]) as Tensor, [3, 4]) as Tensor,
    (y) => flip(y) as Tensor,
  ];
  const x = numbers(1, 1600);
  for (const a of from) {
    const square = (x: Tensor) => reshape(mul(a(x), 0.5), [40, 40]) as Tensor;
    const scaled = (x: Tensor) => mul(reshape(a(x), [40, 40]), 0.5) as Tensor;
    for (const shaped of [square, scaled]) {
      for (const b of to) {
        const f = (x: Tensor) => b(shaped(x));
        expect(jit(f)(x).toArray()).toEqual(f(x).toArray());
      }
      const product = (x: Tensor) => matmul(shaped(x), shaped(x)) as Tensor;
      const ours = jit(product)(x).data;
      const expected = Array.from(product(x).data);
      const size = expected.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
      expected.forEach((one, i) => {
        expect(Math.abs((ours[i] as number) - one)).toBeLessThanOrEqual(1e-13 * size);
      });
    }
  }
});
