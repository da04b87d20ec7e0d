import { describe, expect, it } from "vitest";
import {
  add,
  broadcastTo,
  cast,
  divide,
  greater,
  multiply,
  negative,
  reshape,
  sin,
  subtract,
  type Tensor,
  tensor,
  trace,
  transpose,
  where,
} from "../index.js";

const x = tensor([[1.5, -2, 0]]);

/** Each law: the left side, the program it becomes. */
const laws: [string, (x: Tensor) => Tensor, string][] = [
  ["1 · x = x", (t) => multiply(1, t), "return x0"],
  [
    "x · 1 = x through a broadcast",
    (t) => multiply(t, broadcastTo(tensor(1), [1, 3])),
    "return x0",
  ],
  ["x · (−1) = −x", (t) => multiply(t, -1), "v0: f64[1, 3] = negative(x0) return v0"],
  [
    "(−x) · (−y) = x · y",
    (t) => multiply(negative(t), negative(sin(t))),
    "v0: f64[1, 3] = sin(x0) v1: f64[1, 3] = multiply(x0, v0) return v1",
  ],
  ["x ÷ 1 = x", (t) => divide(t, 1), "return x0"],
  ["x − 0 = x", (t) => subtract(t, 0), "return x0"],
  ["−(−x) = x", (t) => negative(negative(t)), "return x0"],
  [
    "x + (−y) = x − y",
    (t) => add(t, negative(sin(t))),
    "v0: f64[1, 3] = sin(x0) v1: f64[1, 3] = subtract(x0, v0) return v1",
  ],
  ["x − (−y) = x + y", (t) => subtract(t, negative(t)), "v0: f64[1, 3] = add(x0, x0) return v0"],
  ["reshape(reshape(x)) = x", (t) => reshape(reshape(t, [3]), [1, 3]), "return x0"],
  ["transpose(transpose(x)) = x", (t) => transpose(transpose(t)), "return x0"],
  ["where(c, x, x) = x", (t) => where(greater(t, 0), t, t), "return x0"],
  ["cast at the same dtype", (t) => cast(t, "f64"), "return x0"],
  ["constants fold", (t) => multiply(t, reshape(sin(tensor([1, 2, 3])), [1, 3])), ""],
];

describe("simplify", () => {
  it.each(laws)("applies %s and keeps every bit of the value", (_, f, program) => {
    const graph = trace(f as (t: Tensor) => Tensor)(x as Tensor);
    const simple = graph.simplify();
    if (program !== "")
      expect(
        String(simple)
          .split("\n")
          .slice(1, -1)
          .map((line) => line.trim())
          .join(" "),
      ).toBe(program);
    expect(simple.cost().operations).toBeLessThanOrEqual(graph.cost().operations);
    expect(simple.evaluate(x).data).toEqual(graph.evaluate(x).data);
  });

  it("leaves x + 0 alone, because −0 + 0 is 0", () => {
    const graph = trace((t: Tensor) => add(t, 0))(-0).simplify();
    expect(Object.is(graph.evaluate(-0), 0)).toBe(true);
  });

  it("takes a chain of 100,000 operations", () => {
    const graph = trace((t: Tensor) => {
      let y = t;
      for (let i = 0; i < 100_000; i++) y = negative(multiply(y, 1));
      return y;
    })(1);
    expect(String(graph.simplify())).toContain("return x0");
  });
});
