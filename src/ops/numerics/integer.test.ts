import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { i32, u32 } from "../../../test/support/integers.js";
import { integerPower } from "./integer.js";

/** Exact arithmetic, then wrap-around. */
function wrapped(bits: "i32" | "u32", exact: bigint): number {
  return Number(bits === "i32" ? BigInt.asIntN(32, exact) : BigInt.asUintN(32, exact));
}

describe("numerics/integer", () => {
  it("raises to powers modulo 2^32", () => {
    fc.assert(
      fc.property(i32, u32, fc.integer({ min: 0, max: 70 }), (x, u, n) => {
        expect(integerPower(x, n)).toBe(wrapped("i32", BigInt(x) ** BigInt(n)));
        expect(integerPower(u, n) >>> 0).toBe(wrapped("u32", BigInt(u) ** BigInt(n)));
      }),
      { numRuns: 1000 },
    );
    expect(integerPower(3, 4294967295) >>> 0).toBe(2863311531); // the inverse of 3: 3^(2^32) = 1 mod 2^32
  });

  it("truncates negative powers like the quotient 1 ÷ x^n", () => {
    expect([2, 1, -1, 0, -3].map((x) => integerPower(x, -3))).toEqual([0, 1, -1, 0, 0]);
    expect(integerPower(-1, -4)).toBe(1);
  });
});
