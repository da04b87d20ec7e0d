// The evals whose objective is a plain PyTorch program, run in the worker of the other benchmarks.
import { fileURLToPath } from "node:url";
import { agree, fingerprintOf } from "../fingerprint.mjs";
import { block } from "../program.mjs";
import { smallest } from "../timing.mjs";

/** Why there is no time of an eval whose objective is no plain PyTorch program. */
export const notWritten = "not written";

const written = ["llsq", "lse", "gmm", "lstm", "ode", "kmeans"];

/**
 * The smallest times in nanoseconds, or why there are none: not written, not installed, other numbers than ours.
 * @param {import("../../harness/torch.mjs").Torch} torch
 * @param {string} name
 * @param {any} input
 * @param {import("../apart.mjs").ApartReport} ours
 * @param {number} seconds
 * @returns {Promise<{ primal: number, derivative: number } | { reason: string }>}
 */
export async function torchTimes(torch, name, input, ours, seconds) {
  if (!written.includes(name)) return { reason: notWritten };
  try {
    const primal = await measured(torch, name, "primal", input, seconds);
    const derivative = await measured(torch, name, "derivative", input, seconds);
    if (ours.primal === undefined || !agree(primal.result, ours.primal.result))
      return { reason: "another primal" };
    if (!agree(derivative.result, ours.derivative.result)) return { reason: "another derivative" };
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
  const result = fingerprintOf(await contender.results(1));
  return { result, time: await smallest(() => contender.time(1), seconds) };
}
