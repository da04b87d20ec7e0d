import * as tf from "@tensorflow/tfjs";
import { repeated, tensorsOf } from "../../harness/tfjs.mjs";

export const dtype = "f32";

const gradient = tf.valueAndGrads((a, b, d, e) => tf.square(tf.mul(tf.add(a, e), tf.sub(b, d))));

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs) => {
    const { a, b, d, e } = tensorsOf(inputs);
    return repeated(() => {
      const { value, grads } = gradient([a, b, d, e]);
      return [value, ...grads];
    });
  },
};
