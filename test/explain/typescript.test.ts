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
} from "../../src/explain/index.js";
import { build, parse } from "../../src/formula/index.js";
import { sum, type Tensor, tensor, trace, transpose } from "../../src/index.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, "node_modules", ".cache", "explained");

function fromText(expression: string, at: Record<string, number>): Explanation {
  const program = parse(expression, { variables: Object.keys(at) });
  const graph = trace((variables: Record<string, Tensor>) => build(program, variables))(at);
  return explain(graph, [at], { expression });
}

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

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scalar = Object.entries(examples).filter(([, { inputs }]) =>
  inputs.every(({ value }) => typeof value === "number"),
);
const files = [
  ...Object.entries(examples).map(([name, one]) => [name, one, formatTypeScript(one), 2] as const),
  ...scalar.map(([name, one]) => [`modules of ${name}`, one, formatModules(one), 1] as const),
  ...scalar.map(
    ([name, one]) => [`call of ${name}`, one, formatTypeScript(one, { byHand: false }), 1] as const,
  ),
];

it("modules of tensors are refused", () => {
  expect(() => formatModules(examples["tensors with parameters"] as Explanation)).toThrow(
    "a graph of numbers",
  );
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
        expect(value).toEqual(explanation.value);
        expect(Object.values(gradient)).toEqual(Object.values(explanation.gradient));
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
