import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import {
  type Explanation,
  explain,
  formatModules,
  formatTypeScript,
  type ValueData,
} from "../../src/explain/index.js";
import { build, parse } from "../../src/formula/index.js";
import { sum, type Tensor, tensor, trace, transpose } from "../../src/index.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, "node_modules", ".cache", "explained");

type Data = number | readonly number[] | readonly (readonly number[])[];

function fromText(expression: string, at: Record<string, Data>): Explanation {
  const program = parse(expression, { variables: Object.keys(at) });
  const values = Object.fromEntries(
    Object.entries(at).map(([name, value]) => [
      name,
      typeof value === "number" ? value : (tensor(value as number[]) as Tensor),
    ]),
  );
  const graph = trace((variables: Record<string, Tensor>) => build(program, variables))(
    values as never,
  );
  return explain(graph, [values], { expression });
}

const matrix = [
  [1, -2, 0.5],
  [0.25, 3, -1],
];

const examples: Record<string, Explanation> = {
  "the lecture": fromText("((a+e)*(b-d))^2", { a: 23, b: 2, d: 7, e: -5 }),
  "a value used twice": fromText("u = a*a; u*u + sin(u)", { a: 1.5 }),
  "awkward names": fromText("f*value + input^3 - add/λ_1", {
    f: 2,
    value: 3,
    input: 0.5,
    add: 4,
    λ_1: 7,
  }),
  "kinks and functions": fromText("relu(w*x+b) + sigmoid(x)^3/max(w, x) + abs(x - w)^2.5", {
    w: 2,
    x: 0.5,
    b: -1,
  }),
  "constants first": fromText("2/x - 3*log(1+exp(-x))", { x: -0.25 }),
  "a choice between numbers": fromText("where(x > 1, x^2, 3*x)", { x: 2 }),
  "a layer": fromText("h = tanh(W@x + b); sum(h^2)/2", {
    W: matrix,
    x: [1, 2, -1],
    b: [0.5, -0.5],
  }),
  "softmax and cross-entropy": fromText("q = softmax(z); -sum(y*log(q))", {
    z: [2, 1, 0.1],
    y: [0, 1, 0],
  }),
  "the same at once": fromText("logsumexp(z) - dot(y, z)", { z: [2, 1, 0.1], y: [0, 1, 0] }),
  "a number beside a vector": fromText("sum((w*x - y)^2)", {
    w: 0.5,
    x: [1, 2, 3],
    y: [1, 3, 5],
  }),
  "reductions of all kinds": fromText("max(x) + min(x)*prod(x) + norm(x) + mean(A, axis=0)@x", {
    x: [3, 1, 2],
    A: matrix,
  }),
  "a matrix with itself": fromText("sum(transpose(A)@A) + sum(outer(x, x))", {
    A: matrix,
    x: [1, 2],
  }),
  "orders, sums and parts": fromText(
    "sum(cumsum(x)*sort(x)) + sum(flip(x)*[1, 2, 3]) + take(x, 1)",
    {
      x: [3, 1, 2],
    },
  ),
  "a choice between elements": fromText("sum(where(x > 1, x^2, relu(x)))", { x: [3, 0.5, -2] }),
  "matrices of a batch": fromText('sum(einsum("bij,bjk->bik", stack([A, A]), stack([B, B]))^2)', {
    A: [
      [1, 2],
      [3, 4],
    ],
    B: [
      [0.5, -1],
      [2, 0],
    ],
  }),
  "tensors with parameters": explain(
    (p: { x: Tensor; y: Tensor }) =>
      sum(
        transpose(p.x.mul(p.y)).mul(
          tensor([
            [1, 2],
            [3, 4],
            [5, 6],
          ]),
        ),
      ),
    [
      {
        x: tensor([
          [1, 2, 3],
          [4, 5, 6],
        ]),
        y: 2,
      },
    ],
  ),
};

/** The same up to the order in which terms of several paths are added. */
function expectClose(found: ValueData, expected: ValueData): void {
  if (!Array.isArray(expected)) {
    const scale = Math.max(1, Math.abs(Number(expected)));
    expect(Math.abs(Number(found) - Number(expected))).toBeLessThanOrEqual(4e-15 * scale);
    return;
  }
  const list = found as readonly ValueData[];
  expect(list.length).toBe(expected.length);
  expected.forEach((one: ValueData, i: number) => {
    expectClose(list[i] as ValueData, one);
  });
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = Object.entries(examples).flatMap(([name, one]) => [
  [name, one, formatTypeScript(one), 2] as const,
  [`modules of ${name}`, one, formatModules(one), 1] as const,
  [`call of ${name}`, one, formatTypeScript(one, { byHand: false }), 1] as const,
]);

it("reads as people write it, without operations looked up by name", () => {
  const text = formatModules(examples["a layer"] as Explanation);
  expect(text).toContain("return matmul(x1, x2);");
  expect(text).toContain("return [outer(upstream, x2), matmul(transpose(x1), upstream)];");
  expect(text).not.toMatch(/applyOperation|dotGeneral/);
  expect(formatTypeScript(examples["a layer"] as Explanation)).not.toMatch(/applyOperation/);
});

it("comments follow the language", () => {
  for (const write of [formatTypeScript, formatModules]) {
    const comments = (lang: "en" | "ru"): string[] =>
      (write(examples["a layer"] as Explanation, { lang }).match(/^\/\/ .*$/gm) ?? []).filter(
        (line) => !line.startsWith("// f ="),
      );
    expect(comments("en").length).toBeGreaterThan(1);
    expect(comments("ru").length).toBe(comments("en").length);
    for (const line of comments("ru")) expect(line).toMatch(/[а-я]/);
    for (const line of comments("en")) expect(line).not.toMatch(/[а-я]/);
  }
});

const pathOf = (name: string): string => join(folder, `${name.replaceAll(" ", "-")}.ts`);

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  for (const [name, , text] of files) {
    const source = text
      .replaceAll('"cotangent"', JSON.stringify(join(root, "src/index.ts")))
      .replaceAll('"cotangent/modules"', JSON.stringify(join(root, "src/modules/index.ts")));
    writeFileSync(pathOf(name), source);
  }
});

it.each(files)(
  "TypeScript of %s prints the same value and gradient",
  async (name, explanation, _, prints) => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    try {
      await import(/* @vite-ignore */ pathOf(name));
      const printed = log.mock.calls.map(([line]) => JSON.parse(line as string));
      expect(printed.length).toBe(prints);
      for (const { value, gradient } of printed) {
        expectClose(value, explanation.value);
        // names that TypeScript lacks are others in the program
        const expected = Object.values(explanation.gradient);
        const found = Object.values(gradient as Record<string, ValueData>);
        expect(found.length).toBe(expected.length);
        expected.forEach((one, i) => {
          expectClose(found[i] as ValueData, one);
        });
      }
    } finally {
      log.mockRestore();
    }
  },
);

it("all of it type checks", () => {
  const paths = files.map(([name]) => pathOf(name));
  const program = ts.createProgram([...paths, join(root, "types/engine.d.ts")], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    allowImportingTsExtensions: true,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
    types: [],
  });
  const found = paths.flatMap((path) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(path))
      .map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`),
  );
  expect(found).toEqual([]);
});
