import { describe, expect, it } from "vitest";
import { expectWithinUlps } from "../../../test/reference/ulps.js";
import { digamma } from "./digamma.js";
import { polygamma, zeta } from "./zeta.js";

describe("numerics/zeta", () => {
  it("zeta stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "zeta", zeta);
  });

  it("polygamma stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "polygamma", polygamma);
  });

  it("ζ(2, 1) is π²/6", () => {
    expect(zeta(2, 1)).toBe(Math.PI ** 2 / 6);
  });

  it("order 0 is digamma, and high orders stay finite where n! does not", () => {
    expect(polygamma(0, 2.5)).toBe(digamma(2.5));
    expect(polygamma(400, 200)).toBeLessThan(0);
    expect(polygamma(400, 200)).toBeGreaterThan(-Infinity);
  });
});
