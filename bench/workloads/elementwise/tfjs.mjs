import * as tf from "@tensorflow/tfjs";
import { repeated, tensorsOf } from "../../harness/tfjs.mjs";

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs) => {
    const { x, w, b } = tensorsOf(inputs);
    const gradient = tf.grad((x) =>
      tf.sum(tf.mul(tf.square(tf.tanh(tf.add(tf.mul(x, w), b))), tf.exp(tf.neg(tf.square(x))))),
    );
    return repeated(() => [gradient(x)]);
  },
};
