import { describe, expect, it } from "vitest";
import { expSequence } from "../../src/math/exp.js";
import { Builder } from "../../src/program/builder.js";
import { lanesOf, maskOf, scalarOf } from "../../src/program/lanes.js";
import { cellStorage } from "../../src/program/statements.js";
import type { Operand, RegisterType } from "../../src/program/types.js";
import { Random } from "../../src/testing/random.js";
import { compute, type Lane, readMemory, type Value, writeMemory } from "../support/interpreter.js";
import { buffer, build, programOf, routine } from "../support/modules.js";
import { type Signature, signatures } from "../support/opcodes.js";

const f64s = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  1.5,
  -1.5,
  2.5,
  -2.5,
  3.7,
  -3.7,
  0.1,
  1e-3,
  255.99,
  16777217,
  1e9 + 0.5,
  2147483647,
  2147483647.5,
  2147483648,
  -2147483648,
  -2147483648.5,
  -2147483649,
  4294967295.5,
  4294967296,
  4503599627370495.5,
  -4503599627370495.5,
  2 ** 53 + 2,
  2 ** 63,
  -(2 ** 63),
  2 ** 64,
  1e300,
  -1e300,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  Number.MIN_VALUE,
  -Number.MIN_VALUE,
  2.2250738585072014e-308,
  1e-310,
  -1e-310,
  Infinity,
  -Infinity,
  Number.NaN,
];
const f32s = [...f64s, 8388607.5, -8388607.5, 2 ** -149, -(2 ** -149), 2 ** -126, 1e-40, 3.4e38];
const i32s = [
  0, 1, -1, 2, -2, 3, 7, -7, 31, 32, 33, 63, 64, 255, 65536, 16777217, -16777219, 0x55555555,
  0x7fffff80, 0x7fffffff, -0x7fffffff, -0x80000000,
];
const i64s = [
  ...i32s.map(BigInt),
  1n << 31n,
  1n << 32n,
  (1n << 32n) + 1n,
  (1n << 53n) + 1n,
  -(1n << 53n) - 1n,
  0x4000004000000001n,
  0x4000004000000000n,
  0x7fffffbfffffffffn,
  -0x7fffff4000000001n,
  0x5555555555555555n,
  (1n << 63n) - 1n,
  1n - (1n << 63n),
  -(1n << 63n),
];

const edges: Partial<Record<RegisterType, readonly Lane[]>> = {
  f64: f64s,
  f32: f32s.map(Math.fround),
  i32: i32s,
  i64: i64s,
  bool: [0, 1],
};

const random = new Random(11);
const pick = <T>(list: readonly T[]): T => list[random.integer(0, list.length - 1)] as T;

/** Lanes for each operand: all pairs of edge values for two operands; the third at random. */
function lanesFor(types: readonly RegisterType[]): Lane[][] {
  const lists = types.map((type) => edges[type] as readonly Lane[]);
  const [first, second] = lists as [readonly Lane[], readonly Lane[] | undefined];
  const pairs =
    second === undefined ? first.map((a) => [a]) : first.flatMap((a) => second.map((b) => [a, b]));
  return pairs.map((pair) => [...pair, ...lists.slice(2).map(pick)]);
}

/** Rows of operands that hold the lanes. */
function rowsFor({ op, args }: Signature): Value[][] {
  const lanes = lanesFor(args.map(scalarOf)).filter(
    ([a, b]) => !/^(div|rem)[SU]/.test(op) || (Number(b) !== 0 && !isOverflow(a, b)),
  );
  const width = Math.max(...args.map(lanesOf));
  const rows: Value[][] = [];
  for (let i = 0; i < lanes.length; i += width)
    rows.push(
      args.map((type, j) => {
        const at = (k: number) => (lanes[(i + k) % lanes.length] as Lane[])[j] as Lane;
        return lanesOf(type) === 1 ? at(0) : Array.from({ length: width }, (_, k) => at(k));
      }),
    );
  return rows;
}

function isOverflow(a: Lane | undefined, b: Lane | undefined): boolean {
  return Number(b) === -1 && (a === -0x80000000 || a === -(1n << 63n));
}

/** Runs an instruction over rows of operands, in a loop, from memory to memory. */
function runRows(
  { args, type }: Pick<Signature, "args" | "type">,
  rows: readonly Value[][],
  instruction: (b: Builder, args: Operand[]) => Operand,
): Value[] {
  const b = new Builder();
  const bytes = 16 * rows.length;
  const regions = [...args, type].map((_, j) => buffer(16 + j * bytes, bytes));
  b.loop(
    0,
    bytes,
    (at) => {
      const place = (j: number) => ({ buffer: regions[j], at, offset: 0 });
      const operands = args.map((arg, j) => b.load(arg, cellStorage(arg), place(j)));
      b.store(cellStorage(type), place(args.length), instruction(b, operands));
    },
    { step: 16 },
  );
  const { run, memory } = build(programOf(b, regions));
  const view = new DataView(memory.buffer);
  const address = (j: number, i: number) => (regions[j]?.address as number) + 16 * i;
  rows.forEach((row, i) => {
    row.forEach((value, j) => {
      const arg = args[j] as RegisterType;
      writeMemory(view, address(j, i), arg, cellStorage(arg), value);
    });
  });
  run();
  return rows.map((_, i) => readMemory(view, address(args.length, i), type, cellStorage(type)));
}

describe("opcodes", () => {
  it.each(
    signatures.map((signature) => {
      const { op, args, type, lane } = signature;
      return [`${op}${lane ?? ""}: ${args.join(", ")} → ${type}`, signature] as const;
    }),
  )("%s", (_, signature) => {
    const rows = rowsFor(signature);
    const { op, type, lane } = signature;
    const results = runRows(signature, rows, (b, args) =>
      lane === undefined ? b.compute(op, type, args) : b.lane(args[0] as Operand, lane),
    );
    const operands = signature.args.map((type) => ({ type }) as Operand);
    rows.forEach((row, i) => {
      const expected = compute({ ...signature, args: operands }, row);
      expect(results[i], `${op}(${row.join("; ")})`).toEqual(expected);
    });
  });

  it.each(["f32", "f64", "i32", "i64", "f32x4", "f64x2", "i32x4", "i64x2"] as const)(
    "rescue of %s calls the slow function in the lanes of the mask only",
    (type) => {
      const scalar = scalarOf(type);
      const inner = new Builder();
      const params = [inner.formal(scalar, "a"), inner.formal(scalar, "b")];
      const [x, y] = params as unknown as [Operand, Operand];
      const slow = routine("slow", params, inner.block, inner.sub(inner.mul(x, x), y));
      const signature: Signature = {
        op: "rescue",
        type,
        args: [maskOf(type), type, type, type],
      };
      const rows = lanesFor([scalar, scalar, scalar]).map((values) => {
        const lanes = Array.from({ length: lanesOf(type) }, () => values);
        const each = (f: (lane: Lane[]) => Lane): Value => {
          const all = lanes.map(f);
          return all.length === 1 ? (all[0] as Lane) : all;
        };
        return [
          each(() => pick([0, 0, 1])),
          each((l) => l[0] as Lane),
          each((l) => l[1] as Lane),
          each((l) => l[2] as Lane),
        ];
      });
      const results = runRows(signature, rows, (b, [mask, fast, p, q]) =>
        b.rescue(mask as Operand, fast as Operand, slow, [p as Operand, q as Operand]),
      );
      rows.forEach(([mask, fast, p, q], i) => {
        const lane = (value: Value | undefined, k: number) => [value].flat()[k] as Lane;
        [results[i]].flat().forEach((result, k) => {
          const [a, b] = [lane(p, k), lane(q, k)];
          const called = [a].map((v) =>
            compute({ op: "sub", type: scalar, args: [{ type: scalar } as Operand] }, [
              compute({ op: "mul", type: scalar, args: [{ type: scalar } as Operand] }, [v, v]),
              b,
            ]),
          )[0];
          expect(result).toEqual(lane(mask, k) === 0 ? lane(fast, k) : called);
        });
      });
    },
  );

  describe.each(["f32x4", "f64x2", "i32x4"] as const)("of %s", (type) => {
    const scalar = scalarOf(type);
    const rows = rowsFor({ op: "add", args: [type, type], type });
    const lanes = (f: (a: Lane, b: Lane) => Lane) =>
      rows.map(([x, y]) => (x as Lane[]).map((a, k) => f(a, (y as Lane[])[k] as Lane)));
    const run = (f: (b: Builder, x: Operand, y: Operand) => Operand) =>
      runRows({ args: [type, type], type }, rows, (b, [x, y]) => f(b, x as Operand, y as Operand));

    it("selections that are one instruction give what three would", () => {
      const less = (b: Builder, x: Operand, y: Operand) => b.compare("lt", x, y);
      expect(run((b, x, y) => b.select(less(b, x, y), x, y))).toEqual(
        lanes((x, y) => (x < y ? x : y)),
      );
      expect(run((b, x, y) => b.select(less(b, x, y), y, x))).toEqual(
        lanes((x, y) => (x < y ? y : x)),
      );
      expect(run((b, x, y) => b.select(less(b, x, y), y, b.like(x, 0)))).toEqual(
        lanes((x, y) => (x < y ? y : 0)),
      );
      expect(run((b, x, y) => b.select(less(b, x, y), b.like(x, 0), x))).toEqual(
        lanes((x, y) => (x < y ? 0 : x)),
      );
      expect(run((b, x, y) => b.select(less(b, x, y), x, b.like(x, -0)))).toEqual(
        lanes((x, y) => (x < y ? x : scalar === "i32" ? 0 : -0)),
      );
    });

    it.each([0, -0, 3, -1.5, Infinity, Number.NaN])("%d as a limit", (given) => {
      const limit = scalar === "i32" ? given | 0 : given;
      expect(run((b, x) => b.max(x, b.like(x, limit)))).toEqual(
        lanes((x) => Math.max(Number(x), limit)),
      );
      expect(run((b, x) => b.min(x, b.like(x, limit)))).toEqual(
        lanes((x) => Math.min(Number(x), limit)),
      );
    });
  });

  it("call takes several scalars of every type", () => {
    const types = ["f64", "f32", "i32", "bool", "i64"] as const;
    const inner = new Builder();
    const params = types.map((type) => inner.formal(type, type));
    const sum = params
      .map((p): Operand => (p.type === "f64" ? p : inner.convert(p, "f64")))
      .reduce((a, b) => inner.add(a, b));
    const callee = routine("sum", params, inner.block, sum);
    const rows: Value[][] = [[0.5, 2.25, -3, 1, 1n << 40n]];
    const results = runRows({ args: types, type: "f64" }, rows, (b, args) =>
      b.call(callee, "f64", args),
    );
    expect(results).toEqual([0.5 + 2.25 - 3 + 1 + 2 ** 40]);
  });

  it("math is for a pass to expand", () => {
    const b = new Builder();
    const place = { buffer: buffer(16, 8), at: undefined, offset: 0 };
    b.store("f64", place, b.math(expSequence, [b.load("f64", "f64", place)]));
    expect(() => build(programOf(b))).toThrow("no math of f64");
  });
});

it("conversions that do not exist are errors", () => {
  const b = new Builder();
  const place = { buffer: buffer(16, 16), at: undefined, offset: 0 };
  b.store("f64", place, b.convert(b.load("i64x2", "i64", place), "f64x2"));
  expect(() => build(programOf(b))).toThrow("no convert:f64x2 of i64x2");
});
