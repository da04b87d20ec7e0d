import { expect, it } from "vitest";
import { parse, powerOfE } from "./index.js";

it.each<[string, string | undefined]>([
  ["e^x", "x"],
  ["1/(1 + e^-x)", "-x"],
  ["u = e^(2*x); u + 1", "2*x"],
  ["e^2", undefined],
  ["(a+e)^x", undefined],
  ["e = 3; e^x", undefined],
])("the power of a variable e in %s is %s", (formula, power) => {
  expect(powerOfE(parse(formula))).toBe(power);
});
