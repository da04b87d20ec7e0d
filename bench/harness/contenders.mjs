// Finds who can run a workload: modules in this process, and PyTorch in another.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** @typedef {import("./types.js").Contender} Contender */
/** @typedef {import("./types.js").Outcome} Outcome */

/** Who is compared, in the order of the columns. */
export const kinds = ["cotangent", "js", "jax", "tfjs", "torch"];

/**
 * @param {import("../workloads/index.mjs").Entry} entry
 * @param {import("./types.js").Workload} workload
 * @param {import("./types.js").Inputs} inputs
 * @param {readonly string[]} wanted
 * @param {import("./torch.mjs").Torch} torch
 */
export async function contendersFor({ family, parameters }, workload, inputs, wanted, torch) {
  /** @type {Contender[]} */
  const contenders = [];
  /** @type {Outcome[]} */
  const failures = [];
  for (const kind of wanted) {
    const file = kind === "torch" ? "pytorch.py" : `${kind}.mjs`;
    const url = new URL(`../workloads/${family}/${file}`, import.meta.url);
    if (!existsSync(url)) {
      failures.push({
        kind,
        label: "",
        reason: "not written",
      });
      continue;
    }
    try {
      if (kind === "torch")
        contenders.push(
          await torch.contender(fileURLToPath(url), inputs, parameters, workload.dtype),
        );
      else {
        const { entries, dtype = workload.dtype } = await load(url);
        for (const [label, setup] of Object.entries(entries))
          try {
            contenders.push(inProcess({ kind, label, dtype }, await setup(inputs, parameters)));
          } catch (error) {
            failures.push({ kind, label, reason: messageOf(error) });
          }
      }
    } catch (error) {
      failures.push({ kind, label: "", reason: messageOf(error) });
    }
  }
  return { contenders, failures };
}

/**
 * @param {URL} url
 * @returns {Promise<import("./types.js").ContenderModule>}
 */
async function load(url) {
  try {
    return await import(url.href);
  } catch (error) {
    const absent = /Cannot find package '([^']+)'/.exec(messageOf(error));
    throw absent === null ? error : new Error(`${absent[1]} is not installed`);
  }
}

/**
 * @param {Pick<Contender, "kind" | "label" | "dtype">} who
 * @param {import("./types.js").Running} running
 * @returns {Contender}
 */
function inProcess(who, running) {
  return {
    ...who,
    async results(steps) {
      for (let i = 0; i < steps; i++) await running.run();
      return running.results().map((array) => Float64Array.from(array));
    },
    async time(count) {
      const { run } = running;
      const started = process.hrtime.bigint();
      for (let i = 0; i < count; i++) {
        const pending = run();
        if (pending !== undefined) await pending;
      }
      return Number(process.hrtime.bigint() - started);
    },
  };
}

/** The first line of what went wrong. @param {unknown} error */
export function messageOf(error) {
  const text = error instanceof Error ? error.message : String(error);
  return /** @type {string} */ (text.split("\n")[0]).slice(0, 160);
}
