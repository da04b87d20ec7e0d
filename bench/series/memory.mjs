// Resident memory over many calls in one turn of the event loop, nothing disposed: flat, or exit code 1.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { plainTable } from "../harness/table.mjs";

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });

const reports = [
  {
    name: "donated",
    title: "training step that donates its state, calls",
    settled: 100,
    allowed: 1.05,
  },
  // 170 kB of results a call: the engine looks for garbage when there are 32 MB of it
  { name: "training", title: "training step, calls", settled: 1000, allowed: 1.05 },
  // the engine frees code in the background, some hundred modules late
  { name: "signatures", title: "signatures", settled: 1000, allowed: 1.1 },
].map(({ name, title, settled, allowed }) => {
  const script = fileURLToPath(new URL("memory-case.mjs", import.meta.url));
  /** @type {{ calls: number, megabytes: number }[]} */
  const series = JSON.parse(
    execFileSync(process.execPath, [script, name], { encoding: "utf8", maxBuffer: 2 ** 24 }),
  );
  const later = series.filter(({ calls }) => calls >= settled).map(({ megabytes }) => megabytes);
  const growth = Math.max(...later) / later[0];
  return { name, title, settled, series, growth, flat: growth <= allowed };
});

if (values.json) console.log(JSON.stringify(reports, null, 2));
else
  for (const { title, settled, series, growth, flat } of reports) {
    console.log(
      plainTable([
        [title, "resident MB"],
        ...series.map(({ calls, megabytes }) => [String(calls), megabytes.toFixed(1)]),
      ]),
    );
    const percent = ((growth - 1) * 100).toFixed(1);
    console.log(
      `${flat ? "flat" : "not flat"}: at most ${percent} % above that after ${settled}\n`,
    );
  }
process.exitCode = reports.every(({ flat }) => flat) ? 0 : 1;
