// `npm run bench -- gradbench [EVAL…]`: every eval's workloads, checked and timed.
import { parseArgs } from "node:util";
import { machine } from "../harness/machine.mjs";
import { Torch } from "../harness/torch.mjs";
import { runApart } from "./apart.mjs";
import { hasCompiler, timeInC } from "./calibrate.mjs";
import { checks } from "./checks/index.mjs";
import { distributions } from "./checks/random.mjs";
import { print, summaryOf, writePage } from "./report.mjs";
import { torchTimes } from "./torch/index.mjs";
import { describe, seed } from "./workload.mjs";

const usage = `npm run bench -- gradbench [EVAL…] [options]

Evals: ${Object.keys(checks).join(", ")} (all unless named)

  --sizes NAME    small, default or full; default unless given
  --seconds N     time per function, 1 unless given
  --torch         PyTorch beside it, where python3 has it
  --calibrate     plain C beside it, where there is gcc, and the best C++ tools scaled to this machine
  --json          one JSON object instead of tables
  --write         put the tables into docs/gradbench.md
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: "string", default: "default" },
    seconds: { type: "string", default: "1" },
    torch: { type: "boolean", default: false },
    calibrate: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
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
else if (values.calibrate && !hasCompiler()) refuse("--calibrate needs gcc");
else await main(positionals.length > 0 ? positionals : Object.keys(checks), sizes);

/** @param {string[]} names @param {"small" | "default" | "full"} sizes */
async function main(names, sizes) {
  const torch = new Torch();
  const rows = [];
  try {
    for (const name of names) {
      for (const size of (await checks[name]()).default.sizes[sizes]) {
        if (!values.json) process.stderr.write(`${name} ${describe(size)} … `);
        const row = await rowFor(name, size, torch);
        if (!values.json) process.stderr.write(`${summaryOf(row)}\n`);
        rows.push(row);
      }
    }
  } finally {
    torch.stop();
  }
  const where = machine(torch.version);
  if (values.json) console.log(JSON.stringify({ ...where, reports: rows }, null, 2));
  else print(rows, where);
  if (values.write) writePage(rows, where);
  const failures = rows.flatMap(({ eval: name, description, failures: wrong }) =>
    wrong.map((failure) => `${name} ${description}: ${failure}`),
  );
  if (failures.length > 0) console.log(`\nWrong:\n${failures.join("\n")}`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

/**
 * @param {string} name
 * @param {import("./checks/types.js").Size} size
 * @param {Torch} torch
 * @returns {Promise<import("./report.mjs").Row>}
 */
async function rowFor(name, size, torch) {
  const seconds = Number(values.seconds);
  const report = await runApart(name, size, seconds);
  const row = { eval: name, size, ...report };
  if (!values.torch && !values.calibrate) return row;
  const input = (await checks[name]()).default.input(size, distributions(seed));
  const value = report.primal?.output;
  const c =
    values.calibrate && value !== undefined ? timeInC(name, input, value, seconds) : undefined;
  return {
    ...row,
    ...(c !== undefined && { c }),
    ...(values.torch && {
      torch: await torchTimes(torch, name, input, report, seconds),
    }),
  };
}

/** @param {string} message */
function refuse(message) {
  process.stderr.write(`${message}\n\n${usage}`);
  process.exitCode = 2;
}
