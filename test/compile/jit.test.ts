import { expect, it } from "vitest";
import {
  add,
  arange,
  broadcastTo,
  cast,
  cond,
  copysign,
  div,
  dynamicUpdateSlice,
  expandDims,
  floorDivide,
  fmod,
  forLoop,
  grad,
  gt,
  jit,
  leftShift,
  linspace,
  lt,
  max,
  mean,
  mul,
  remainder,
  reshape,
  rightShift,
  scan,
  sin,
  square,
  sub,
  sum,
  type Tensor,
  take,
  tensor,
  valueAndGrad,
  whileLoop,
  zeros,
} from "../../src/index.js";

const lecture = ({ a, b, d, e }: Record<"a" | "b" | "d" | "e", Tensor>) =>
  square(mul(add(a, e), sub(b, d)));
const at = { a: 23, b: 2, d: 7, e: -5 };
const result = [8100, { a: 900, b: -3240, d: 3240, e: 900 }];

it("gives the lecture's value and partials through a tree of numbers, again and again", () => {
  const f = jit(valueAndGrad(lecture));
  for (let i = 0; i < 3; i++) expect(f(at)).toEqual(result);
  expect(f({ ...at, a: 24 })).toEqual(valueAndGrad(lecture)({ ...at, a: 24 }));
});

it("compiles a program for each structure, shape and dtype, and keeps the last used ones", () => {
  let traces = 0;
  const f = jit(
    (x: Tensor) => {
      traces++;
      return mul(x, 2);
    },
    { cacheSize: 2 },
  );
  expect(f(3)).toBe(6);
  expect(f(4)).toBe(8);
  expect(traces).toBe(1);
  expect((f(tensor([1, 2])) as Tensor).toArray()).toEqual([2, 4]);
  expect((f(tensor([1, 2], { dtype: "f32" })) as Tensor).dtype).toBe("f32");
  expect(traces).toBe(3);
  expect(f(5)).toBe(10);
  expect(traces).toBe(4);
});

it("takes typed arrays, reads them at each call, and gives results in memory of their own", () => {
  const f = jit((x: Tensor) => add(x, 1));
  const data = Float64Array.of(1, 2);
  const first = f(data) as Tensor;
  data[0] = 10;
  const second = f(data) as Tensor;
  expect([...first.data]).toEqual([2, 3]);
  expect([...second.data]).toEqual([11, 3]);
});

it("writes into arrays of the caller, and refuses those that do not fit", () => {
  const f = jit(grad((x: Tensor) => sum(mul(x, x))));
  const out = new Float64Array(3);
  f.into(out, Float64Array.of(1, 2, 3));
  expect([...out]).toEqual([2, 4, 6]);
  expect(() => f.into(new Float64Array(2), Float64Array.of(1, 2, 3))).toThrow("Float64Array of 3");
  expect(() => f.into([out], Float64Array.of(1, 2, 3))).toThrow("structure");
});

it("is the function itself inside other transforms", () => {
  const f = jit((x: Tensor) => sin(mul(x, x)));
  expect(grad(f as (x: Tensor) => Tensor)(0.7)).toBeCloseTo(Math.cos(0.49) * 1.4, 14);
});

it("stays usable after an error inside the program", () => {
  const pick = jit((x: Tensor, i: Tensor) => take(x, i));
  const x = tensor([1, 2, 3]);
  const index = (i: number) => tensor([i], { dtype: "i32" });
  expect(() => pick(x, index(3))).toThrow("take: expected indices from -3 to 2");
  expect((pick(x, index(-1)) as Tensor).toArray()).toEqual([3]);
});

it("names jit where a value is asked for inside", () => {
  expect(() => jit((x: Tensor) => mul(x, x.item() as number))(1)).toThrow(
    "jit: expected operations",
  );
});

it("with check, throws when a value from outside has changed, also one inside a body", () => {
  let factor = 2;
  const f = jit((x: Tensor) => forLoop(0, 2, (_, y) => mul(y, factor) as Tensor, x), {
    check: true,
  });
  expect(f(1)).toBe(4);
  expect(f(1)).toBe(4);
  factor = 3;
  expect(() => f(1)).toThrow("the same graph at every call");
});

it("compiles chains of 100,000 operations and their gradients", () => {
  const chain = (x: Tensor): Tensor => {
    let y = x;
    for (let i = 0; i < 50_000; i++) y = add(mul(y, 0.5), x) as Tensor;
    return y;
  };
  expect(jit(chain)(1)).toBeCloseTo(2, 12);
  expect(jit(grad(chain))(1)).toBeCloseTo(2, 12);
});

it("fills an array in a loop, in place", () => {
  const n = 20_000;
  const fill = jit((x: Tensor) =>
    forLoop(
      0,
      n,
      (i, a) => dynamicUpdateSlice(a, reshape(mul(x, i), [1]), [i]) as Tensor<[20_000]>,
      zeros([n]),
    ),
  );
  const filled = fill(2) as Tensor;
  expect(filled.data[n - 1]).toBe(2 * (n - 1));
  const text = fill.program(2);
  const loop = text.slice(text.indexOf("for "));
  expect(loop.slice(0, loop.indexOf("}"))).not.toContain("copy");
});

it("adds up long sums with small rounding errors", () => {
  const n = 1_000_000;
  for (const dtype of ["f32", "f64"] as const) {
    const x = tensor(new Float64Array(n).fill(0.1), [n], { dtype });
    const each = x.data[0] as number;
    const allowed = 4 * (dtype === "f32" ? 2 ** -23 : 2 ** -52) * Math.sqrt(n) * n * each;
    const total = jit((y: Tensor) => sum(y))(x) as Tensor;
    expect(Math.abs((total.item() as number) - n * each)).toBeLessThan(allowed);
    const rows = jit((y: Tensor) => sum(reshape(mul(y, y), [1000, 1000]), { axis: 1 }))(
      x,
    ) as Tensor;
    const square = dtype === "f32" ? Math.fround(each * each) : each * each;
    for (const row of rows.data)
      expect(Math.abs(row - 1000 * square)).toBeLessThan((allowed / n / each) * 1000 * square);
  }
});

it("adds up rows with small rounding errors, whatever axes are summed over", () => {
  const cases: [number[], number[]][] = [
    [[10_000, 7], [0]],
    [[3, 5000, 4], [1]],
    [
      [1000, 3, 20],
      [0, 1],
    ],
    [
      [4, 300, 5, 300, 2],
      [1, 3],
    ],
    [
      [600, 3, 600],
      [0, 2],
    ],
  ];
  for (const dtype of ["f32", "f64"] as const)
    for (const [shape, axis] of cases) {
      const size = shape.reduce((product, length) => product * length, 1);
      const x = tensor(new Float64Array(size).fill(0.1), shape, { dtype });
      const total = jit((y: Tensor) => sum(y, { axis }))(x) as Tensor;
      const n = size / total.size;
      const expected = n * (x.data[0] as number);
      const allowed = 4 * (dtype === "f32" ? 2 ** -23 : 2 ** -52) * Math.sqrt(n) * expected;
      for (const value of total.data) expect(Math.abs(value - expected)).toBeLessThan(allowed);
    }
});

it("keeps donated state in its memory", () => {
  const move = (state: { p: Tensor; v: Tensor }, dt: Tensor) => ({
    p: add(state.p, mul(dt, state.v)) as Tensor,
    v: mul(state.v, 0.5) as Tensor,
  });
  const step = jit(move, { donate: 0 });
  const p: Tensor = tensor([1, 2, 3]);
  const v: Tensor = tensor([4, 5, 6]);
  const dt: Tensor = tensor(2);
  let expected = { p, v };
  let state = expected;
  const seen: (typeof state)[] = [];
  for (let i = 0; i < 4; i++) {
    expected = move(expected, dt);
    state = step(state, dt) as typeof state;
    seen.push(state);
    if (i === 2) expect(state.p.toArray()).toEqual(expected.p.toArray());
  }
  expect(state.p.toArray()).toEqual(expected.p.toArray());
  expect(state.v.toArray()).toEqual(expected.v.toArray());
  expect(() => seen[0]?.p.toArray()).toThrow("a tensor that has not been donated");
  expect(seen[2]?.p.toArray()).toHaveLength(3); // was read before it went back in
  // results that do not go back in stay what they are, whatever the program does next
  const other = step({ p, v }, dt) as typeof state;
  step({ p: v, v: p }, dt);
  expect(other.p.toArray()).toEqual([9, 12, 15]);
  // arguments that do not fit take nothing away
  const kept = step({ p, v }, dt) as typeof state;
  expect(() => step({ p: kept.p, v: "no" as never }, dt)).toThrow();
  expect(kept.p.toArray()).toEqual([9, 12, 15]);
  expect(() => jit(move, { donate: 2 })({ p, v }, dt)).toThrow("donate: arguments from 0 to 1");
});

it("cuts long bodies of loops and branches too", () => {
  const long = (x: Tensor, y: Tensor): Tensor => {
    const terms: Tensor[] = [x];
    for (let i = 0; i < 3000; i++)
      terms.push(add(mul(terms[i] as Tensor, 0.5), terms[i >> 1] as Tensor) as Tensor);
    return mul(terms[3000] as Tensor, y) as Tensor;
  };
  const looped = (x: Tensor, y: Tensor) => forLoop(0, 3, (_, z) => mul(long(z, y), 0.1), x);
  const chosen = (x: Tensor, y: Tensor) =>
    cond(
      gt(x, 0),
      (z: Tensor) => long(z, y),
      (z: Tensor) => mul(z, y),
      x,
    );
  const waiting = (x: Tensor, y: Tensor) =>
    whileLoop(
      (z: Tensor) => lt(long(z, y), 1e3),
      (z: Tensor) => add(long(z, y), 1) as Tensor,
      x,
    );
  const [a, b] = [0.7, 0.3];
  for (const f of [looped, chosen, waiting] as ((x: Tensor, y: Tensor) => Tensor)[]) {
    const [value, slope] = valueAndGrad(f)(a, b);
    const [v, d] = jit(valueAndGrad(f))(a, b) as [number, number];
    expect(v / (value as number)).toBeCloseTo(1, 12);
    expect(d / (slope as number)).toBeCloseTo(1, 12);
  }
  const text = jit(looped).program(a, b);
  const parts = text.split("\n\n").filter((part) => part.startsWith("part"));
  expect(parts.length).toBeGreaterThan(1);
  for (const part of parts) expect(part.split("\n").length).toBeLessThan(6000);
});

it("takes booleans as they are, each with a program of its own", () => {
  let traces = 0;
  const f = jit((x: Tensor, { training }: { training: boolean }) => {
    traces++;
    return training ? mul(x, 2) : x;
  });
  for (let i = 0; i < 2; i++) {
    expect(f(5, { training: true })).toBe(10);
    expect(f(5, { training: false })).toBe(5);
  }
  expect(traces).toBe(2);
  expect(f.flat(5, { training: true }).inputs).toHaveLength(1);
});

it("gives each flat function memory of its own", () => {
  const f = jit((x: Tensor) => mul(x, 10));
  const [one, other] = [f.flat(0), f.flat(0)];
  (one.inputs[0] as Float64Array)[0] = 3;
  (other.inputs[0] as Float64Array)[0] = 4;
  expect(f(5)).toBe(50);
  one.run();
  expect(one.outputs[0]?.[0]).toBe(30);
});

it("gives donated state back when a call fails", () => {
  const step = jit((s: Tensor, i: Tensor) => add(s, take(s, i)) as Tensor, { donate: 0 });
  const at = (i: number): Tensor => tensor(i, { dtype: "i32" });
  const state = step(tensor([1, 2, 3]) as Tensor, at(1)) as Tensor;
  expect(() => step(state, at(7))).toThrow("take: expected indices");
  expect(state.toArray()).toEqual([3, 4, 5]);
  expect((step(state, at(0)) as Tensor).toArray()).toEqual([6, 7, 8]);
});

it("casts floats to integers as without it, out of range too", () => {
  const edges = [0, -0, 0.9, -0.9, 2 ** 31, -(2 ** 31) - 1, 2 ** 32, 3e9, -3e9, 1e15, 1e300, NaN];
  const values = [
    ...edges,
    Infinity,
    -Infinity,
    2 ** 63,
    2 ** 64 + 2 ** 13,
    ...edges.map((x) => -x),
  ];
  for (const from of ["f32", "f64"] as const)
    for (const to of ["i32", "u32"] as const) {
      const x = tensor(values, { dtype: from }) as Tensor;
      const f = (y: Tensor): Tensor => cast(y, to) as Tensor;
      expect((jit(f)(x) as Tensor).toArray(), `${from} ${to}`).toEqual(f(x).toArray());
    }
});

it("divides and shifts integers as without it: by 0 and −1, over all bits", () => {
  const edges = [0, 1, -1, 2, -2, 7, -7, 31, 32, 33, 2 ** 31 - 1, -(2 ** 31), 123456789];
  const pairs = edges.flatMap((x) => edges.map((y) => [x, y] as const));
  for (const dtype of ["i32", "u32"] as const) {
    const column = (k: 0 | 1): Tensor =>
      tensor(
        dtype === "i32"
          ? Int32Array.from(pairs, (p) => p[k])
          : Uint32Array.from(pairs, (p) => p[k]),
      );
    for (const f of [floorDivide, remainder, fmod, leftShift, rightShift]) {
      const g = (x: Tensor, y: Tensor): Tensor => f(x, y) as Tensor;
      const [x, y] = [column(0), column(1)];
      expect((jit(g)(x, y) as Tensor).toArray(), `${f.name} ${dtype}`).toEqual(g(x, y).toArray());
      expect(jit(g).program(x, y)).not.toContain("call");
    }
  }
});

it("adds 0 as often as the sign of 0 asks for it", () => {
  const f = (x: Tensor): Tensor => add(add(0, add(add(x, 0), 0)), add(sub(x, 0), -0)) as Tensor;
  for (const value of [-0, 0, 2.5, -Infinity, NaN]) {
    expect(jit(f)(tensor(value) as Tensor).item()).toBe(f(tensor(value) as Tensor).item());
    expect(jit((x: Tensor) => add(add(x, 0), 0))(tensor(value) as Tensor).item()).toBe(value + 0);
  }
  const text = jit((x: Tensor) => add(add(x, 0), 0)).program(tensor(1));
  expect(text.match(/= add/g)?.length).toBe(1);
});

it("counts more elements than fit in i32, or says that it cannot", () => {
  const apart = (b: Tensor, x: Tensor) => sum(add(sub(expandDims(x, 1), expandDims(x, 0)), b));
  expect(Number(jit(grad(apart))(0, linspace(0, 1, 50_000)).item())).toBe(2.5e9);
  expect(jit((x: Tensor) => mean(broadcastTo(x, [50_000, 50_000])))(3)).toBe(3);
  expect(() => jit((x: Tensor) => add(max(arange(0, 3e9)), x))(0)).toThrow(
    /iota: expected at most/,
  );
  const steps = (x: Tensor) =>
    scan((c: Tensor) => [add(c, 1), null], x, null, { length: 2 ** 31 })[0];
  expect(() => jit(steps)(0)).toThrow(/scan: expected at most/);
}, 120_000);

it("has programs of their own for null, undefined and holes", () => {
  const f = jit((x: Tensor, b: null | undefined) => (b === null ? mul(x, 10) : x));
  expect([f(1, undefined), f(1, null), f(2, undefined)]).toEqual([1, 10, 2]);
  expect(f.program(1, null)).not.toBe(f.program(1, undefined));
  const ends = jit((a: Tensor[]) => mul(a[0] as Tensor, a[2] as Tensor));
  const holed: number[] = [];
  [holed[0], holed[2]] = [2, 3];
  expect(ends(holed as never)).toBe(6);
});

it("checks the structure of results, and again after it has refused", () => {
  let named = true;
  const f = jit((x: Tensor, y: Tensor) => (named ? { x, y } : [x, y]), { check: true });
  f(1, 2);
  named = false;
  for (let i = 0; i < 2; i++) expect(() => f(1, 2)).toThrow(/the same graph at every call/);
  named = true;
  expect(f(3, 4)).toEqual({ x: 3, y: 4 });
});

it("counts NaN as positive where its sign is asked for", () => {
  const f = (x: Tensor) => copysign(1, div(x, x));
  expect(f(tensor(0)).item()).toBe(1);
  expect(jit(f)(0)).toBe(1);
});

it("tells the line where an operand is missing", () => {
  const missing = undefined as unknown as Tensor;
  for (const f of [(x: Tensor) => add(x, missing), (x: Tensor) => x.mul(missing)])
    for (const call of [f, jit(f)])
      expect(() => call(tensor([1, 2]))).toThrow(
        /(add|multiply): expected a tensor or a number, got undefined\n {2}at .*jit\.test\.ts/,
      );
});
