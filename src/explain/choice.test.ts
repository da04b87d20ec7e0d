import { describe, expect, it } from "vitest";
import { build, parse } from "../formula/index.js";
import { trace } from "../index.js";
import { type Explanation, explain } from "./index.js";

function explained(formula: string, at: Readonly<Record<string, number>>): Explanation {
  const program = parse(formula, { variables: Object.keys(at) });
  return explain(trace((v: typeof at) => build(program, v))(at as never), [at]);
}

const partials = (formula: string, at: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    explained(formula, at).edges.map((edge) => [`∂${edge.to}/∂${edge.from}`, edge.formula]),
  );

describe("a local partial that is a choice", () => {
  it("is written as the branch taken", () => {
    expect(partials("max(a, b)", { a: 1, b: 2 })).toEqual({ "∂f/∂a": "0", "∂f/∂b": "1" });
    expect(partials("max(a, b)", { a: 2, b: 2 })).toEqual({ "∂f/∂a": "0.5", "∂f/∂b": "0.5" });
    expect(partials("where(x > 0, x^2, -x)", { x: 3 })).toMatchObject({ "∂v/∂x": "2·x" });
  });

  it("of a norm says nothing of dtypes", () => {
    expect(partials("norm(v)", { v: 3 })).toEqual({ "∂f/∂v": "v/f" });
    expect(partials("norm(v)", { v: 0 })).toEqual({ "∂f/∂v": "0" });
  });
});

it("names an operation as the formula does", () => {
  expect(explained("max(a, b)", { a: 1, b: 2 }).forward[0]?.text).toBe("f = max(a, b)");
  expect(explained("min(a, 1)", { a: 1 }).forward[0]?.text).toBe("f = min(a, 1)");
  expect(explained("maximum(a, 1)", { a: 1 }).forward[0]?.text).toBe("f = maximum(a, 1)");
});
