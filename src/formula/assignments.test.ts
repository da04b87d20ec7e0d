import { expect, it } from "vitest";
import { parseAssignments } from "./assignments.js";

const values = (text: string) =>
  Object.fromEntries(parseAssignments(text).map(({ name, value }) => [name, value]));

it("names take numbers, negative ones too, and nested lists", () => {
  expect(values("a=23,b=2,e=-5,x=[1,2]")).toEqual({ a: 23, b: 2, e: -5, x: [1, 2] });
  expect(values("w = [[1, -2.5], [3e2, .5]], empty = []")).toEqual({
    w: [
      [1, -2.5],
      [300, 0.5],
    ],
    empty: [],
  });
});

it("values may be constants and arithmetic on them", () => {
  expect(values("t=pi/4, u=-inf, v=2^-3, w=(1 - 2)*3, y=true")).toEqual({
    t: Math.PI / 4,
    u: Number.NEGATIVE_INFINITY,
    v: 0.125,
    w: -3,
    y: true,
  });
  expect(values("q=nan").q).toBeNaN();
});

it("commas, semicolons and line ends separate; a constant's name may be given a value", () => {
  expect(values("a=1; b=2\nc=[\n3,\n4\n]\n\npi=3,\n e=5\n")).toEqual({
    a: 1,
    b: 2,
    c: [3, 4],
    pi: 3,
    e: 5,
  });
  expect(values("")).toEqual({});
  expect(values(" \n ")).toEqual({});
});

it("names and values know their places", () => {
  expect(parseAssignments("a=23, xβ = (-5)")).toEqual([
    { name: "a", value: 23, nameSpan: { start: 0, end: 1 }, valueSpan: { start: 2, end: 4 } },
    { name: "xβ", value: -5, nameSpan: { start: 6, end: 8 }, valueSpan: { start: 11, end: 15 } },
  ]);
});

it("a value nested 100,000 deep is read", () => {
  let [{ value } = { value: 0 }] = parseAssignments(
    `x=${"[".repeat(100_000)}7${"]".repeat(100_000)}`,
  );
  let depth = 0;
  for (; typeof value === "object"; depth++) value = value[0] ?? 0;
  expect([depth, value]).toEqual([100_000, 7]);
});
