import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { instrument } from "./instrument.js";
import type { Block } from "./markdown.js";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));

export interface Failure {
  readonly line: number;
  readonly message: string;
}

/** A page with its code blocks. */
export interface Page {
  readonly name: string;
  readonly blocks: readonly Block[];
}

/** A `ts` block as a module: its lines stand where they stand on the page, so that positions agree. */
interface Example {
  readonly page: string;
  readonly block: Block;
  readonly source: string;
  readonly path: string;
}

/**
 * Type-check and run every `ts` block of the pages against the built package.
 *
 * @returns the failures of each block, keyed by `page:line`.
 */
export function runExamples(pages: readonly Page[], folderName: string): Map<string, Failure[]> {
  // inside the package, so that `cotangent` resolves to its own exports
  const folder = join(root, ".cache", "docs", folderName);
  rmSync(folder, { recursive: true, force: true });
  const examples = pages.flatMap((page) => examplesOf(page, folder));
  const failures = new Map<string, Failure[]>(examples.map((e) => [keyOf(e.page, e.block), []]));
  const add = (example: Example, failure: Failure): void => {
    failures.get(keyOf(example.page, example.block))?.push(failure);
  };
  for (const example of examples) {
    mkdirSync(dirname(example.path), { recursive: true });
    writeFileSync(example.path, example.source);
  }
  for (const [example, failure] of typeErrors(examples)) add(example, failure);
  for (const [example, failure] of runtimeErrors(examples, folder)) add(example, failure);
  return failures;
}

export function keyOf(page: string, block: Block): string {
  return `${page}:${block.line}`;
}

/** Whether a block is an example to run, rather than an excerpt of a file. */
export function isExample(block: Block): boolean {
  return block.language === "ts" && !block.options.has("excerpt");
}

function examplesOf(page: Page, folder: string): Example[] {
  const examples: Example[] = [];
  let before: string[] = [];
  for (const block of page.blocks.filter(isExample)) {
    const lines = block.options.has("continued") ? [...before] : [];
    for (const [i, line] of block.lines.entries()) lines[block.line - 1 + i] = line;
    before = lines;
    examples.push({
      page: page.name,
      block,
      source: `${Array.from(lines, (line) => line ?? "").join("\n")}\nexport {};\n`,
      path: join(folder, page.name.replace(/\W/g, "_"), `${block.line}.mts`),
    });
  }
  return examples;
}

function inBlock(example: Example, line: number): boolean {
  return line >= example.block.line && line < example.block.line + example.block.lines.length;
}

function* typeErrors(examples: readonly Example[]): Generator<[Example, Failure]> {
  const byPath = new Map(examples.map((example) => [example.path, example]));
  const program = ts.createProgram([...byPath.keys()], {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
    module: ts.ModuleKind.NodeNext,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
  });
  for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
    const example = byPath.get(diagnostic.file?.fileName ?? "");
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
    if (example === undefined) {
      throw new Error(`The package's own types do not compile: ${message}`);
    }
    const { line } = ts.getLineAndCharacterOfPosition(
      diagnostic.file as ts.SourceFile,
      diagnostic.start ?? 0,
    );
    if (inBlock(example, line + 1)) yield [example, { line: line + 1, message }];
  }
}

function* runtimeErrors(
  examples: readonly Example[],
  folder: string,
): Generator<[Example, Failure]> {
  if (examples.length === 0) return;
  const modules: string[] = [];
  for (const example of examples) {
    const { javascript, problems } = instrument(example.source);
    const module = example.path.replace(/\.mts$/, ".mjs");
    writeFileSync(module, javascript);
    modules.push(module);
    for (const problem of problems) if (inBlock(example, problem.line)) yield [example, problem];
  }
  const manifest = join(folder, "manifest.json");
  writeFileSync(manifest, JSON.stringify(modules));
  const child = spawnSync(process.execPath, [join(here, "run.mjs"), manifest], {
    cwd: folder,
    encoding: "utf8",
    timeout: 100_000,
  });
  if (child.status !== 0) {
    throw new Error(`The examples ended with ${child.status ?? child.signal}:\n${child.stderr}`);
  }
  const results: Failure[][] = JSON.parse(readFileSync(`${manifest}.result`, "utf8"));
  for (const [i, example] of examples.entries()) {
    for (const failure of results[i] ?? []) {
      // an uncaught error (line 0) belongs to the block; a marker of a continued block to its own
      if (failure.line === 0 || inBlock(example, failure.line)) yield [example, failure];
    }
  }
}
