// How long the import and a first call take (trace, differentiate, simplify, compile, run), each in a fresh process.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { plainTable } from "../harness/table.mjs";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    times: { type: "string", default: "3" },
  },
});

const imported = { name: "import of the library", ...fastest([], "import-case.mjs") };

const named = [
  { name: "gradient, 1,000 operations", args: ["arithmetic", "1000"] },
  { name: "the same with 250 sines", args: ["mixed", "1000"] },
  { name: "gradient, 10,000 operations", args: ["arithmetic", "10000"] },
  { name: "the same with 2,500 sines", args: ["mixed", "10000"] },
  { name: "LSTM step, 50 × scan", args: ["scan"] },
  { name: "LSTM step, 50 × unrolled", args: ["unrolled"] },
].map(({ name, args }) => ({ name, ...fastest(args) }));

const growth = [100, 300, 1000, 3000, 10_000, 30_000, 100_000].map((nodes) => ({
  nodes,
  ...fastest(["arithmetic", String(nodes)]),
}));

if (values.json) console.log(JSON.stringify({ imported, named, growth }, null, 2));
else {
  const heading = ["ms", "CPU ms"];
  console.log(
    plainTable([
      ["first call", ...heading],
      ...[...named, imported].map((r) => [r.name, ...cellsOf(r)]),
    ]),
  );
  console.log();
  console.log(
    plainTable([
      ["operations", ...heading, "µs each"],
      ...growth.map((row) => [
        String(row.nodes),
        ...cellsOf(row),
        ((row.milliseconds * 1000) / row.nodes).toFixed(1),
      ]),
    ]),
  );
}

/** @typedef {{ milliseconds: number, processor: number, reason?: string }} Time */

/** The fastest of some runs. @param {string[]} args @param {string} [file] @returns {Time} */
function fastest(args, file = "first-call-case.mjs") {
  const script = fileURLToPath(new URL(file, import.meta.url));
  let best = { milliseconds: Number.POSITIVE_INFINITY, processor: Number.POSITIVE_INFINITY };
  for (let i = 0; i < Number(values.times); i++) {
    const text = execFileSync(process.execPath, [script, ...args], { encoding: "utf8" });
    const { reason, result, ...time } = JSON.parse(text);
    if (reason !== undefined) return { ...best, reason };
    if (!Number.isFinite(result)) return { ...best, reason: `the result is ${result}` };
    if (time.milliseconds < best.milliseconds) best = time;
  }
  return best;
}

/** @param {Time} time @returns {string[]} */
function cellsOf({ milliseconds, processor, reason }) {
  return reason === undefined ? [milliseconds.toFixed(0), processor.toFixed(0)] : [reason];
}
