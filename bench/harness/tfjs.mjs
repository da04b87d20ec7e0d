// How TensorFlow.js is set up: WebAssembly, one thread, f32 only.
import * as tf from "@tensorflow/tfjs";
import { setThreadsCount } from "@tensorflow/tfjs-backend-wasm";

setThreadsCount(1);
await tf.setBackend("wasm");
await tf.ready();

/** @param {import("./types.js").Inputs} inputs */
export function tensorsOf(inputs) {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, data }]) => [
      name,
      tf.tensor(Float32Array.from(data), [...shape], "float32"),
    ]),
  );
}

/**
 * A function that gives a list of tensors, run again and again; its kernels are synchronous.
 * @param {() => readonly any[]} f
 * @returns {import("./types.js").Running}
 */
export function repeated(f) {
  /** @type {readonly any[]} */
  let last = [];
  return {
    run: () => {
      tf.dispose(last);
      last = tf.tidy(f);
    },
    results: () => last.map((x) => x.dataSync()),
  };
}

/**
 * Steps of an optimiser on variables.
 * @param {import("./types.js").Inputs} parameters
 * @param {(variables: any) => any} loss
 * @param {any} optimizer
 * @returns {import("./types.js").Running}
 */
export function training(parameters, loss, optimizer) {
  const variables = Object.fromEntries(
    Object.entries(tensorsOf(parameters)).map(([name, x]) => [name, tf.variable(x)]),
  );
  const list = Object.keys(variables)
    .sort()
    .map((name) => variables[name]);
  /** @type {any} */
  let last;
  return {
    run: () => {
      tf.dispose(last);
      last = optimizer.minimize(() => loss(variables), true, list);
    },
    results: () => [last, ...list].map((x) => x.dataSync()),
  };
}
