// `npm test [-- FILTER…]`: every suite, and one closing line that sums them up.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, install, root, runNode, tool } from "./prepare.mjs";

install();
build();

const report = join(root, "node_modules", ".cache", "tests.json");
rmSync(report, { force: true });
const code = await runNode([
  tool("vitest"),
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);

const { passed, failed, skipped } = count();
process.exitCode = code !== 0 || failed > 0 || passed === 0 ? code || 1 : 0;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);

/** @typedef {{ status: string, assertionResults: { status: string }[] }} TestFile */

function count() {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const result = JSON.parse(readFileSync(report, "utf8"));
  // a file that fails before its first test has no failed test of its own
  const broken = result.testResults.filter(
    (/** @type {TestFile} */ file) =>
      file.status === "failed" && file.assertionResults.every((t) => t.status !== "failed"),
  ).length;
  const failures = result.numFailedTests + broken;
  return {
    passed: result.numPassedTests,
    // an error outside any test fails the run without failing a test
    failed: failures === 0 && code !== 0 ? 1 : failures,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}
