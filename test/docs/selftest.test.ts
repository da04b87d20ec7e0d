import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommands } from "./commands.js";
import { type Failure, keyOf, runExamples } from "./examples.js";
import { codeBlocks } from "./markdown.js";

/** The runner is trusted only because wrong pages fail it: each is a page, with how it fails. */
const cases: Record<string, { page: string; failures: readonly (string | RegExp)[] }> = {
  "right values of every kind pass": {
    page: ts(
      "const sum: number = 1 + 2; // → 3",
      "sum / 7; // → 0.42857…",
      "console.log([sum, { a: -1 }]); // → [3, { a: -1 }]",
      "console.log('sum', sum); // → sum 3",
      "0 / 0; // → NaN",
      "-1 / 0; // → -Infinity",
      "2n ** 65n; // → 36893488147419103232n",
      "new Float32Array([1, 2]); // → [1, 2]",
      "({ toArray: () => [[1], [2]] }); // → [[1], [2]]",
      "await Promise.resolve('x'); // → 'x'",
      "const text = 'a\\nb'; // →",
      "// a",
      "// b",
      "JSON.parse('{'); // throws JSON",
      "text.length; // → 3",
    ),
    failures: [],
  },
  "a continued block sees what stands before it": {
    page: "```ts\nconst x = 2;\n```\ntext\n```ts continued\nx * x; // → 4\n```",
    failures: [],
  },
  "a number that differs in its last digit fails": {
    page: ts("0.1 + 0.2; // → 0.3"),
    failures: ["2: expected 0.3, got 0.30000000000000004"],
  },
  "a shortened number that differs in a digit it shows fails": {
    page: ts("", "2 / 3; // → 0.667…"),
    failures: ["3: expected 0.667…, got 0.6666666666666666"],
  },
  "an array, an object or a text that differs fails": {
    page: ts(
      "[1, 2]; // → [1, 2, 3]",
      "[1, 2, 3]; // → [1, 2]",
      "({ a: 1, b: 2 }); // → { a: 1 }",
      "console.log('a b'); // → a c",
      "'1'; // → true",
    ),
    failures: [/^2/, /^3/, /^4/, "5: expected a c, got a b", /^6/],
  },
  "an error that does not come fails": {
    page: ts("1; // throws bad"),
    failures: ["2: expected an error, got 1"],
  },
  "an error that says something else fails": {
    page: ts("JSON.parse('{'); // throws cheese"),
    failures: [/^2: expected an error with 'cheese', got/],
  },
  "an error that is not announced fails": {
    page: ts("throw new Error('boom');"),
    failures: [/^0: uncaught Error: boom/],
  },
  "a wrong type fails even where JavaScript does not care": {
    page: ts("const x: string = 1;", "x; // → 1"),
    failures: ["2: Type 'number' is not assignable to type 'string'."],
  },
  "a marker that is attached to nothing fails": {
    page: ts("for (const x of [1]) {", "  x; // → 2", "}", "let a = 1, b = 2; // → 2", "// → 1"),
    failures: [/^5: '→' stands after no expression/, /^3: a marker/, /^6: a marker/],
  },
  "an import that the package does not export fails": {
    page: ts('import { nonsense } from "cotangent";', "nonsense;"),
    failures: [/^2: .*no exported member/, /^0: uncaught SyntaxError/],
  },
};

function ts(...lines: string[]): string {
  return ["```ts", ...lines, "```"].join("\n");
}

describe("an example", () => {
  const pages = Object.entries(cases).map(([name, { page }]) => ({
    name,
    blocks: codeBlocks(page),
  }));
  let results: Map<string, Failure[]>;
  beforeAll(() => {
    results = runExamples(pages, "selftest");
  });

  for (const { name, blocks } of pages) {
    test(name, () => {
      const failures = blocks.flatMap((block) => results.get(keyOf(name, block)) ?? []);
      const found = failures.map(({ line, message }) => `${line}: ${message.split("\n")[0]}`);
      const expected = cases[name]?.failures ?? [];
      expect(found).toEqual(
        expected.map((e) => (typeof e === "string" ? e : expect.stringMatching(e))),
      );
    });
  }
});

describe("a command", () => {
  const folder = mkdtempSync(join(tmpdir(), "cotangent-selftest-"));
  const main = join(folder, "main.mjs");
  const program = [
    'import { existsSync } from "node:fs";',
    'console.log("given", ...process.argv.slice(2), existsSync("data.csv"));',
    'console.error("warned");',
    'if (process.argv.includes("bad")) process.exitCode = 2;',
  ];
  beforeAll(() => writeFileSync(main, program.join("\n")));
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (markdown: string): Failure[] =>
    [...runCommands({ name: "page.md", blocks: codeBlocks(markdown) }, main).values()].flat();

  test("passes with the output and the exit code it shows", () => {
    expect(
      run(
        "```csv file=data.csv\na,b\n```\n```sh\nnpx cotangent 'a b' \\\n  c\n```\n\n```text\ngiven a b c true\nwa…\n```",
      ),
    ).toEqual([]);
    expect(run("```sh exit=2\nnpx cotangent bad\n```")).toEqual([]);
  });

  test("fails with another output", () => {
    expect(run("```sh\nnpx cotangent x\n```\n```text\ngiven y\nwarned\n```")).toHaveLength(1);
  });

  test("fails with another exit code", () => {
    expect(run("```sh\nnpx cotangent bad\n```")).toHaveLength(1);
    expect(run("```sh exit=2\nnpx cotangent good\n```")).toHaveLength(1);
  });
});
