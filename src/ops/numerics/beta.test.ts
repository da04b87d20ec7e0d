import { describe, expect, it } from "vitest";
import { expectWithinUlps } from "../../../test/reference/ulps.js";
import { beta, betaln } from "./beta.js";

describe("numerics/beta", () => {
  it("beta stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "beta", beta);
  });

  it("betaln stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "betaln", betaln);
  });

  it("is symmetric, and B(1, b) is 1/b", () => {
    for (const b of [1e-200, 1e-5, 0.3, 1, 7.5, 42, 1e9, 1e200]) {
      expect(beta(1, b)).toBe(1 / b);
      expect(beta(b, 2.5)).toBe(beta(2.5, b));
      expect(betaln(b, 2.5)).toBe(betaln(2.5, b));
    }
  });
});
