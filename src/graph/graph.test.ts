import { expect, it } from "vitest";
import {
  add,
  conv,
  divide,
  grad,
  greater,
  multiply,
  sin,
  subtract,
  sum,
  type Tensor,
  tensor,
  whileLoop,
  zeros,
} from "../index.js";
import { operations } from "../operations.js";
import { fromJSON, type Graph, label, trace } from "./index.js";

const lecture = (p: { a: Tensor; b: Tensor; d: Tensor; e: Tensor }) => {
  const u = label(add(p.a, p.e), "u");
  const v = label(subtract(p.b, p.d), "v");
  const h = label(multiply(u, v), "h");
  return label(multiply(h, h), "f");
};
const at = { a: 23, b: 2, d: 7, e: -5 };
const graph = (): Graph => trace(lecture)(at);

it("a graph prints as a program with types", () => {
  expect(String(graph())).toBe(
    [
      "(a: f64*, b: f64*, d: f64*, e: f64*) {",
      "  u: f64* = add(a, e)",
      "  v: f64* = subtract(b, d)",
      "  h: f64* = multiply(u, v)",
      "  f: f64* = multiply(h, h)",
      "  return f",
      "}",
    ].join("\n"),
  );
});

it("a graph evaluates to what the function gives, numbers to numbers", () => {
  expect(graph().evaluate(at)).toBe(8100);
});

it("the gradient by any input is a graph over the same inputs that shares nodes", () => {
  const f = graph();
  const byA = f.gradient("a");
  expect(byA.evaluate(at)).toBe(900);
  expect(String(byA)).not.toContain("cast");
  expect(f.gradient("b").evaluate(at)).toBe(-3240);
  expect(byA.gradient("d").evaluate(at)).toBe(360);
  expect(byA.gradient("a").evaluate(at)).toBe(50);
  expect(byA.nodes).toContain(f.node("h"));
  expect(f.gradient("h").evaluate(at)).toBe(-180);
});

it("value and all partials come as one graph", () => {
  expect(graph().valueAndGradients().evaluate(at)).toEqual([8100, [900, -3240, 3240, 900]]);
});

it("evaluate is differentiable", () => {
  const f = trace((x: Tensor) => multiply(x, sin(x)))(1);
  expect(grad((x: Tensor) => f.evaluate(x) as Tensor)(2)).toBeCloseTo(
    Math.sin(2) + 2 * Math.cos(2),
    14,
  );
});

it("JSON round trips to the same program and values", () => {
  const f = graph().valueAndGradients();
  const again = fromJSON(JSON.stringify(f), { operations });
  expect(String(again)).toBe(String(f));
  expect(again.evaluate(at)).toEqual(f.evaluate(at));
});

it("constants survive JSON, also those JSON has no number for", () => {
  const c = tensor([1, -0, Number.NaN, Number.POSITIVE_INFINITY]);
  const f = trace((x: Tensor) => multiply(x, c))(tensor([1, 1, 1, 1]));
  const again = fromJSON(JSON.stringify(f), { operations });
  const values = again.evaluate(tensor([1, 1, 1, 1])).toArray();
  expect(values).toEqual([1, -0, Number.NaN, Number.POSITIVE_INFINITY]);
});

it.each([
  ["not JSON", "{"],
  ["another format", "{}"],
  ["another version", { format: "cotangent/graph", version: 2 }],
  ["no nodes", { format: "cotangent/graph", version: 1 }],
  ["an index ahead", patched((g) => (g.nodes[4].inputs = [0, 99]))],
  ["a fractional index", patched((g) => (g.nodes[4].inputs = [0, 0.5]))],
  ["an unknown operation", patched((g) => (g.nodes[4].op = "constructor"))],
  ["a wrong type", patched((g) => (g.nodes[4].type = "f32"))],
  ["a broken type", patched((g) => (g.nodes[4].type = "f64[-1]"))],
  ["too few inputs", patched((g) => (g.nodes[4].inputs = [0]))],
  ["missing trees", patched((g) => (g.inputTree = null))],
  ["inputs that are operations", patched((g) => (g.inputs = [4]))],
  ["a label that is no string", patched((g) => (g.nodes[4].label = {}))],
  [
    "a file nested too deeply",
    patched((g) => (g.inputTree = JSON.parse("[".repeat(50_000) + "]".repeat(50_000)))),
  ],
])("fromJSON refuses %s with an error that says where", (_, json) => {
  expect(() => fromJSON(json as never, { operations })).toThrow(/^fromJSON: expected .+, got/);
});

// biome-ignore lint/suspicious/noExplicitAny: damaged on purpose
function patched(change: (json: any) => void): unknown {
  const json = JSON.parse(JSON.stringify(graph()));
  change(json);
  return json;
}

it("DOT names every node and edge", () => {
  const dot = graph().toDot();
  expect(dot.match(/label=/g)?.length).toBe(8);
  expect(dot.match(/->/g)?.length).toBe(8);
});

it("the cost counts operations, and a gradient costs a small multiple", () => {
  expect(graph().cost()).toEqual({ operations: 4, flops: 4 });
  expect(graph().valueAndGradients().cost().operations).toBeLessThan(16);
});

it("x = x·x forty times is 40 multiplications and 2⁴⁰ paths are never walked", () => {
  const repeated = trace((x: Tensor) => {
    let y = x;
    for (let i = 0; i < 40; i++) y = multiply(y, y);
    return y;
  })(1);
  expect(repeated.cost().operations).toBe(40);
  expect(repeated.gradient().evaluate(1)).toBe(2 ** 40);
  expect(repeated.gradient().cost().operations).toBeLessThan(200);
});

it("evaluate refuses arguments of another type", () => {
  const f = trace((x: Tensor) => sum(x))(tensor([1, 2]));
  expect(() => f.evaluate(tensor([1, 2, 3]))).toThrow(/expected f64\[2\] for x0, got f64\[3\]/);
});

it("a loop prints what it reads from outside by its name", () => {
  const root = (a: Tensor) =>
    whileLoop(
      (x) => greater(subtract(multiply(x, x), a), 1e-9),
      (x) => multiply(0.5, add(x, divide(a, x))),
      a,
    );
  expect(String(trace(root)(9))).toContain("body (x0: f64*, v0: f64*)");
  expect(String(trace(root, { names: ["a"] })(9))).toContain("condition (a: f64*, v0: f64*)");
});

it("the cost of an operation made of others is theirs", () => {
  const image = zeros([1, 1, 4, 4]);
  const kernel = zeros([1, 1, 3, 3]);
  const graph = trace((x: Tensor, w: Tensor) => conv(x, w))(image, kernel);
  expect(graph.cost().flops).toBe(2 * 4 * 9);
});
