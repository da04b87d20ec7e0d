import { describe, expect, it } from "vitest";
import { roundHalfEven } from "./rounding.js";

describe("numerics/rounding", () => {
  it("rounds ties to the even neighbour", () => {
    const ties = [0.5, 1.5, 2.5, 3.5, -0.5, -1.5, -2.5, 4503599627370495.5];
    expect(ties.map(roundHalfEven)).toEqual([0, 2, 2, 4, -0, -2, -2, 4503599627370496]);
  });

  it("rounds everything else to the nearest whole number", () => {
    const values = [0.49999999999999994, 0.5000000000000001, 1.4999999999999998, -3.7, 1e-320];
    expect(values.map(roundHalfEven)).toEqual([0, 1, 1, -4, 0]);
  });

  it("keeps −0, whole numbers, infinities and NaN", () => {
    for (const x of [0, -0, 7, -1e300, 2 ** 52 + 1, 2 ** 53 - 1, Infinity, -Infinity, Number.NaN]) {
      expect(roundHalfEven(x)).toBe(x);
    }
    expect(roundHalfEven(-0.2)).toBe(-0);
  });
});
