import { describe, expect, it } from "vitest";
import { expectWithinUlps } from "../../../test/reference/ulps.js";
import { log2, log10 } from "./log.js";
import { scaleByPower } from "./scale.js";

describe("numerics/log", () => {
  it("log2 stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "log2", log2);
  });

  it("log10 stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "log10", log10);
  });

  it("log2 is exact at the powers of 2 and log10 at the powers of 10", () => {
    for (let k = -1074; k <= 1023; k++) expect(log2(scaleByPower(1, k))).toBe(k);
    for (let k = -22; k <= 22; k++) expect(log10(Number(`1e${k}`))).toBe(k);
  });
});
