import { expect, it } from "vitest";
import { noteOnE, parse } from "./index.js";

it.each<[string, string | undefined]>([
  ["e^x", "x"],
  ["1/(1 + e^-x)", "-x"],
  ["u = e^(2*x); u + 1", "2*x"],
  ["e^2", undefined],
  ["(a+e)^x", undefined],
  ["e = 3; e^x", undefined],
])("the power of a variable e in %s is %s", (formula, power) => {
  const text = power === undefined ? undefined : expect.stringContaining(`exp(${power})`);
  expect(noteOnE(parse(formula))?.en).toEqual(text);
  expect(noteOnE(parse(formula))?.ru).toEqual(text);
});
