// One workload of an eval as GradBench would run it: inputs, times, and whether the results are right.

import { checks } from "./checks/index.mjs";
import { distributions } from "./checks/random.mjs";
import { evals } from "./evals/index.mjs";
import { failureOf } from "./failure.mjs";
import { plain } from "./pieces.mjs";
import { nanosecondsOf, repeat } from "./timing.mjs";

/**
 * @typedef {{ prepare: number, processor: number, smallest: number, mean: number, output: any }} Timed nanoseconds, the
 * second of the processor while preparing, and the result
 * @typedef {{ description: string, primal?: Timed, derivative: Timed, failures: string[] }} Report
 */

/** Of all inputs. */
export const seed = 31337;

/** @param {import("./checks/types.js").Size} size */
export const describe = (size) =>
  Object.entries(size)
    .map(([name, value]) => `${name}=${value}`)
    .join(",");

/**
 * @param {string} name
 * @param {import("./checks/types.js").Size} size
 * @param {number} seconds for the runs of each function
 * @returns {Promise<Report>}
 */
export async function runWorkload(name, size, seconds) {
  const random = distributions(seed);
  const check = (await checks[name]()).default;
  const functions = (await evals[name]()).default;
  const input = check.input(size, random);
  const wanted = check.functions(size);
  const primal = wanted.primal && timed(functions[wanted.primal], input, seconds);
  const derivative = timed(functions[wanted.derivative], input, seconds);
  const comparisons = check.compare(
    input,
    primal && plain(primal.output),
    plain(derivative.output),
    random,
  );
  const failures = comparisons.flatMap((each) => failureOf(each) ?? []);
  return { description: describe(size), ...(primal && { primal }), derivative, failures };
}

/** @param {(input: any) => import("./program.mjs").Prepared} prepare @param {any} input @param {number} seconds @returns {Timed} */
function timed(prepare, input, seconds) {
  const [start, used] = [process.hrtime.bigint(), process.cpuUsage()];
  const prepared = prepare(input);
  const preparation = nanosecondsOf(start);
  const { user, system } = process.cpuUsage(used);
  const times = repeat(prepared.run, 3, seconds);
  const smallest = times.reduce((a, b) => Math.min(a, b));
  const mean = times.reduce((a, b) => a + b) / times.length;
  const processor = 1000 * (user + system);
  return { prepare: preparation, processor, smallest, mean, output: prepared.output() };
}
