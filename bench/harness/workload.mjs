// One workload from inputs to times: set up, check, time.
import { workloads } from "../workloads/index.mjs";
import { difference } from "./compare.mjs";
import { contendersFor, messageOf } from "./contenders.mjs";
import { timeInRounds } from "./rounds.mjs";

/** @typedef {import("./types.js").Contender} Contender */

/** Whom the others are compared with: the first of these that ran. */
const references = ["js", "torch", "jax", "tfjs", "cotangent"];

/** @param {string} name */
async function workloadNamed(name) {
  const entry = /** @type {import("../workloads/index.mjs").Entry} */ (workloads[name]);
  const { workload } = await import(`../workloads/${entry.family}/workload.mjs`);
  return {
    entry,
    workload: /** @type {import("./types.js").Workload} */ (workload(entry.parameters)),
  };
}

/**
 * @param {string} name
 * @param {{ kinds: readonly string[], seconds: number }} options
 * @param {import("./torch.mjs").Torch} torch
 * @returns {Promise<import("./types.js").WorkloadReport>}
 */
export async function measure(name, { kinds, seconds }, torch) {
  const { entry, workload } = await workloadNamed(name);
  const inputs = workload.inputs();
  const found = await contendersFor(entry, workload, inputs, kinds, torch);
  const { agreed, refused, reference } = await agreeing(workload, inputs, found.contenders);
  const timings = await timeInRounds(agreed, seconds);
  const outcomes = agreed.map(({ kind, label }, i) => {
    const timing = timings[i];
    return timing instanceof Error
      ? { kind, label, reason: messageOf(timing) }
      : { kind, label, ...(timing && { timing }) };
  });
  const { what, dtype } = workload;
  return {
    workload: name,
    what,
    dtype,
    reference,
    outcomes: [...outcomes, ...refused, ...found.failures],
  };
}

/**
 * Runs each once, as often as the workload says, and sorts out who gives other numbers.
 * @param {import("./types.js").Workload} workload
 * @param {import("./types.js").Inputs} inputs
 * @param {readonly import("./types.js").Contender[]} contenders
 */
async function agreeing(workload, inputs, contenders) {
  /** @type {import("./types.js").Outcome[]} */
  const refused = [];
  /** @type {{ contender: Contender, results: readonly ArrayLike<number>[] }[]} */
  const ran = [];
  for (const contender of contenders) {
    try {
      ran.push({ contender, results: await contender.results(workload.steps ?? 1) });
    } catch (error) {
      const { kind, label } = contender;
      refused.push({ kind, label, reason: messageOf(error) });
    }
  }
  const reference = references
    .map((kind) => ran.find(({ contender }) => contender.kind === kind))
    .find((found) => found !== undefined);
  if (reference === undefined) return { agreed: [], refused, reference: "none" };
  const agreed = [];
  for (const { contender, results } of ran) {
    const { kind, label, dtype } = contender;
    // the coarser of the two decides
    const bound = reference.contender.dtype === "f32" ? "f32" : dtype;
    const wrong = difference(workload, inputs, bound, results, reference.results);
    if (wrong === undefined) agreed.push(contender);
    else refused.push({ kind, label, reason: `other numbers: ${wrong}` });
  }
  return { agreed, refused, reference: reference.contender.kind };
}
