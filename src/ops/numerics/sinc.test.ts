import { describe, expect, it } from "vitest";
import { expectWithinUlps } from "../../../test/reference/ulps.js";
import { sinc, sincDerivative } from "./sinc.js";

describe("numerics/sinc", () => {
  it("sinc stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "sinc", sinc);
  });

  it("sincDerivative stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "sincDerivative", sincDerivative);
  });

  it("derivatives of order 0 are sinc itself", () => {
    for (let x = -4; x <= 4; x += 0.125) expect(sincDerivative(0, x)).toBeCloseTo(sinc(x), 15);
  });

  it("even derivatives at 0 are π^n (−1)^(n/2)/(n + 1), odd ones 0", () => {
    for (let n = 0; n < 12; n++) {
      const value = n % 2 === 0 ? (Math.PI ** n * (n % 4 === 0 ? 1 : -1)) / (n + 1) : 0;
      expect(sincDerivative(n, 0) / (value || 1)).toBeCloseTo(value === 0 ? 0 : 1, 14);
    }
    expect(Number.isFinite(sincDerivative(600, 0.3))).toBe(true);
  });
});
