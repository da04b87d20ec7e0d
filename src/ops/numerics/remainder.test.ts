import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { i32, u32 } from "../../../test/support/integers.js";
import { floorDivide, fmod, remainder } from "./remainder.js";

const whole = fc.integer({ min: -1_000_000, max: 1_000_000 });

describe("numerics/remainder", () => {
  it("agrees with whole-number arithmetic on binary fractions", () => {
    fc.assert(
      fc.property(whole, whole, (x, y) => {
        fc.pre(y !== 0);
        const quotient = Math.floor(x / y);
        expect(remainder(x / 8, y / 8) + 0).toBe((x - quotient * y) / 8);
        expect(floorDivide(x / 8, y / 8) + 0).toBe(quotient + 0);
        expect(fmod(x / 8, y / 8) + 0).toBe((x - Math.trunc(x / y) * y) / 8 + 0);
      }),
    );
  });

  it("remainder has the sign of the divisor, fmod that of the dividend, zeros included", () => {
    expect([remainder(7, 3), remainder(-7, 3), remainder(7, -3), remainder(-7, -3)]).toEqual([
      1, 2, -2, -1,
    ]);
    expect([fmod(7, 3), fmod(-7, 3), fmod(7, -3), fmod(-7, -3)]).toEqual([1, -1, 1, -1]);
    expect([remainder(6, -3), remainder(-6, 3), fmod(-6, 3), fmod(6, -3)]).toEqual([-0, 0, -0, 0]);
  });

  it("leaves quotients one below a whole number there", () => {
    expect(floorDivide(1, 0.1)).toBe(9);
    expect(remainder(1, 0.1)).toBe(0.09999999999999995);
  });

  it("follows IEEE at 0 and ∞", () => {
    expect([remainder(1, 0), fmod(1, 0), remainder(Infinity, 2), floorDivide(0, 0)]).toEqual(
      Array(4).fill(Number.NaN),
    );
    expect([floorDivide(1, 0), floorDivide(-1, 0)]).toEqual([Infinity, -Infinity]);
    expect([remainder(5, Infinity), remainder(-5, Infinity), fmod(-5, Infinity)]).toEqual([
      5,
      Infinity,
      -5,
    ]);
    expect([floorDivide(5, Infinity), floorDivide(-5, Infinity)]).toEqual([0, -1]);
  });
});

const MIN = -2147483648;

/** [floorDivide, remainder, fmod] by exact arithmetic. */
function exactly(x: number, y: number): bigint[] {
  const [a, b] = [BigInt(x), BigInt(y)];
  const quotient = a / b - (a % b !== 0n && a % b < 0n !== b < 0n ? 1n : 0n);
  return [quotient, a - quotient * b, a % b];
}

const divisions = [floorDivide, remainder, fmod];

describe("numerics/remainder of whole numbers, kept in arrays of integers", () => {
  it("is as exact arithmetic, wrapped, for i32", () => {
    fc.assert(
      fc.property(i32, i32, (x, y) => {
        fc.pre(y !== 0);
        expect([...Int32Array.from(divisions, (divide) => divide(x, y))]).toEqual(
          exactly(x, y).map((exact) => Number(BigInt.asIntN(32, exact))),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("is as exact arithmetic for u32", () => {
    fc.assert(
      fc.property(u32, u32, (x, y) => {
        fc.pre(y !== 0);
        expect([...Uint32Array.from(divisions, (divide) => divide(x, y))]).toEqual(
          exactly(x, y).map(Number),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("is 0 for division by 0, and the smallest over −1 wraps", () => {
    for (const x of [0, 1, 7, -7, MIN, 2147483647]) {
      const kept = Int32Array.from(divisions, (divide) => divide(x, 0));
      expect([...kept]).toEqual([0, 0, 0]);
    }
    expect([...Int32Array.from(divisions, (divide) => divide(MIN, -1))]).toEqual([MIN, 0, 0]);
  });
});
