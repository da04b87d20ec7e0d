import * as tf from "@tensorflow/tfjs";
import { tensorsOf, training } from "../../harness/tfjs.mjs";

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": ({ x: images, y: labels, ...parameters }) => {
    const { x: channelsFirst, y } = tensorsOf({ x: images, y: labels });
    const x = tf.transpose(channelsFirst, [0, 2, 3, 1]);
    const layer = (x, w, c) =>
      tf.maxPool(
        tf.relu(
          tf.add(tf.conv2d(x, tf.transpose(w, [2, 3, 1, 0]), 1, "same"), tf.reshape(c, [-1])),
        ),
        2,
        2,
        "valid",
      );
    const loss = ({ w1, c1, w2, c2, d1, e1, d2, e2 }) => {
      const seen = tf.transpose(layer(layer(x, w1, c1), w2, c2), [0, 3, 1, 2]);
      const inner = tf.relu(tf.add(tf.matMul(tf.reshape(seen, [y.shape[0], -1]), d1), e1));
      const logits = tf.add(tf.matMul(inner, d2), e2);
      return tf.neg(tf.mean(tf.sum(tf.mul(y, tf.logSoftmax(logits)), 1)));
    };
    return training(parameters, loss, tf.train.sgd(0.1));
  },
};
