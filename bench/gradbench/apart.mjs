// One workload in a process of its own, so that its first calls and its memory are its own: eval, size, seconds; the
// report as JSON. `runApart` starts it.
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { fingerprintOf } from "./fingerprint.mjs";
import { runWorkload } from "./workload.mjs";

const self = fileURLToPath(import.meta.url);

/**
 * What a process says of a workload; `peak` is the most memory it held, in bytes, the checks included.
 * @typedef {{ smallest: number, mean: number, prepare: number, processor: number, result: import("./fingerprint.mjs").Fingerprint, output?: number }} Times
 * nanoseconds; what tells the result from others; the result where it is one number
 * @typedef {{ description: string, failures: string[], peak: number, primal?: Times, derivative: Times }} ApartReport
 */

/**
 * @param {string} name
 * @param {import("./checks/types.js").Size} size
 * @param {number} seconds
 * @returns {Promise<ApartReport>}
 */
export async function runApart(name, size, seconds) {
  const child = spawn(process.execPath, [self, name, JSON.stringify(size), String(seconds)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) =>
    child.on("exit", (code, signal) => resolve(code ?? signal)),
  );
  const report = await text(child.stdout);
  const code = await ended;
  if (code !== 0) throw new Error(`${name} ${JSON.stringify(size)}: the process ended (${code})`);
  return JSON.parse(report);
}

if (process.argv[1] === self) {
  const [name, size, seconds] = process.argv.slice(2);
  const report = await runWorkload(name, JSON.parse(size), Number(seconds));
  const { description, failures, primal, derivative } = report;
  const peak = 1024 * process.resourceUsage().maxRSS;
  const own = {
    description,
    failures,
    peak,
    primal: timesOf(primal),
    derivative: timesOf(derivative),
  };
  process.stdout.write(JSON.stringify(own));
}

/** @param {import("./workload.mjs").Timed | undefined} timed */
function timesOf(timed) {
  if (timed === undefined) return undefined;
  const { output, ...times } = timed;
  const result = fingerprintOf(output);
  return typeof output === "number" ? { ...times, result, output } : { ...times, result };
}
