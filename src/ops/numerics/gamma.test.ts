import { describe, expect, it } from "vitest";
import { expectWithinUlps } from "../../../test/reference/ulps.js";
import { gamma, gammaSign, lgamma } from "./gamma.js";

describe("numerics/gamma", () => {
  it("gamma stays within 1.25 ulp of its reference", () => {
    expectWithinUlps(1.25, "gamma", gamma);
  });

  it("lgamma stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "lgamma", lgamma);
  });

  it("gamma is exact at the factorials that f64 holds", () => {
    let factorial = 1;
    for (let n = 1; n <= 23; n++) {
      expect(gamma(n)).toBe(factorial);
      factorial *= n;
    }
  });

  it("gammaSign is the sign of gamma, and NaN at its poles", () => {
    for (let x = -9.75; x < 5; x += 0.5) expect(gammaSign(x)).toBe(Math.sign(gamma(x)));
    expect([0, -0, -1, -2, Infinity, -Infinity, Number.NaN].map(gammaSign)).toEqual([
      1,
      -1,
      Number.NaN,
      Number.NaN,
      1,
      Number.NaN,
      Number.NaN,
    ]);
  });
});
