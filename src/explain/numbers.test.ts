import { describe, expect, it } from "vitest";
import { formatNumber, formatShort, formatValue } from "./numbers.js";

describe("numbers for people", () => {
  it.each<[number, string]>([
    [6172589.45, "6172589.5"],
    [123451.789, "123451.8"],
    [12345.678, "12345.7"],
    [381008605182.13, "3.81009e11"],
    [999999.96, "1e6"],
    [99999.97, "1e5"],
    [16331239353195370, "1.63312e16"],
    [-2.57377e20, "−2.57377e20"],
    [2.667093788113571e32, "2.66709e32"],
    [1.2345678e-9, "1.23457e−9"],
  ])("%s is rounded and looks so: %s", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it.each<[number, string]>([
    [0, "0"],
    [-3240, "−3240"],
    [6172590, "6172590"],
    [381008605182, "381008605182"],
    [0.25, "0.25"],
    [1e-7, "1e−7"],
    [1e20, "1e20"],
  ])("%s is written as it is: %s", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it("keep their digits where room is short", () => {
    expect(formatShort([1.23456, 6172590, 123456.789])).toBe("[1.235, 6172590, 1.23457e5]");
    expect(formatShort([18, 0, 2, 4, 6, 8, 10, 12, 14, 16])).toBe("[10: min 0, max 18]");
    expect(formatValue([1.23456789, true])).toBe("[1.23457, true]");
  });
});
