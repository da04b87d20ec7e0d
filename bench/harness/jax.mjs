// How jax-js takes inputs and is waited for. Its arrays are owned: each use but the last takes `.ref`.
import { blockUntilReady, defaultDevice, init, jit, numpy as np, tree } from "@jax-js/jax";

// Node 20 and 22 have no Float16Array; jax-js asks whether an array is one
if (!("Float16Array" in globalThis))
  Object.defineProperty(globalThis, "Float16Array", { value: class Float16Array {} });
await init("wasm");
defaultDevice("wasm");

/** @param {import("./types.js").Inputs} inputs */
export function arraysOf(inputs) {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, data }]) => [
      name,
      np
        .array(data, { dtype: data instanceof Float64Array ? np.float64 : np.float32 })
        .reshape([...shape]),
    ]),
  );
}

/**
 * A compiled function, called again and again on the same arrays; the results are waited for.
 * @param {(...args: any[]) => any} f
 * @param {readonly any[]} args
 * @returns {import("./types.js").Running}
 */
export function repeated(f, args) {
  const compiled = jit(f);
  /** @type {any} */
  let last;
  return {
    run: async () => {
      if (last !== undefined) tree.dispose(last);
      last = compiled(...args.map((arg) => tree.ref(arg)));
      await blockUntilReady(last);
    },
    results: () => valuesOf(last),
  };
}

/** The leaves of a tree as flat arrays. @param {any} results */
function valuesOf(results) {
  return tree.leaves(results).map((/** @type {any} */ leaf) => leaf.ref.dataSync());
}

/**
 * A compiled training step `(state, ...data) → [loss, state]`, each call on the state of the one before.
 * @param {(...args: any[]) => any} f
 * @param {any} start
 * @param {readonly any[]} data
 * @param {(state: any) => Record<string, any>} parametersOf
 * @returns {import("./types.js").Running}
 */
export function training(f, start, data, parametersOf = (state) => state) {
  const step = jit(f);
  let state = start;
  /** @type {any} */
  let loss;
  return {
    run: async () => {
      loss?.dispose();
      [loss, state] = step(state, ...data.map((x) => x.ref));
      await blockUntilReady([loss, state]);
    },
    results: () => valuesOf([loss, ...byName(parametersOf(state))]),
  };
}

/** @param {Record<string, any>} record */
const byName = (record) =>
  Object.keys(record)
    .sort()
    .map((name) => record[name]);
