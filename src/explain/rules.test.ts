import { describe, expect, it } from "vitest";
import { build, parse } from "../formula/index.js";
import { grad, norm, type Tensor, tensor } from "../index.js";
import type { Explanation, ValueData } from "./explanation.js";
import { explain, formatLatex, formatText, traceProgram } from "./index.js";

type Data = number | readonly Data[];

function explained(text: string, at: Readonly<Record<string, Data>>): Explanation {
  const program = parse(text, { variables: Object.keys(at) });
  const values = program.variables.map((name) => {
    const value = at[name] as Data;
    return typeof value === "number" ? value : (tensor(value as number[]) as Tensor);
  });
  return explain(traceProgram(program, program.variables, values), values);
}

function flat(value: ValueData): number[] {
  return Array.isArray(value) ? value.flatMap(flat) : [Number(value)];
}

/** A step's text as the formula language has it. */
function asFormula(text: string): string {
  return text
    .replace(/(\[\[(?:(?!\]\]).)*\]\])ᵀ/g, "transpose($1)")
    .replace(/(\[[^[\]]*\]) ⊗ (\[[^[\]]*\])/g, "outer($1, $2)")
    .replaceAll("⊙", "*")
    .replaceAll("·", "*")
    .replaceAll("−", "-");
}

const matrix = [
  [1, -2, 0.5],
  [0.25, 3, -1],
];
const graphs: readonly (readonly [string, Record<string, Data>])[] = [
  ["sum((w*x - y)^2)", { w: 0.5, x: [1, 2, 3], y: [1, 3, 5] }],
  ["sum(tanh(W@x + b)^2)", { W: matrix, x: [1, 2, -1], b: [0.5, -0.5] }],
  ["sum((x@A)^2) + dot(x, x)", { x: [1, 2], A: matrix }],
  ["-sum(y*logSoftmax(z))", { y: [0, 1, 0], z: [2, 1, 0.1] }],
  ["logsumexp(z) - dot(y, z)", { y: [0, 1, 0], z: [2, 1, 0.1] }],
  ["sum(softmax(z)^2)", { z: [2, 1, 0.1] }],
  ["max(x) + min(x)*prod(x) + norm(x)", { x: [3, 1, 2] }],
  ["sum(transpose(A)@A)", { A: matrix }],
  ["sum(cumsum(x)*sort(x))", { x: [3, 1, 2] }],
  ["sum(where(x > 1, x^2, 0))", { x: [3, 0.5, 2] }],
  ["mean(A, axis=0)@x + mean(A)", { A: matrix, x: [1, 2, 3] }],
];

describe.each(graphs)("%s", (text, at) => {
  const explanation = explained(text, at);

  it("every step's numbers give its result", () => {
    const { backward, edges } = explanation;
    let read = 0;
    for (const { edge, numbers, contribution } of backward) {
      if (numbers === undefined || numbers === "" || numbers.includes("…")) continue;
      const rule = edges.find(({ id }) => id === edge)?.rule;
      const value = build(parse(asFormula(numbers))).data;
      expect(value.length, `${rule}: ${numbers}`).toBe(flat(contribution).length);
      flat(contribution).forEach((expected, i) => {
        expect(Math.abs((value[i] as number) - expected), `${rule}: ${numbers}`).toBeLessThan(
          2e-3 * Math.max(1, Math.abs(expected)),
        );
      });
      read++;
    }
    expect(read).toBeGreaterThan(1);
  });

  it("the terms of all paths add up to the derivative", () => {
    for (const { listed, total, count } of explanation.paths) {
      expect(String(listed.length)).toBe(count);
      const sum = flat(total).map(() => 0);
      for (const { steps } of listed)
        flat(steps?.at(-1)?.value ?? []).forEach((term, i) => {
          sum[i] = (sum[i] as number) + term;
        });
      flat(total).forEach((expected, i) => {
        expect(sum[i]).toBeCloseTo(expected, 12);
      });
    }
  });

  it("no operation goes by a name that nobody wrote", () => {
    expect(formatText(explanation, { steps: true })).not.toMatch(/dotGeneral|mask|axes=|contract/);
  });
});

it("a product of matrices says what it is, as the formula wrote it", () => {
  const texts = (text: string): string[] =>
    explained(text, { W: matrix, x: [1, 2, 3] }).forward.map((step) => step.text);
  expect(texts("sum(W@x)")[0]).toBe("u = W @ x");
  expect(texts("sum(matmul(W, x))")[0]).toBe("u = matmul(W, x)");
  expect(texts("dot(x, x) + sum(W)")[0]).toBe("u = dot(x, x)");
  expect(texts("sum(transpose(W))")[0]).toBe("u = transpose(W)");
  expect(texts("sum(tril(W))")[0]).toBe("u = tril(W)");
  expect(texts("sum(tril(W, k=1))")[0]).not.toContain("tril");
});

it("the rules of a product of a matrix and a vector", () => {
  const { edges, backward } = explained("sum((W@x)^2)", {
    W: [
      [1, 2],
      [3, 4],
    ],
    x: [1, 2],
  });
  expect(edges.map(({ rule }) => rule)).toEqual([
    "∂f/∂f·[1, 1]",
    "∂f/∂v ⊙ 2·u",
    "∂f/∂u ⊗ x",
    "Wᵀ @ ∂f/∂u",
  ]);
  expect(backward.map(({ numbers }) => numbers)).toEqual([
    "1 · [1, 1]",
    "[1, 1] ⊙ [10, 22]",
    "[10, 22] ⊗ [1, 2]",
    "[[1, 2], [3, 4]]ᵀ @ [10, 22]",
  ]);
});

it("the rules in LaTeX, and what comes down a path", () => {
  const text = formatLatex(
    explained("sum((W@x)^2)", {
      W: [
        [1, 2],
        [3, 4],
      ],
      x: [1, 2],
    }),
  );
  expect(text).toContain(
    "\\frac{\\partial u}{\\partial W} &\\colon \\frac{\\partial f}{\\partial u} \\mapsto \\frac{\\partial f}{\\partial u} \\otimes x",
  );
  expect(text).toContain("\\mapsto W^{\\mathsf T} \\, \\frac{\\partial f}{\\partial u}");
  expect(text).toContain(
    "1 \\mapsto \\left[1, 1\\right] \\mapsto \\left[10, 22\\right] \\mapsto \\left[76, 108\\right]",
  );
  expect(text).toContain("f &= \\sum v = 146");
});

it("larger tensors are told by shape and range", () => {
  const rows = Array.from({ length: 5 }, (_, i) => Array.from({ length: 4 }, (_, j) => i - j));
  const { backward } = explained("sum((W@x)^2)", { W: rows, x: [1, 2, 3, 4] });
  expect(backward.at(-1)?.numbers).toBe("[5×4: min −3, max 4]ᵀ @ [−40, −20, 0, 20, 40]");
});

it("paths and edges of the backward pass are those a derivative goes along", () => {
  const { paths, cost, edges } = explained("sum(where(x > 1, x^2, 0))", { x: [3, 0.5] });
  expect(paths[0]?.count).toBe("1");
  expect(cost).toEqual({ pathFactors: "3", backwardEdges: 3 });
  expect(edges.length).toBe(5);
});

it("what a product of matrices keeps for the way back", () => {
  const { nodes } = explained("sum((W@x)^2)", { W: matrix, x: [1, 2, 3] });
  expect(nodes.find(({ id }) => id === "u")?.cache).toEqual(["x", "W"]);
});

it("an operation of an operation with a rule of its own", () => {
  expect(explained("norm(norm(x))", { x: 2 }).gradient).toEqual({ x: 1 });
  expect(grad((x: Tensor) => norm(norm(x)))(-3)).toBe(-1);
});
