import { describe, expect, it } from "vitest";
import {
  add,
  cond,
  exp,
  greater,
  label,
  log,
  multiply,
  negative,
  scan,
  square,
  stopGradient,
  subtract,
  sum,
  type Tensor,
  tensor,
  trace,
  zeros,
} from "../index.js";
import { explain, formatLatex, formatText } from "./index.js";

const at = { a: 23, b: 2, d: 7, e: -5 };
const lecture =
  (square: (h: Tensor) => Tensor) => (p: { a: Tensor; b: Tensor; d: Tensor; e: Tensor }) =>
    square(label(multiply(label(add(p.a, p.e), "u"), label(subtract(p.b, p.d), "v")), "h"));
const prod = lecture((h) => multiply(h, h));

describe("explain", () => {
  const explained = explain(prod, [at], { order: 2 });

  it("holds value and gradients of the lecture", () => {
    expect(explained.value).toBe(8100);
    expect(explained.gradient).toEqual({ a: 900, b: -3240, d: 3240, e: 900 });
  });

  it("Prod(h, h) has two edges and two paths of 450 each", () => {
    const [a] = explained.paths;
    expect(a?.count).toBe("2");
    expect(a?.listed.map((path) => path.product)).toEqual([450, 450]);
    expect(a?.total).toBe(900);
    expect(explained.edges.filter((edge) => edge.to === "f").map((edge) => edge.partial)).toEqual([
      -90, -90,
    ]);
  });

  it("backward steps show the += of a value used twice", () => {
    const steps = explained.backward.filter((step) => step.edge.startsWith("h→f"));
    expect(steps.map((step) => [step.before, step.contribution, step.after])).toEqual([
      [0, -90, -90],
      [-90, -90, -180],
    ]);
  });

  it("local partials come with formulas", () => {
    const formulas = Object.fromEntries(
      explained.edges.map((edge) => [edge.id, [edge.formula, edge.partial]]),
    );
    expect(formulas["u→h#0"]).toEqual(["v", -5]);
    expect(formulas["v→h#1"]).toEqual(["u", 18]);
    expect(formulas["d→v#1"]).toEqual(["−1", -1]);
  });

  it("second derivatives are the lecture's table", () => {
    expect(explained.hessian?.variables).toEqual(["a", "b", "d", "e"]);
    expect(explained.hessian?.values).toEqual([
      [50, -360, 360, 50],
      [-360, 648, -648, -360],
      [360, -648, 648, 360],
      [50, -360, 360, 50],
    ]);
  });

  it("finite differences agree", () => {
    expect(explained.check.map((check) => check.agrees)).toEqual([true, true, true, true]);
  });

  it("differences of a tensor have its shape, those of many elements are the first in a row", () => {
    const squares = (x: Tensor) => sum(multiply(x, x));
    const [small] = explain(squares, [tensor([[1, 2]])]).check;
    const rounded = JSON.stringify(small?.difference, (_, v) => (v.length ? v : Math.round(v)));
    expect(rounded).toBe("[[2,4]]");
    const [large] = explain(squares, [zeros([50, 2])]).check;
    expect(large?.difference).toHaveLength(64);
  });

  it("counts 2⁴⁰ paths exactly and lists the first ones", () => {
    const repeated = explain(
      (x: Tensor) => {
        let y = x;
        for (let i = 0; i < 40; i++) y = multiply(y, y);
        return y;
      },
      [1],
      { paths: 3 },
    );
    expect(repeated.paths[0]?.count).toBe(String(2n ** 40n));
    expect(repeated.paths[0]?.listed.length).toBe(3);
    expect(repeated.cost.backwardEdges).toBe(80);
    expect(repeated.cost.pathFactors).toBe(String(40n * 2n ** 40n));
  });

  it("works for tensors", () => {
    const explained = explain(
      (p: { x: Tensor }) => sum(multiply(p.x, p.x)),
      [{ x: tensor([1, 2, 3]) }],
    );
    expect(explained.gradient).toEqual({ x: [2, 4, 6] });
    expect(explained.check[0]?.agrees).toBe(true);
  });

  it("says where a NaN was born", () => {
    const graph = trace((p: { x: Tensor }) => multiply(2, label(subtract(p.x, p.x), "n")))({
      x: 1,
    });
    const [warning] = explain(graph, [{ x: Number.POSITIVE_INFINITY }]).warnings;
    expect(warning).toMatchObject({ kind: "nan", at: "n" });
  });

  it("warns once of what came out, be it NaN and ∞", () => {
    const logs = explain((x: Tensor) => sum(log(x)) as Tensor, [tensor([1, 0, -1])]).warnings;
    expect(logs.map(({ text }) => text)).toEqual([
      "u = log(x0) is [0, −∞, NaN] at x0 = [1, 0, −1]",
    ]);
  });

  it("explains loops, branches and constants", () => {
    const loop = (x: Tensor) =>
      scan((c: Tensor) => [multiply(c, x), null], x, null, { length: 2 })[0] as Tensor;
    const explained = explain(loop, [3]);
    expect(explained.gradient).toEqual({ x0: 27 });
    expect(explained.check[0]?.agrees).toBe(true);
    const branch = (x: Tensor) => cond(greater(x, 0), square, negative, x) as Tensor;
    expect(explain(branch, [3]).gradient).toEqual({ x0: 6 });
    expect(explain(() => tensor(3), [3]).gradient).toEqual({ x0: 0 });
  });

  it("explains a result that depends on nothing", () => {
    const constant = explain(
      (p: { x: Tensor }) =>
        multiply(0, stopGradient(exp(tensor(1)))).add(label(p.x, "x").sub(p.x).mul(0)),
      [{ x: 2 }],
    );
    expect(constant.gradient).toEqual({ x: 0 });
    const number = explain((_: { x: Tensor }) => tensor(5), [{ x: 2 }]);
    expect([number.value, number.gradient, number.paths[0]?.count]).toEqual([5, { x: 0 }, "0"]);
    expect(formatText(number)).toContain("no path");
  });

  it("counts paths it does not list", () => {
    const none = explain((p: { x: Tensor }) => multiply(p.x, p.x), [{ x: 3 }], { paths: 0 });
    expect(none.paths[0]).toEqual({ input: "x", count: "2", listed: [], total: 6 });
    expect(formatText(none)).toContain("∂f/∂x = 6   (2 paths)");
    expect(formatLatex(none)).toContain("&= 6");
  });
});
