import { describe, expect, it } from "vitest";
import { expectWithinUlps } from "../../../test/reference/ulps.js";
import { exp2 } from "./exp.js";
import { log2 } from "./log.js";

describe("numerics/exp", () => {
  it("exp2 stays within 1.25 ulp of its reference", () => {
    expectWithinUlps(1.25, "exp2", exp2);
  });

  it("exp2 is exact at every whole number", () => {
    for (let k = -1074; k <= 1023; k++) expect(log2(exp2(k))).toBe(k);
  });
});
