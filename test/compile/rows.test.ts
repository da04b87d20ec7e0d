import fc from "fast-check";
import { expect, it } from "vitest";
import {
  add,
  clip,
  concatenate,
  dotGeneral,
  flip,
  jacfwd,
  jit,
  mul,
  pad,
  sin,
  slice,
  square,
  sub,
  sum,
  type Tensor,
  take,
  tensor,
  transpose,
} from "../../src/index.js";

// rows that lie side by side: joined, taken by index and added up in the loops that compute or read them

const numbers = (shape: readonly number[], seed: number): Tensor =>
  tensor(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(1.3 * i + seed)),
    shape,
  );

/** The compiled function gives what the function gives, to the last bit unless told. */
function agrees(f: (...xs: Tensor[]) => Tensor[], args: Tensor[], tolerance = 0): void {
  const expected = f(...args);
  const actual = jit(f)(...args) as Tensor[];
  expected.forEach((want, k) => {
    const have = actual[k] as Tensor;
    expect(have.shape).toEqual(want.shape);
    want.data.forEach((value, i) => {
      const error = Math.abs(value - (have.data[i] as number));
      expect(error, `element ${i} of result ${k}`).toBeLessThanOrEqual(tolerance);
    });
  });
}

const at = <T>(list: readonly T[], k: number): T => list[k % list.length] as T;

/** What becomes of a part before it is joined: nothing, a computation, a view, a pad. */
const steps: readonly ((x: Tensor, axis: number) => Tensor)[] = [
  (x) => x,
  (x) => sin(mul(x, 2)),
  (x, axis) => flip(x, axis),
  (x, axis) => slice(x, zeros(x, axis, 1)),
  (x, axis) => pad(x, widths(x, axis, [1, 2])),
  (x) => sub(x, sum(x)),
];

function zeros(x: Tensor, axis: number, first: number): number[] {
  return x.shape.map((length, a) => (a === axis && length > 1 ? first : 0));
}

function widths(x: Tensor, axis: number, own: [number, number]): [number, number][] {
  return x.shape.map((_, a) => (a === axis ? own : [0, 0]));
}

it("parts are joined along any axis, whatever computes them and whatever reads the whole", () => {
  const lengths = fc.array(fc.nat(9), { minLength: 2, maxLength: 9 });
  const others = fc.tuple(fc.integer({ min: 1, max: 19 }), fc.integer({ min: 1, max: 9 }));
  const choices = fc.array(fc.nat(100), { minLength: 9, maxLength: 9 });
  fc.assert(
    fc.property(lengths, others, fc.nat(2), choices, (along, [m, n], axis, choose) => {
      const parts = along.map((length, k) => {
        const shape = [m, n];
        shape.splice(axis, 0, length);
        return numbers(shape, k);
      });
      const f = (...xs: Tensor[]): Tensor[] => {
        const made = xs.map((x, k) => at(steps, choose[k] as number)(x, axis));
        const whole = concatenate(made, { axis });
        const again = concatenate([square(whole), transpose(transpose(whole))], { axis: 1 });
        return [whole, again, add(whole, 1)];
      };
      agrees(f, parts, 1e-13);
    }),
    { numRuns: 25 },
  );
});

it("sums of a few products of rows are what they are", () => {
  const size = fc.integer({ min: 1, max: 21 });
  fc.assert(
    fc.property(size, size, fc.nat(6), fc.nat(7), size, (m, n, terms, layout, batch) => {
      // the factors in any order of their axes
      const turned = (x: Tensor, turn: boolean): Tensor => (turn ? transpose(x, [0, 2, 1]) : x);
      const [first, second] = [(layout & 1) > 0, (layout & 2) > 0];
      const x = numbers([batch, ...(first ? [terms, m] : [m, terms])], 1);
      const y = numbers([batch, ...(second ? [n, terms] : [terms, n])], 2);
      const f = (...[a, b]: [Tensor, Tensor]): Tensor[] => {
        const given = (layout & 4) > 0 ? square(b) : b;
        const whole = dotGeneral(turned(a, first), turned(given, second), {
          batch: [[0, 0]],
          contract: [[2, 1]],
        });
        const chained = dotGeneral(whole, whole, { batch: [[0, 0]], contract: [[1, 1]] });
        return [whole, mul(sin(whole), 2), chained, sum(whole, { axis: 1 })];
      };
      agrees(f as never, [x, y], 1e-11);
    }),
    { numRuns: 25 },
  );
});

const index = (values: readonly number[]): Tensor => tensor(values, { dtype: "i32" });

it("rows taken by index are read where they lie", () => {
  const size = fc.integer({ min: 1, max: 20 });
  const places = fc.array(fc.integer({ min: -99, max: 99 }), { maxLength: 20 });
  fc.assert(
    fc.property(
      size,
      size,
      size,
      places,
      fc.boolean(),
      fc.nat(1),
      (m, n, w, given, clips, axis) => {
        const length = axis === 0 ? m : n;
        const inside = (i: number): number =>
          (((i % length) + length) % length) - (i < 0 ? length : 0);
        const f = (...[x, i]: [Tensor, Tensor]): Tensor[] => {
          const rows = take(square(x), i, { axis, ...(clips && { mode: "clip" }) });
          const twice = take(rows, clip(i, 0, given.length - 1), { axis, mode: "clip" });
          return [
            rows,
            add(rows, twice),
            sum(mul(rows, 3), { axis: 1 }),
            pad(rows, widths(rows, axis, [1, 1])),
          ];
        };
        const chosen = index(clips ? given : given.map(inside));
        agrees(
          given.length === 0 ? (x, i) => f(x as Tensor, i as Tensor).slice(0, 1) : (f as never),
          [numbers([m, n, w], 3), chosen],
          1e-12,
        );
      },
    ),
    { numRuns: 25 },
  );
});

it("an index outside is an error in the loop that would read there", () => {
  const f = jit((x: Tensor, i: Tensor) => mul(take(x, i, { axis: 0 }), 2));
  const x = numbers([5, 12], 0);
  expect(f(x, index([4, -5])).data[12]).toBe(2 * (x.data[0] as number));
  expect(() => f(x, index([0, 5]))).toThrow(/indices from -5 to 4 into an axis of length 5/);
  expect(() => f(x, index([-6, 0]))).toThrow(/got index -6/);
});

it("directions lie side by side in Jacobians, of any of several arguments", () => {
  const points = numbers([7, 3], 1);
  const where = index([3, 0, 6, 3, 2]);
  const f = (bend: Tensor, move: Tensor): Tensor => {
    const turn = concatenate([bend, sin(bend), square(bend)], { axis: 0 });
    const turned = dotGeneral(points, slice(turn, [0], [3]), { contract: [[1, 0]] });
    return add(take(turned, where, { axis: 0 }), move);
  };
  const derivative = jacfwd(f, { argnums: [0, 1] });
  const args = [numbers([3, 8], 4), numbers([2], 5)] as const;
  agrees(
    (bend, move) => derivative(bend as Tensor, sum(move as Tensor)) as Tensor[],
    [...args],
    1e-13,
  );
});
