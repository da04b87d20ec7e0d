import { evals } from "./evals/index.mjs";
import { nanosecondsOf, repeat } from "./timing.mjs";

/**
 * @typedef {{ id: number, kind: string, module?: string, function?: string, input?: any }} Message
 * @typedef {import("./program.mjs").Prepared} Prepared
 * @typedef {Record<string, (input: any) => Prepared>} Functions what an eval asks for, by name
 */

/**
 * The answer to a line of the protocol, whatever stands there.
 * @param {string} line
 * @returns {Promise<object>}
 */
export async function answerToLine(line) {
  /** @type {any} */
  let message;
  try {
    message = JSON.parse(line);
  } catch (error) {
    return refusal(`not JSON: ${/** @type {Error} */ (error).message}`);
  }
  if (typeof message !== "object" || message === null || Array.isArray(message))
    return refusal("a message is an object with an id and a kind");
  return answerTo(message);
}

/** @param {string} error */
const refusal = (error) => ({ success: false, error });

/**
 * The answer to a message of the protocol.
 * @param {Message} message
 * @returns {Promise<object>}
 */
async function answerTo({ id, kind, module = "", function: name = "", input }) {
  if (kind === "start") return { id, tool: "cotangent" };
  if (kind !== "define" && kind !== "evaluate") return { id };
  try {
    const functions = await functionsOf(module);
    return { id, success: true, ...(kind === "evaluate" && evaluate(functions, name, input)) };
  } catch (error) {
    return { id, success: false, error: error instanceof Error ? error.message : String(error) };
  }
}

/** @param {string} module @returns {Promise<Functions>} */
async function functionsOf(module) {
  if (!Object.hasOwn(evals, module)) throw new Error(`no eval is called '${module}'`);
  return (await evals[module]()).default;
}

/** @param {Functions} functions @param {string} name @param {any} input */
function evaluate(functions, name, input) {
  if (!Object.hasOwn(functions, name)) throw new Error(`no function is called '${name}'`);
  const start = process.hrtime.bigint();
  if (typeof input === "undefined" || input === null) throw new Error("evaluate needs an input");
  const prepared = functions[name](input);
  const prepare = nanosecondsOf(start);
  const { min_runs: runs = 1, min_seconds: seconds = 0 } = input;
  const times = repeat(prepared.run, runs, seconds);
  return {
    output: prepared.output(),
    timings: [
      { name: "prepare", nanoseconds: prepare },
      ...times.map((nanoseconds) => ({ name: "evaluate", nanoseconds })),
    ],
  };
}
