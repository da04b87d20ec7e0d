// `npm run check`: everything that reads the sources or the package without running the tests.
import { spawn } from "node:child_process";
import { build, install, root, tool } from "./prepare.mjs";

install();
build();

/** @typedef {{ name: string, run: string[], after?: string, figures?: boolean }} Check */

/**
 * Two at a time, in this order; `after` names what must have passed before and
 * `figures` that the output says more than the result.
 * @type {Check[]}
 */
const checks = [
  {
    name: "types",
    run: [
      tool("typescript", "tsc"),
      "-b",
      "tsconfig.lib.json",
      "tsconfig.cli.json",
      "tsconfig.json",
      "bench/tsconfig.json",
      "playground/tsconfig.json",
    ],
  },
  {
    name: "format and lint",
    run: [tool("@biomejs/biome", "biome"), "check", "--error-on-warnings", "."],
  },
  {
    name: "layers",
    run: [
      tool("dependency-cruiser", "depcruise"),
      "src",
      "playground/src",
      "--config",
      ".dependency-cruiser.mjs",
    ],
  },
  { name: "dead code", run: [tool("knip")] },
  { name: "package", after: "types", run: [tool("publint"), "run", "--strict"] },
  {
    name: "package types",
    after: "types",
    run: [
      tool("@arethetypeswrong/cli", "attw"),
      "--pack",
      ".",
      "--profile",
      "esm-only",
      "--no-emoji",
    ],
  },
  { name: "size", after: "types", figures: true, run: [tool("size-limit")] },
];

const waiting = [...checks];
const ended = new Map();
await Promise.all([worker(), worker()]);
const failed = checks.filter(({ name }) => ended.get(name) !== true);
process.exitCode = failed.length === 0 ? 0 : 1;
console.log(
  failed.length === 0
    ? `All ${checks.length} checks passed.`
    : `Failed: ${failed.map(({ name }) => name).join(", ")}.`,
);

async function worker() {
  for (;;) {
    const next = waiting.findIndex(({ after }) => after === undefined || ended.has(after));
    const check = waiting[next];
    if (check === undefined) {
      if (waiting.length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
      continue;
    }
    waiting.splice(next, 1);
    ended.set(check.name, await run(check));
  }
}

/**
 * @param {Check} check
 * @returns {Promise<boolean>}
 */
function run({ name, after, figures, run: args }) {
  if (after !== undefined && ended.get(after) !== true) {
    console.log(`- ${name.padEnd(16)}not run: needs "${after}"`);
    return Promise.resolve(false);
  }
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    child.on("error", (error) => chunks.push(Buffer.from(String(error))));
    child.on("close", (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const passed = code === 0;
      console.log(`${passed ? "✓" : "✗"} ${name.padEnd(16)}${seconds.padStart(5)} s`);
      if (!passed || figures) console.log(Buffer.concat(chunks).toString().trimEnd());
      resolve(passed);
    });
  });
}
