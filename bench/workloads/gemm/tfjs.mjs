import * as tf from "@tensorflow/tfjs";
import { repeated, tensorsOf } from "../../harness/tfjs.mjs";

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs) => {
    const { a, b } = tensorsOf(inputs);
    return repeated(() => [tf.matMul(a, b)]);
  },
};
