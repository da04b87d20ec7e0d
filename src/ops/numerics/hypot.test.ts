import { describe, expect, it } from "vitest";
import { expectWithinUlps } from "../../../test/reference/ulps.js";
import { hypot, hypotOf } from "./hypot.js";

describe("numerics/hypot", () => {
  it("hypot stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "hypot", (x, y) => hypot(x, y));
  });

  it("takes any number of values, and none gives 0", () => {
    expect(hypot()).toBe(0);
    expect(hypot(-7)).toBe(7);
    expect(hypot(2, 3, 6)).toBe(7);
    expect(hypotOf(new Float32Array([1, 1, 1, 1]))).toBe(2);
    expect(hypotOf(new Float64Array(10_000).fill(1e300))).toBe(1e302);
    expect(hypot(1, Number.NaN, 2)).toBeNaN();
    expect(hypot(Number.NaN, -Infinity)).toBe(Infinity);
  });
});
