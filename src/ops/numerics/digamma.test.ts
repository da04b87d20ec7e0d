import { describe, it } from "vitest";
import { expectWithinUlps } from "../../../test/reference/ulps.js";
import { digamma } from "./digamma.js";

describe("numerics/digamma", () => {
  it("digamma stays within 1.25 ulp of its reference", () => {
    expectWithinUlps(1.25, "digamma", digamma);
  });
});
