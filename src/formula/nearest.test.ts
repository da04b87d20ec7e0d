import { expect, it } from "vitest";
import { nearest } from "./nearest.js";

const known = [
  "sin",
  "sinh",
  "cos",
  "cosh",
  "tan",
  "tanh",
  "sqrt",
  "logsumexp",
  "exp",
  "i0",
  "log",
];

it("a letter too many, too few, wrong or swapped is found", () => {
  expect(nearest("tanhh", known)).toBe("tanh");
  expect(nearest("sqr", known)).toBe("sqrt");
  expect(nearest("sqrd", known)).toBe("sqrt");
  expect(nearest("sqtr", known)).toBe("sqrt");
  expect(nearest("logsumxp", known)).toBe("logsumexp");
});

it("case and look-alike letters of other alphabets do not count", () => {
  expect(nearest("Sin", known)).toBe("sin");
  expect(nearest("соs", known)).toBe("cos");
});

it("a word far from all is nobody's misspelling", () => {
  expect(nearest("velocity", known)).toBeUndefined();
  expect(nearest("x", known)).toBeUndefined();
  expect(nearest("", known)).toBeUndefined();
  expect(nearest("s".repeat(100_000), known)).toBeUndefined();
});

it("between equally near names the one that begins alike is taken", () => {
  expect(nearest("cis", ["sis", "cos"])).toBe("cos");
});
