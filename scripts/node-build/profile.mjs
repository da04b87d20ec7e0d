// Which functions of a build a first call runs: the engine counts them in a process of its own.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const firstCalls = fileURLToPath(new URL("first-calls.mjs", import.meta.url));

/**
 * Of each file in the folder: where the functions begin that the first calls run, as offsets into its text.
 * @param {string} folder of a built library
 * @returns {Promise<Map<string, Set<number>>>}
 */
export async function calledFunctions(folder) {
  const reports = mkdtempSync(join(tmpdir(), "cotangent-"));
  try {
    await promisify(execFile)(
      process.execPath,
      [firstCalls, pathToFileURL(join(folder, "index.js")).href],
      { env: { ...process.env, NODE_V8_COVERAGE: reports } },
    );
    /** @type {Map<string, Set<number>>} */
    const called = new Map();
    for (const report of readdirSync(reports)) {
      const { result } = JSON.parse(readFileSync(join(reports, report), "utf8"));
      for (const { url, functions } of result) {
        if (!url.startsWith(pathToFileURL(folder + sep).href)) continue;
        const file = relative(folder, fileURLToPath(url)).split(sep).join("/");
        called.set(file, new Set(functions.filter(isCalled).map(startOf)));
      }
    }
    return called;
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

/** @typedef {{ ranges: { startOffset: number, count: number }[] }} Counted */

/** @param {Counted} counted */
const isCalled = ({ ranges: [whole] }) => whole !== undefined && whole.count > 0;

/** @param {Counted} counted */
const startOf = ({ ranges: [whole] }) => whole?.startOffset ?? -1;
