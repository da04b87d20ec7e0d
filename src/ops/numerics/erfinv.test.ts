import { describe, expect, it } from "vitest";
import { expectWithinUlps } from "../../../test/reference/ulps.js";
import { erf, erfc } from "./erf.js";
import { erfcinv, erfinv } from "./erfinv.js";

describe("numerics/erfinv", () => {
  it("erfinv stays within 1.25 ulp of its reference", () => {
    expectWithinUlps(1.25, "erfinv", erfinv);
  });

  it("erfcinv stays within 1.25 ulp of its reference", () => {
    expectWithinUlps(1.25, "erfcinv", erfcinv);
  });

  it("undoes erf and erfc", () => {
    for (let x = -2; x <= 3; x += 0.0625) expect(erfcinv(erfc(x))).toBeCloseTo(x, 13);
    for (let x = -1; x <= 1; x += 0.0625) expect(erfinv(erf(x))).toBeCloseTo(x, 14);
  });
});
