import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Failure, Page } from "./examples.js";
import type { Block } from "./markdown.js";

const program = join(
  dirname(dirname(dirname(fileURLToPath(import.meta.url)))),
  "dist",
  "node",
  "cli",
  "main.js",
);

/** Whether a block shows the command line at work. */
export function isCommand(block: Block): boolean {
  return block.language === "sh" && block.lines.some((line) => line.includes("npx cotangent"));
}

/**
 * Run the command blocks of a page in order, in one empty folder, where the page's
 * `… file=NAME` blocks lie. A `text` block right after a command is its output (both streams), in
 * which `…` stands for anything; `sh exit=N` is the exit code, else 0.
 *
 * @returns the failures of each command block, keyed by the block's line.
 */
export function runCommands(page: Page, main: string = program): Map<number, Failure[]> {
  const folder = mkdtempSync(join(tmpdir(), "cotangent-docs-"));
  try {
    for (const { options, lines } of page.blocks) {
      const file = options.get("file");
      if (file === undefined) continue;
      if (basename(file) !== file) throw new Error(`file=${file}: a plain name is expected.`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, file), `${lines.join("\n")}\n`);
    }
    const failures = new Map<number, Failure[]>();
    for (const [i, block] of page.blocks.entries()) {
      if (!isCommand(block)) continue;
      const next = page.blocks[i + 1];
      const output = next?.language === "text" && next.adjoins ? next.lines : undefined;
      failures.set(block.line, runCommand(block, output, folder, main));
    }
    return failures;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runCommand(
  block: Block,
  output: readonly string[] | undefined,
  folder: string,
  main: string,
): Failure[] {
  const npx = `npx() { shift; "${process.execPath}" "${main}" "$@"; }`;
  const shell = spawnSync("bash", ["-c", `exec 2>&1\n${npx}\n${block.lines.join("\n")}`], {
    cwd: folder,
    encoding: "utf8",
    timeout: 60_000,
    input: "",
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
  });
  const failures: Failure[] = [];
  const code = Number(block.options.get("exit") ?? 0);
  if (shell.status !== code) {
    failures.push({
      line: block.line,
      message: `expected exit code ${code}, got ${shell.status ?? shell.signal}:\n${shell.stdout}`,
    });
  }
  if (output !== undefined && !showsAs(shell.stdout, output.join("\n"))) {
    failures.push({
      line: block.line + block.lines.length,
      message: `expected the output\n${output.join("\n")}\ngot\n${shell.stdout}`,
    });
  }
  return failures;
}

function showsAs(actual: string, expected: string): boolean {
  const tidy = (text: string): string =>
    text
      .split(/\r?\n/)
      .map((line) => line.trimEnd())
      .join("\n")
      .trim();
  const parts = tidy(expected)
    .split("…")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^]*?")}$`).test(tidy(actual));
}
