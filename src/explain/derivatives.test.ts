import { describe, expect, it } from "vitest";
import { parse } from "../formula/index.js";
import type { Tensor } from "../index.js";
import { explain, findNode, growDerivatives, nameGraph, traceProgram } from "./index.js";

const point = { a: 23, e: -5, b: 2, d: 7 };
const names = Object.keys(point);
const values = Object.values(point);
const lecture = () => traceProgram(parse("((a+e)*(b-d))^2"), names, values);

describe("derivatives grown in the graph", () => {
  it("shares what is the same: four nodes hold the lecture's seven derivatives", () => {
    const { nodes } = growDerivatives(lecture(), values, 1);
    const grown = nodes.filter(({ kind }) => kind === "derivative");
    expect(grown.map(({ derivatives, text, value }) => [derivatives, text, value])).toEqual([
      [["∂f/∂h"], "2·h", -180],
      [["∂f/∂a", "∂f/∂e", "∂f/∂u"], "v·∂f/∂h", 900],
      [["∂f/∂b", "∂f/∂v"], "u·∂f/∂h", -3240],
      [["∂f/∂d"], "−∂f/∂b", 3240],
    ]);
  });

  it("has the lecture's Hessian", () => {
    const { nodes } = growDerivatives(lecture(), values, 2);
    const second = new Map(nodes.flatMap((node) => node.derivatives.map((id) => [id, node.value])));
    const expected = {
      "a²": 50,
      "a∂e": 50,
      "a∂b": -360,
      "a∂d": 360,
      "b²": 648,
      "b∂d": -648,
      "d²": 648,
    };
    for (const [by, value] of Object.entries(expected))
      expect(second.get(`∂²f/∂${by}`), by).toBe(value);
  });

  it("connects every operand that is a node, once for each use", () => {
    const graph = traceProgram(parse("x*x"), ["x"], [3]);
    const { edges, nodes } = growDerivatives(graph, [3], 1);
    expect(edges.filter(({ to }) => to === "f").map(({ position }) => position)).toEqual([0, 1]);
    const ids = new Set(nodes.map(({ id }) => id));
    for (const { from, to } of edges) expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
  });

  it("keeps a constant derivative apart from the number in the formula", () => {
    const graph = traceProgram(parse("2*x + y"), ["x", "y"], [1, 1]);
    const { nodes } = growDerivatives(graph, [1, 1], 1);
    expect(nodes.find(({ id }) => id === "u")?.text).toBe("2·x");
    expect(nodes.find(({ id }) => id === "∂f/∂x")).toMatchObject({ value: 2, kind: "derivative" });
  });

  it("finds any node by name, to be explained like the result", () => {
    const graph = lecture();
    nameGraph(graph);
    expect(findNode(graph, "nothing")).toBeUndefined();
    const first = findNode(graph, "∂f/∂e") as Tensor;
    const of = graph.gradient("b", first).outputs[0] as Tensor;
    expect(graph.with([of], graph.outputTree).evaluate(...values)).toBe(-360);
    const explanation = explain(graph.with([first], graph.outputTree), values, { wrt: ["b"] });
    expect(explanation.output).toBe("∂f/∂a");
    expect(explanation.paths[0]?.listed.map(({ product }) => product)).toEqual([-180, -180]);
  });
});

describe("explaining by a node on the way", () => {
  it("lists its paths and moves it by itself for the difference", () => {
    const { paths, check } = explain(lecture(), values, { wrt: ["u"] });
    expect(paths.map(({ input, total }) => [input, total])).toEqual([["u", 900]]);
    expect(check.at(-1)).toMatchObject({ input: "u", derivative: 900, agrees: true });
  });
});
