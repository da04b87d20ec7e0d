import { parseArgs } from "node:util";
import { workloads } from "../workloads/index.mjs";
import { kinds } from "./contenders.mjs";

const usage = `npm run bench -- [NAME…] [options]

Workloads: ${Object.keys(workloads).join(", ")} (all unless named)
Series:    firstcall, memory, accuracy, gradbench

  --seconds N     time per workload, 10 unless given
  --only LIST     contenders: ${kinds.join(",")}
  --json          one JSON object instead of tables
  --write         also put the table into docs/benchmarks.md
`;

/** What the command line asks for; exits where it asks for something else. @param {string[]} args */
export function optionsFrom(args) {
  const { values, positionals } = parse(args);
  if (values.help) {
    process.stdout.write(usage);
    process.exit(0);
  }
  const unknown = positionals.find((name) => !Object.hasOwn(workloads, name));
  if (unknown !== undefined) refuse(`no benchmark is called '${unknown}'`);
  const seconds = Number(values.seconds);
  if (!(seconds > 0)) refuse(`--seconds takes a number above 0, not '${values.seconds}'`);
  const only = values.only === undefined ? kinds : values.only.split(",");
  const stranger = only.find((kind) => !kinds.includes(kind));
  if (stranger !== undefined) refuse(`no contender is called '${stranger}'`);
  return {
    names: positionals.length > 0 ? positionals : Object.keys(workloads),
    seconds,
    kinds: kinds.filter((kind) => only.includes(kind)),
    json: values.json,
    write: values.write,
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        seconds: { type: "string", default: "10" },
        only: { type: "string" },
        json: { type: "boolean", default: false },
        write: { type: "boolean", default: false },
        help: { type: "boolean", default: false, short: "h" },
      },
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

/** @param {string} message @returns {never} */
function refuse(message) {
  process.stderr.write(`${message}\n\n${usage}`);
  process.exit(2);
}
