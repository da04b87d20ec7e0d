import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, describe, expect, it, vi } from "vitest";
import { type Explanation, explain, formatTypeScript } from "../../src/explain/index.js";
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

describe.each(Object.entries(examples))("TypeScript of %s", (name, explanation) => {
  const source = formatTypeScript(explanation)
    .replaceAll('"cotangent"', JSON.stringify(join(root, "src/index.ts")))
    .replaceAll('"cotangent/modules"', JSON.stringify(join(root, "src/modules/index.ts")));
  const path = join(folder, `${name.replaceAll(" ", "-")}.ts`);

  it("prints the same value and gradient, by the library and by hand", async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, source);
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    try {
      await import(/* @vite-ignore */ path);
      const printed = log.mock.calls.map(([line]) => JSON.parse(line as string));
      expect(printed.length).toBe(2);
      for (const { value, gradient } of printed) {
        expect(value).toEqual(explanation.value);
        expect(Object.values(gradient)).toEqual(Object.values(explanation.gradient));
      }
    } finally {
      log.mockRestore();
    }
  });

  it("type checks", () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, source);
    const program = ts.createProgram([path, join(root, "types/engine.d.ts")], {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      allowImportingTsExtensions: true,
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
      types: [],
    });
    const file = program.getSourceFile(path);
    const found = program
      .getSemanticDiagnostics(file)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    expect(found).toEqual([]);
  });
});
