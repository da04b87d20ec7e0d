import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as integer from "./integer.js";

const MIN = -2147483648;
const i32 = fc.oneof(
  fc.integer(),
  fc.integer({ min: -9, max: 9 }),
  fc.constantFrom(MIN, -1, 2147483647),
);
const u32 = fc.oneof(
  fc.integer({ min: 0, max: 4294967295 }),
  fc.integer({ min: 0, max: 9 }),
  fc.constantFrom(4294967295, 2147483648),
);

/** Exact arithmetic, then wrap-around. */
function wrapped(bits: "i32" | "u32", exact: bigint): number {
  return Number(bits === "i32" ? BigInt.asIntN(32, exact) : BigInt.asUintN(32, exact));
}

function floored(x: bigint, y: bigint): bigint {
  return x / y - (x % y !== 0n && x % y < 0n !== y < 0n ? 1n : 0n);
}

describe("numerics/integer", () => {
  it("divides i32 as exact arithmetic does, wrapped", () => {
    fc.assert(
      fc.property(i32, i32, (x, y) => {
        fc.pre(y !== 0);
        const [a, b] = [BigInt(x), BigInt(y)];
        const quotient = floored(a, b);
        expect(integer.floorDivideI32(x, y)).toBe(wrapped("i32", quotient));
        expect(integer.remainderI32(x, y)).toBe(wrapped("i32", a - quotient * b));
        expect(integer.truncDivideI32(x, y)).toBe(wrapped("i32", a / b));
        expect(integer.truncRemainderI32(x, y)).toBe(wrapped("i32", a % b));
      }),
      { numRuns: 2000 },
    );
  });

  it("divides u32 as exact arithmetic does", () => {
    fc.assert(
      fc.property(u32, u32, (x, y) => {
        fc.pre(y !== 0);
        const [a, b] = [BigInt(x), BigInt(y)];
        expect(integer.floorDivideU32(x, y)).toBe(Number(a / b));
        expect(integer.truncDivideU32(x, y)).toBe(Number(a / b));
        expect(integer.remainderU32(x, y)).toBe(Number(a % b));
        expect(integer.truncRemainderU32(x, y)).toBe(Number(a % b));
      }),
      { numRuns: 2000 },
    );
  });

  it("gives 0 for division by 0 and wraps the smallest over −1", () => {
    for (const [name, divide] of Object.entries(integer)) {
      if (name.startsWith("power")) continue;
      for (const x of [0, 1, 7, 2147483647]) expect(divide(x, 0), name).toBe(0);
    }
    expect(integer.floorDivideI32(MIN, -1)).toBe(MIN);
    expect(integer.truncDivideI32(MIN, -1)).toBe(MIN);
    expect(integer.remainderI32(MIN, -1)).toBe(0);
    expect(integer.truncRemainderI32(MIN, -1)).toBe(0);
  });

  it("raises to powers modulo 2^32", () => {
    fc.assert(
      fc.property(i32, u32, fc.integer({ min: 0, max: 70 }), (x, u, n) => {
        expect(integer.powerI32(x, n)).toBe(wrapped("i32", BigInt(x) ** BigInt(n)));
        expect(integer.powerU32(u, n)).toBe(wrapped("u32", BigInt(u) ** BigInt(n)));
      }),
      { numRuns: 1000 },
    );
    expect(integer.powerU32(3, 4294967295)).toBe(2863311531); // the inverse of 3: 3^(2^32) = 1 mod 2^32
  });

  it("truncates negative powers like the quotient 1 ÷ x^n", () => {
    expect([2, 1, -1, 0, -3].map((x) => integer.powerI32(x, -3))).toEqual([0, 1, -1, 0, 0]);
    expect(integer.powerI32(-1, -4)).toBe(1);
  });
});
