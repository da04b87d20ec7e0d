import { describe, expect, it } from "vitest";
import { randomKey, threefry } from "./random.js";

describe("threefry", () => {
  it("gives the published words", () => {
    // known answers of Random123's threefry2x32 with 20 rounds
    expect(threefry([0, 0], [0, 0])).toEqual([0x6b200159, 0x99ba4efe]);
    const ones = 0xffffffff;
    expect(threefry([ones, ones], [ones, ones])).toEqual([0x1cb996fc, 0xbb002be7]);
    expect(threefry([0x13198a2e, 0x03707344], [0x243f6a88, 0x85a308d3])).toEqual([
      0xc4923a9c, 0x483df7a0,
    ]);
  });
});

describe("random keys", () => {
  it("repeat from a seed and differ between seeds and folds", () => {
    const draw = (seed: number, fold: number) => [...randomKey(seed).fold(fold).uniform(3)];
    expect(draw(1, 2)).toEqual(draw(1, 2));
    expect(draw(1, 2)).not.toEqual(draw(1, 3));
    expect(draw(1, 2)).not.toEqual(draw(2, 2));
    expect(draw(2 ** 40, 0)).not.toEqual(draw(0, 0));
  });

  it("uniform numbers fill [0, 1) evenly", () => {
    const drawn = randomKey(7).uniform(20_000);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(1);
    const tenths = new Array<number>(10).fill(0);
    for (const u of drawn) tenths[Math.floor(10 * u)]! += 1;
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  it("normal numbers have mean 0 and variance 1", () => {
    const drawn = [...randomKey(3).normal(20_000)];
    const mean = drawn.reduce((sum, z) => sum + z, 0) / drawn.length;
    const variance = drawn.reduce((sum, z) => sum + z * z, 0) / drawn.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });

  it("a permutation has every number once", () => {
    const order = randomKey(5).permutation(100);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(order).not.toEqual([...order].sort((a, b) => a - b));
  });
});
