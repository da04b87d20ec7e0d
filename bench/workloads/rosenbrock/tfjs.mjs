import * as tf from "@tensorflow/tfjs";
import { repeated, tensorsOf } from "../../harness/tfjs.mjs";

export const dtype = "f32";

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs, { n }) => {
    const { x } = tensorsOf(inputs);
    const last = Number(n) - 1;
    const gradient = tf.valueAndGrad((x) => {
      const here = tf.slice(x, 0, last);
      const next = tf.slice(x, 1, last);
      const u = tf.sub(next, tf.square(here));
      return tf.sum(tf.add(tf.mul(100, tf.square(u)), tf.square(tf.sub(1, here))));
    });
    return repeated(() => {
      const { value, grad } = gradient(x);
      return [value, grad];
    });
  },
};
