import { describe, expect, it } from "vitest";
import { expectWithinUlps } from "../../../test/reference/ulps.js";
import { pow } from "./power.js";

describe("numerics/power", () => {
  it("pow stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "pow", pow);
  });

  it("is exact wherever the power of a whole number fits f64", () => {
    for (let base = -40; base <= 40; base++) {
      for (let n = 0; Math.abs(base) ** n < 2 ** 53 && n < 40; n++) {
        expect(pow(base, n)).toBe(Number(BigInt(base) ** BigInt(n)));
      }
    }
  });

  it("takes exact roots", () => {
    for (let n = 0; n < 2000; n++) expect(pow(n * n, 0.5)).toBe(n);
  });
});
