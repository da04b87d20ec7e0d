import { describe, expect, it } from "vitest";
import { samples, ulps } from "../../bench/accuracy/measure.mjs";
import { special } from "../../bench/accuracy/references-special.mjs";
import { trigonometric } from "../../bench/accuracy/references-trigonometric.mjs";
import { compiled, testBounds, widths } from "../support/sequences.js";

testBounds({ ...trigonometric, ...special });

describe("exactness", () => {
  it.each(widths)("lgamma is accurate in relative terms around 1 and 2 in %s", (scalar) => {
    const { scale: _, ...relative } = special.lgamma as NonNullable<typeof special.lgamma>;
    const inputs = samples({ ...relative, hard: [1, 2], ranges: [[0.5, 2.5]] }, scalar, 400);
    const near = inputs.map((input) => input.filter((x) => x >= 0.5 && x < 2.5));
    const padded = near.map((input) => input.slice(0, input.length & ~3));
    const results = compiled("lgamma", scalar, padded);
    expect(results.length).toBeGreaterThan(150);
    const errors = [...results].map((result, i) => {
      const args = padded.map((input) => input[i] as number);
      return ulps(relative, args, result, scalar);
    });
    expect(Math.max(...errors)).toBeLessThanOrEqual(2.5);
  });

  it("sin, cos and tan of one lane that needs the long reduction leave the others alone", () => {
    const huge = [0.5, 1e300, -2, 1e22, Number.MAX_VALUE, 0.1, 3, -1e10];
    for (const name of ["sin", "cos", "tan"]) {
      const alone = huge.map((x) => compiled(name, "f64", [Float64Array.of(x, x, x, x)])[0]);
      expect([...compiled(name, "f64x2", [Float64Array.from(huge)])]).toEqual(alone);
    }
  });
});
