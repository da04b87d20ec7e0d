// The evals whose objective is a plain PyTorch program, run in the worker of the other benchmarks.
import { fileURLToPath } from "node:url";
import { failureOf } from "../failure.mjs";
import { block } from "../program.mjs";
import { smallest } from "../timing.mjs";

/** By eval the parts of the derivative, in order; a list where it has no parts. @type {Record<string, readonly string[]>} */
const parts = {
  llsq: [],
  lse: [],
  gmm: ["alpha", "mu", "q", "l"],
  lstm: [],
  ode: [],
  kmeans: [],
};

/** The evals whose primal is a list. */
const lists = new Set(["ode"]);

/**
 * The smallest times in nanoseconds, or why there are none: not written, not installed, other numbers.
 * @param {import("../../harness/torch.mjs").Torch} torch
 * @param {string} name
 * @param {import("../checks/types.js").Check} check
 * @param {any} input
 * @param {import("../checks/random.mjs").Distributions} random
 * @param {number} seconds
 * @returns {Promise<{ primal: number, derivative: number } | { reason: string }>}
 */
export async function torchTimes(torch, name, check, input, random, seconds) {
  if (!Object.hasOwn(parts, name)) return { reason: "not written" };
  try {
    const primal = await measured(torch, name, "primal", input, seconds);
    const derivative = await measured(torch, name, "derivative", input, seconds);
    const comparisons = check.compare(
      input,
      primalOf(name, primal.results),
      derivativeOf(parts[name], derivative.results),
      random,
    );
    const [failure] = comparisons.flatMap((each) => failureOf(each) ?? []);
    if (failure !== undefined) return { reason: failure };
    return { primal: primal.time, derivative: derivative.time };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * @param {import("../../harness/torch.mjs").Torch} torch
 * @param {string} name
 * @param {"primal" | "derivative"} wanted
 * @param {any} input
 * @param {number} seconds
 */
async function measured(torch, name, wanted, input, seconds) {
  const entries = Object.entries(input);
  const arrays = entries.filter(([, value]) => Array.isArray(value));
  const numbers = entries.filter(([, value]) => typeof value === "number");
  const contender = await torch.contender(
    fileURLToPath(new URL(`${name}.py`, import.meta.url)),
    Object.fromEntries(arrays.map(([key, value]) => [key, block(value)])),
    { ...Object.fromEntries(numbers), wanted },
    "f64",
  );
  const results = await contender.results(1);
  return { results, time: await smallest(() => contender.time(1), seconds) };
}

/** @param {string} name @param {readonly ArrayLike<number>[]} results */
function primalOf(name, [result]) {
  return lists.has(name) ? Array.from(result) : result[0];
}

/** @param {readonly string[]} names @param {readonly ArrayLike<number>[]} results */
function derivativeOf(names, results) {
  if (names.length === 0) return results.flatMap((result) => Array.from(result));
  return Object.fromEntries(names.map((key, i) => [key, Array.from(results[i])]));
}
