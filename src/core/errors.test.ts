import { expect, it } from "vitest";
import { userFrame } from "./errors.js";

it.each([
  ["at f (file:///p(1)/a.mjs:13:9)", "file:///p(1)/a.mjs:13:9"],
  ["at file:///p/a.mjs:1:2", "file:///p/a.mjs:1:2"],
  ["at Object.<anonymous> (/my files (old)/a.js:3:4)", "/my files (old)/a.js:3:4"],
  ["at f (C:\\Program Files (x86)\\a.js:3:4)", "C:\\Program Files (x86)\\a.js:3:4"],
  ["f@https://example.org/a.js:5:6", "https://example.org/a.js:5:6"],
  ["at eval (eval at f (file:///p/a.mjs:1:2), <anonymous>:3:4)", undefined],
  ["at async Promise.all (index 0)", undefined],
  ["at node:internal/main:1:2", undefined],
])("finds the user's line in %j", (line, frame) => {
  expect(userFrame(`Error\n    ${line}`)).toBe(frame);
});

it("finds none where stacks are made into something else", () => {
  expect(userFrame([{}] as never)).toBeUndefined();
});
