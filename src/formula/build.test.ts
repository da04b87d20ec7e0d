import { expect, expectTypeOf, it } from "vitest";
import * as control from "../control/index.js";
import { grad, ShapeError, Tensor, tensor, trace, valueAndGrad } from "../index.js";
import * as operations from "../ops/index.js";
import { FormulaError } from "./error.js";
import { build, math, parse } from "./library.js";
import { namesOf } from "./names.js";
import { printExpression } from "./print.js";
import { renderError } from "./render.js";
import { listedNames, signatureOf } from "./signatures.js";

type Variables = Record<string, Tensor>;

const at = { a: 23, b: 2, e: -5, d: 7 };

function value(text: string, variables: Record<string, number | Tensor> = {}) {
  return build(parse(text, { variables: Object.keys(variables) }), variables).toArray();
}

function caught(run: () => unknown): FormulaError {
  try {
    run();
  } catch (error) {
    if (error instanceof FormulaError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

it("the lecture's formula has its value and its partials", () => {
  const program = parse("((a + e)*(b - d))^2");
  const [f, partials] = valueAndGrad((v: Variables) => build(program, v))(at);
  expect(f).toBe(8100);
  expect(partials).toEqual({ a: 900, b: -3240, d: 3240, e: 900 });
});

it("a square is one node over its argument, as in the notes", () => {
  const graph = trace((v: Variables) => build(parse("((a + e)*(b - d))^2"), v))(at);
  expect(graph.nodes.map(({ primitive }) => primitive.name)).toEqual([
    ...Array(4).fill("parameter"),
    ...["add", "subtract", "multiply", "square"],
  ]);
});

it("Prod(h, h) is a product of one node with itself", () => {
  const program = parse("h = Prod(a + e, b - d); Prod(h, h)");
  expect(build(program, at).item()).toBe(8100);
  expect(grad((v: Variables) => build(program, v))(at)).toEqual({
    a: 900,
    b: -3240,
    d: 3240,
    e: 900,
  });
});

it("definitions name the nodes they make, and leave others their names", () => {
  const program = parse("u = a + e; v = b - d; w = a; h = u*v*w; h^2");
  const graph = trace((v: Variables) => build(program, v))(at);
  const labels = graph.nodes.flatMap(({ label }) => label ?? []);
  expect(labels).toEqual(["a", "b", "d", "e", "u", "v", "h"]);
  const mine = tensor([1, 2]);
  math`u = ${mine}; u + 1`;
  expect(mine.label).toBeUndefined();
});

it("operators and functions compute what they say", () => {
  expect(value("7 - 2*3^2/9")).toBe(5);
  expect(value("x^3 + 2^-x", { x: 2 })).toBe(8.25);
  expect(value("-x² + √y·|z|", { x: 3, y: 4, z: -5 })).toBe(1);
  expect(value("where(x > 0 , 1, where(x == 0, 0, -1))", { x: -2 })).toBe(-1);
  expect(value("max(x, 2, 3) - min(x, 4)", { x: 1 })).toBe(2);
  expect(value("2*pi")).toBe(2 * Math.PI);
  expect(value("ln(exp(x)) + lg(100)", { x: 1 })).toBeCloseTo(3, 14);
  expect(value("x <= inf", { x: 1 })).toBe(true);
  expect(value("gamma*tau", { gamma: 2, tau: 3 })).toBe(6);
});

it("arithmetic on numbers alone leaves no nodes behind", () => {
  const graph = trace((v: Variables) => build(parse("x^(1/2) * -(2 + 1)*4"), v))({ x: 4 });
  const kinds = graph.nodes.map(({ primitive }) => primitive.name);
  expect(kinds.filter((name) => name === "divide" || name === "negative")).toEqual([]);
  expect(graph.evaluate({ x: 4 })).toBe(-24);
});

it("lists are tensors, of numbers or stacked from values", () => {
  expect(value("[[1, 2], [3, 4]] @ [5, 6]")).toEqual([17, 39]);
  expect(value("[x, x^2, 1]", { x: 3 })).toEqual([3, 9, 1]);
  expect(value("[[x, 1], [2, 3]]", { x: 3 })).toEqual([
    [3, 1],
    [2, 3],
  ]);
  expect(value("[1, 2]")).toEqual([1, 2]);
  const matrix = tensor([
    [1, 2],
    [3, 4],
  ]);
  expect(value("sum(A, axis=0)", { A: matrix })).toEqual([4, 6]);
  expect(value("sum(A, axis=[0, 1], keepdims=true)", { A: matrix })).toEqual([[10]]);
  expect(value("reshape(A, [4])", { A: matrix })).toEqual([1, 2, 3, 4]);
  expect(value("concatenate([A, [[5, 6]]], axis=0)", { A: matrix })).toEqual([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  expect(value('einsum("ij,jk->ik", A, A)', { A: matrix })).toEqual([
    [7, 10],
    [15, 22],
  ]);
});

it("every operation goes by its name", () => {
  const { functions } = namesOf(operations);
  let called = 0;
  for (const [name, { min, parameters }] of functions) {
    if (parameters !== undefined) continue;
    const f = (operations as unknown as Record<string, (...args: number[]) => Tensor>)[name];
    const args = [0.5, 0.25, 0.75].slice(0, min);
    let direct: Tensor | undefined;
    try {
      direct = f?.(...args);
    } catch {
      continue; // matmul and its like take no scalars
    }
    expect(value(`${name}(${args.join(", ")})`), name).toEqual(direct?.toArray());
    called++;
  }
  expect(called).toBeGreaterThan(100);
});

it("options reach their functions", () => {
  const x = tensor([-1, 0, 1]);
  expect(value("clip(x, -0.5, 0.5)", { x })).toEqual([-0.5, 0, 0.5]);
  expect(value("clip(x, max=0)", { x })).toEqual([-1, 0, 0]);
  expect(value("round(x/3, decimals=1)", { x })).toEqual([-0.3, 0, 0.3]);
  expect(value("cumsum(x, reverse=true)", { x })).toEqual([0, 1, 1]);
  expect(value("leakyRelu(x, negativeSlope=0.5)", { x })).toEqual([-0.5, 0, 1]);
  expect(value("std(x, ddof=1)", { x })).toBe(1);
  expect(value("take(x, [2, 0])", { x })).toEqual([1, -1]);
  expect(value('pad(x, 1, mode="edge")', { x })).toEqual([-1, -1, 0, 1, 1]);
  expect(value("pad(x, 1, mode=edge)", { x })).toEqual([-1, -1, 0, 1, 1]);
  expect(value("cast(x, i32)", { x })).toEqual([-1, 0, 1]);
});

it("every tensor is told with the expression it stands for", () => {
  const told: string[] = [];
  build(
    parse("sin(x) + 2*x"),
    { x: 1 },
    {
      onTensor: (made, expression) => {
        expect(made).toBeInstanceOf(Tensor);
        told.push(printExpression(expression));
      },
    },
  );
  expect(told).toEqual(["x", "sin(x)", "x", "2*x", "sin(x) + 2*x"]);
});

it("a variable without a value is named, with the one that was meant", () => {
  const missing = caught(() => build(parse("alpha + betta"), { alpha: 1, beta: 2 }));
  expect(missing.code).toBe("E050");
  expect(missing.message).toBe(
    [
      "error[E050]: no value for 'betta'",
      "  1 | alpha + betta",
      "    |         ^^^^^ did you mean 'beta'?",
    ].join("\n"),
  );
});

it("what an operation says of its arguments comes with their place", () => {
  const wrong = caught(() =>
    build(parse("1 + A @ x"), { A: tensor([[1, 2]]), x: tensor([1, 2, 3]) }),
  );
  expect(wrong.code).toBe("E052");
  expect(wrong.span).toEqual({ start: 4, end: 9 });
  expect(wrong.cause).toBeInstanceOf(ShapeError);
});

it("your own functions are called beside the operations", () => {
  const functions = { twice: (x: Tensor) => x.mul(2) };
  const program = parse("twice(sin(x))", { functions });
  expect(build(program, { x: 1 }, { functions }).item()).toBe(2 * Math.sin(1));
  expect(caught(() => build(program, { x: 1 })).code).toBe("E051");
});

it("a sum of 100,000 terms is built and differentiated", () => {
  const program = parse(Array(100_000).fill("x").join("+"));
  expect(grad((v: Variables) => build(program, v))({ x: 1 })).toEqual({ x: 100_000 });
});

it("math reads its text once and computes with the values in it", () => {
  const f = (a: Tensor | number, b: Tensor | number) => math`(${a} + 1)*${b}^2`;
  expect(f(2, 3).item()).toBe(27);
  expect(f(tensor([1, 2]), 2).toArray()).toEqual([8, 12]);
  expect(math`${3}²`.item()).toBe(9);
  expect(math`sum(${tensor([[1, 2]])}, axis=${1})`.toArray()).toEqual([3]);
  expectTypeOf(f).returns.toEqualTypeOf<Tensor>();
  expect(grad((x: Tensor) => math`sin(${x})*${x}`)(2)).toBeCloseTo(
    Math.sin(2) + 2 * Math.cos(2),
    14,
  );
});

it("math shows where its text is wrong, its values by number", () => {
  const dollar = "$";
  expect(caught(() => math`(${1} + * ${2})`).message).toBe(
    [
      "error[E012]: expected a value after '+'",
      `  1 | (${dollar}{0} + * ${dollar}{1})`,
      "    |         ^ '*' cannot start a value",
    ].join("\n"),
  );
  expect(caught(() => math`2${1}`).code).toBe("E013");
  expect(caught(() => math`x + ${1}`).message).toBe(
    ["error[E053]: no value for 'x'", `  1 | x + ${dollar}{0}`, `    | ^ write ${dollar}{x}`].join(
      "\n",
    ),
  );
  // in a plain text the same characters are no value
  expect(caught(() => parse(`${dollar}{0}`)).code).toBe("E001");
});

it("math reads a place in the code only once", () => {
  const strings: TemplateStringsArray = Object.assign(["", " + 1"], { raw: ["", " + 1"] });
  expect(math(strings, 1).item()).toBe(2);
  (strings as unknown as string[])[1] = " + *";
  expect(math(strings, 2).item()).toBe(3);
});

it("every function with a call of its own exists", () => {
  const exported = new Set([...Object.keys(operations), ...Object.keys(control)]);
  expect(listedNames.filter((name) => !exported.has(name))).toEqual([]);
  expect(signatureOf("clip", { length: 0 })).toMatchObject({
    min: 1,
    max: 3,
    options: ["min", "max"],
  });
  expect(signatureOf("einsum", { length: 0 })).toMatchObject({
    min: 1,
    max: Number.POSITIVE_INFINITY,
  });
});

function refused(formula: string, values: Record<string, number | Tensor>): string {
  const { problem, source } = caught(() => value(formula, values));
  return `${renderError(problem, source)}\n${renderError(problem, source, "ru")}`;
}

it("a number where there should be a vector is told how to become one", () => {
  const product = refused("A@B", { A: 2, B: 3 });
  expect(product).toContain(
    'A is one number; for a vector give it a list: [1, 2] as its value, or --at "A=[1, 2]"',
  );
  expect(product).toContain("дайте список");
  expect(refused("softmax(v)", { v: 2 })).toContain("expected a vector or a matrix, got f64");
  expect(refused("softmax(v)", { v: 2 })).toContain('--at "v=[1, 2]"');
  expect(refused("trace(A)", { A: 2 })).toContain("'trace' does not fit");
});

it("lengths that differ are told by the formula's own names", () => {
  const values = { A: tensor([[1, 2, 3]]), x: tensor([1, 2]) };
  expect(refused("A@x", values)).toContain("expected the last axis of A as long as x, got");
  expect(refused("A@x", values)).toContain("последняя ось A той же длины, что x");
  expect(refused("A@x", values)).not.toContain("--at");
});
