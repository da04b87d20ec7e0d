import { expect, it } from "vitest";
import { fitNumber } from "../../playground/src/math/numbers.js";
import { runsOf } from "../../playground/src/math/runs.js";

const line = (text: string): string =>
  runsOf(text)
    .map((run) => (run.raised === true ? `{${run.text}}` : run.text))
    .join("");

it.each([
  ["f = e^x", "f = e{x}"],
  ["x·e^(x − 1)", "x·e{x}{ − 1}"],
  ["2·x^−3 + 1", "2·x{−3} + 1"],
  ["x^y^2", "x{y}{^2}"],
  ["(x + 1)^sin(y)·z", "(x + 1){sin(}{y}{)}·z"],
  ["h²", "h²"],
  ["x^", "x^"],
])("the page raises the powers of %s", (text, set) => {
  expect(line(text)).toBe(set);
});

it.each<[number, number, string]>([
  [-3240, 7, "−3240"],
  [6172590, 7, "6172590"],
  [6172589.45, 7, "6.173e6"],
  [123451.789, 9, "123451.8"],
  [0.123456789, 6, "0.1235"],
])("%s in %s characters is no other whole number: %s", (value, width, text) => {
  expect(fitNumber(value, width)).toBe(text);
});
