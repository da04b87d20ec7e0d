import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { isCommand, runCommands } from "./commands.js";
import { type Failure, isExample, keyOf, type Page, runExamples } from "./examples.js";
import { codeBlocks } from "./markdown.js";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const pages: Page[] = pageNames().map((name) => ({
  name,
  blocks: codeBlocks(readFileSync(join(root, name), "utf8")),
}));

let examples: Map<string, Failure[]>;
beforeAll(() => {
  examples = runExamples(pages, "pages");
});

for (const page of pages) {
  describe(page.name, () => {
    test("its fences are closed and readable", () => expect(page.blocks).toBeInstanceOf(Array));

    for (const block of page.blocks.filter(isExample)) {
      test(`the example on line ${block.line} compiles and gives what it says`, () => {
        expect(describeAll(examples.get(keyOf(page.name, block)))).toEqual([]);
      });
    }

    for (const block of page.blocks.filter((b) => b.options.has("excerpt"))) {
      test(`the excerpt on line ${block.line} stands in its file`, () => {
        const file = readFileSync(join(root, block.options.get("excerpt") ?? ""), "utf8");
        expect(file).toContain(block.lines.join("\n"));
      });
    }

    if (page.blocks.some(isCommand)) {
      let commands: Map<number, Failure[]>;
      beforeAll(() => {
        commands = runCommands(page);
      });
      for (const block of page.blocks.filter(isCommand)) {
        test(`the command on line ${block.line} prints what it says`, () => {
          expect(describeAll(commands.get(block.line))).toEqual([]);
        });
      }
    }
  });
}

function describeAll(failures: readonly Failure[] | undefined): string[] {
  if (failures === undefined) return ["it was not run"];
  return failures.map(({ line, message }) => `line ${line}: ${message}`);
}

function pageNames(): string[] {
  const docs = existsSync(join(root, "docs"))
    ? readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".md"))
        .map((file) => join("docs", file))
    : [];
  return ["README.md", "CONTRIBUTING.md", ...docs];
}
