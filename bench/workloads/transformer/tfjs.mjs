import * as tf from "@tensorflow/tfjs";
import { tensorsOf, training } from "../../harness/tfjs.mjs";

const heads = 4;

function normalized(x, gain, offset) {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  return tf.add(tf.mul(tf.div(centred, tf.sqrt(tf.add(variance, 1e-5))), gain), offset);
}

/** x [batch, tokens, n] times w [n, m]; tfjs has no gradient for a product that broadcasts w. */
function times(x, w) {
  const [batch, tokens, width] = x.shape;
  return tf.reshape(tf.matMul(tf.reshape(x, [batch * tokens, width]), w), [batch, tokens, -1]);
}

function attention({ wq, wk, wv, wo }, x) {
  const [batch, tokens, width] = x.shape;
  const split = (w) =>
    tf.transpose(tf.reshape(times(x, w), [batch, tokens, heads, width / heads]), [0, 2, 1, 3]);
  const [q, k, v] = [split(wq), split(wk), split(wv)];
  const scores = tf.mul(tf.matMul(q, k, false, true), Math.sqrt(heads / width));
  const mixed = tf.matMul(tf.softmax(scores), v);
  return times(tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [batch, tokens, width]), wo);
}

function gelu(x) {
  const inner = tf.mul(
    Math.sqrt(2 / Math.PI),
    tf.add(x, tf.mul(0.044715, tf.mul(x, tf.square(x)))),
  );
  return tf.mul(tf.mul(0.5, x), tf.add(1, tf.tanh(inner)));
}

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": ({ x: from, y: to, ...parameters }) => {
    const { x, y } = tensorsOf({ x: from, y: to });
    const loss = ({ g1, o1, g2, o2, w1, b1, w2, b2, wq, wk, wv, wo }) => {
      const attended = tf.add(x, attention({ wq, wk, wv, wo }, normalized(x, g1, o1)));
      const inner = gelu(tf.add(times(normalized(attended, g2, o2), w1), b1));
      return tf.mean(tf.square(tf.sub(tf.add(attended, tf.add(times(inner, w2), b2)), y)));
    };
    return training(parameters, loss, tf.train.sgd(0.1));
  },
};
