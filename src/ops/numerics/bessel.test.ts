import { describe, it } from "vitest";
import { expectWithinUlps } from "../../../test/reference/ulps.js";
import { i0, i0e, i1, i1e } from "./bessel.js";

describe("numerics/bessel", () => {
  it("i0 stays within 1.5 ulp of its reference", () => {
    expectWithinUlps(1.5, "i0", i0);
  });

  it("i0e stays within 1.5 ulp of its reference", () => {
    expectWithinUlps(1.5, "i0e", i0e);
  });

  it("i1 stays within 1.25 ulp of its reference", () => {
    expectWithinUlps(1.25, "i1", i1);
  });

  it("i1e stays within 1.5 ulp of its reference", () => {
    expectWithinUlps(1.5, "i1e", i1e);
  });
});
