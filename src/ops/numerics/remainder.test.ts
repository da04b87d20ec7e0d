import fc from "fast-check";
import { describe, expect, it } from "vitest";
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
