import { describe, expect, it } from "vitest";
import { expectWithinUlps } from "../../../test/reference/ulps.js";
import { erf, erfc, erfcx } from "./erf.js";

describe("numerics/erf", () => {
  it("erf stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "erf", erf);
  });

  it("erfc stays within 1.25 ulp of its reference", () => {
    expectWithinUlps(1.25, "erfc", erfc);
  });

  it("erfcx stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "erfcx", erfcx);
  });

  it("erf and erfc add up to 1, and erf is odd", () => {
    for (let x = -4; x <= 4; x += 0.0625) {
      expect(erf(x) + erfc(x)).toBeCloseTo(1, 15);
      expect(erf(-x)).toBe(-erf(x));
    }
  });
});
