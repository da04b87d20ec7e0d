import * as tf from "@tensorflow/tfjs";
import { repeated, tensorsOf } from "../../harness/tfjs.mjs";

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs) => {
    const { w, x, y } = tensorsOf(inputs);
    const gradient = tf.grad((w) =>
      tf.mean(tf.square(tf.sub(tf.reshape(tf.matMul(x, tf.reshape(w, [-1, 1])), [-1]), y))),
    );
    return repeated(() => [gradient(w)]);
  },
};
