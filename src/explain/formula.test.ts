import { expect, it } from "vitest";
import type { Node, Tensor } from "../core/node.js";
import { reshape, trace } from "../index.js";
import { formulaOf, hasAxes, latexOf, said } from "./formula.js";

/** A number that is given another shape of one element again and again. */
const turned = (times: number) =>
  trace((x: Tensor) => {
    let y: Tensor = x;
    for (let i = 0; i < times; i++) y = reshape(y, i % 2 === 0 ? [1] : [1, 1]);
    return y;
  })(1);

it("says what is repeated or reshaped, however deep", () => {
  const { inputs, outputs } = turned(100_000);
  const [x, y] = [inputs[0] as Node, outputs[0] as Node];
  const names = new Map([[x, "x"]]);
  expect(formulaOf(y, names)).toBe("x");
  expect(latexOf(y, names)).toBe("x");
  expect(said(y)).toBe(x);
  expect(hasAxes(y)).toBe(false);
});

it("stops at a node that has a name", () => {
  const { inputs, outputs } = turned(3);
  const between = outputs[0]?.inputs[0] as Node;
  const names = new Map([
    [inputs[0] as Node, "x"],
    [between, "u"],
  ]);
  expect(formulaOf(outputs[0] as Node, names)).toBe("u");
});
