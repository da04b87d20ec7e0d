import * as tf from "@tensorflow/tfjs";
import { tensorsOf, training } from "../../harness/tfjs.mjs";

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": ({ x: batch, y: labels, ...parameters }, { optimizer }) => {
    const { x, y } = tensorsOf({ x: batch, y: labels });
    const loss = ({ w1, b1, w2, b2, w3, b3 }) => {
      const h1 = tf.relu(tf.add(tf.matMul(x, w1), b1));
      const h2 = tf.relu(tf.add(tf.matMul(h1, w2), b2));
      const logits = tf.add(tf.matMul(h2, w3), b3);
      return tf.neg(tf.mean(tf.sum(tf.mul(y, tf.logSoftmax(logits)), 1)));
    };
    return training(
      parameters,
      loss,
      optimizer === "sgd" ? tf.train.sgd(0.1) : tf.train.adam(1e-3, 0.9, 0.999, 1e-8),
    );
  },
};
