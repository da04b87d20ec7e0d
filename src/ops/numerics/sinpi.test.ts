import { describe, it } from "vitest";
import { expectWithinUlps } from "../../../test/reference/ulps.js";
import { cospi, sinpi } from "./sinpi.js";

describe("numerics/sinpi", () => {
  it("sinpi stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "sinpi", sinpi);
  });

  it("cospi stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "cospi", cospi);
  });
});
