import { describe, expect, it } from "vitest";
import { expectWithinUlps } from "../../../test/reference/ulps.js";
import { gelu, logNdtr, ndtr, ndtri } from "./normal.js";

describe("numerics/normal", () => {
  it("ndtr stays within 1.25 ulp of its reference", () => {
    expectWithinUlps(1.25, "ndtr", ndtr);
  });

  it("logNdtr stays within 1.5 ulp of its reference", () => {
    expectWithinUlps(1.5, "logNdtr", logNdtr);
  });

  it("ndtri stays within 1.5 ulp of its reference", () => {
    expectWithinUlps(1.5, "ndtri", ndtri);
  });

  it("gelu stays within 1.5 ulp of its reference", () => {
    expectWithinUlps(1.5, "gelu", gelu);
  });

  it("ndtri undoes ndtr down to the smallest numbers", () => {
    for (let x = -37; x <= 4; x += 0.25) expect(ndtri(ndtr(x))).toBeCloseTo(x, 11);
  });
});
