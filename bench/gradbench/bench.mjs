// `npm run bench -- gradbench [EVAL…]`: every eval's workloads, checked and timed.
import { parseArgs } from "node:util";
import { machine } from "../harness/machine.mjs";
import { plainTable, timeText } from "../harness/table.mjs";
import { checks } from "./checks/index.mjs";
import { describe, runWorkload } from "./workload.mjs";

const usage = `npm run bench -- gradbench [EVAL…] [options]

Evals: ${Object.keys(checks).join(", ")} (all unless named)

  --sizes NAME    small, default or full; default unless given
  --seconds N     time per function, 1 unless given
  --json          one JSON object instead of tables
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: "string", default: "default" },
    seconds: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false, short: "h" },
  },
});
const unknown = positionals.find((name) => !Object.hasOwn(checks, name));
const { sizes } = values;
if (values.help) process.stdout.write(usage);
else if (unknown !== undefined) refuse(`no eval is called '${unknown}'`);
else if (sizes !== "small" && sizes !== "default" && sizes !== "full")
  refuse(`no sizes are called '${sizes}'`);
else if (!(Number(values.seconds) >= 0)) refuse("--seconds takes a number");
else await main(positionals.length > 0 ? positionals : Object.keys(checks), sizes);

/** @param {string[]} names @param {"small" | "default" | "full"} sizes */
async function main(names, sizes) {
  const reports = [];
  for (const name of names) {
    for (const size of (await checks[name]()).default.sizes[sizes]) {
      if (!values.json) process.stderr.write(`${name} ${describe(size)} …\n`);
      reports.push({ eval: name, ...(await runWorkload(name, size, Number(values.seconds))) });
    }
  }
  const { date, cpu, load, node } = machine(undefined);
  if (values.json) {
    const figures = reports.map(({ primal, derivative, ...rest }) => ({
      ...rest,
      primal: timesOf(primal),
      derivative: timesOf(derivative),
    }));
    console.log(JSON.stringify({ date, cpu, load, node, reports: figures }, null, 2));
  } else {
    console.log(
      `${date}, ${cpu} (load ${load}), Node ${node}; one thread; smallest time and mean\n`,
    );
    console.log(
      plainTable([
        ["eval", "size", "primal", "mean", "derivative", "mean", "ratio", "prepare"],
        ...reports.map(rowOf),
      ]),
    );
  }
  const failures = reports.flatMap((report) =>
    report.failures.map((failure) => `${report.eval} ${report.description}: ${failure}`),
  );
  if (failures.length > 0) console.log(`\nWrong:\n${failures.join("\n")}`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

/** @param {import("./workload.mjs").Timed | undefined} timed */
function timesOf(timed) {
  if (timed === undefined) return undefined;
  const { prepare, smallest, mean } = timed;
  return { prepare, smallest, mean };
}

/** @param {{ eval: string } & import("./workload.mjs").Report} report */
function rowOf({ eval: name, description, primal, derivative }) {
  /** @param {import("./workload.mjs").Timed | undefined} timed */
  const cells = (timed) =>
    timed === undefined ? ["–", "–"] : [timeText(timed.smallest), timeText(timed.mean)];
  const ratio = primal === undefined ? "–" : (derivative.smallest / primal.smallest).toFixed(2);
  const prepare = timeText(derivative.prepare);
  return [name, description, ...cells(primal), ...cells(derivative), ratio, prepare];
}

/** @param {string} message */
function refuse(message) {
  process.stderr.write(`${message}\n\n${usage}`);
  process.exitCode = 2;
}
