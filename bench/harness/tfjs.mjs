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
