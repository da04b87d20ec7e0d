import * as tf from "@tensorflow/tfjs";
import { tensorsOf, training } from "../../harness/tfjs.mjs";

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": ({ xs: series, y: target, ...parameters }) => {
    const { xs, y } = tensorsOf({ xs: series, y: target });
    const loss = ({ w, u, b }) => {
      let h = tf.zeros(y.shape);
      let c = tf.zeros(y.shape);
      for (const x of tf.unstack(xs)) {
        const gates = tf.add(tf.add(tf.matMul(x, w), tf.matMul(h, u)), b);
        const [i, f, g, o] = tf.split(gates, 4, 1);
        c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
        h = tf.mul(tf.sigmoid(o), tf.tanh(c));
      }
      return tf.mean(tf.square(tf.sub(h, y)));
    };
    return training(parameters, loss, tf.train.sgd(0.1));
  },
};
