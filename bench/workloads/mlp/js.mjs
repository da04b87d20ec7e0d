/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  "": (inputs, { optimizer }) => {
    const names = ["b1", "b2", "b3", "w1", "w2", "w3"];
    const parameters = names.map((name) => Float32Array.from(inputs[name].data));
    const update = optimizer === "sgd" ? descend : adam(parameters);
    const gradient = network(inputs.x, inputs.y, parameters);
    let loss = 0;
    return {
      run: () => {
        loss = gradient.run();
        update(parameters, gradient.of);
      },
      results: () => [[loss], ...parameters],
    };
  },
};

/** @typedef {import("../../harness/types.js").NamedArray} NamedArray */

/**
 * The loss and, in `of`, its gradient by each of the parameters.
 * @param {NamedArray} x
 * @param {NamedArray} y
 * @param {readonly Float32Array[]} parameters
 */
function network(x, y, [b1, b2, b3, w1, w2, w3]) {
  const [rows, inputs] = x.shape;
  const layers = [
    { w: w1, b: b1, into: inputs },
    { w: w2, b: b2, into: b1.length },
    { w: w3, b: b3, into: b2.length },
  ].map((layer) => ({
    ...layer,
    out: layer.b.length,
    value: new Float32Array(rows * layer.b.length),
    cotangent: new Float32Array(rows * layer.b.length),
    ofW: new Float32Array(layer.w.length),
    ofB: new Float32Array(layer.b.length),
  }));
  const run = () => {
    let from = /** @type {Float32Array} */ (x.data);
    for (const [k, { w, b, into, out, value }] of layers.entries()) {
      for (let i = 0; i < rows; i++) value.set(b, i * out);
      product(value, from, w, rows, into, out);
      if (k < 2) for (let i = 0; i < value.length; i++) if (value[i] < 0) value[i] = 0;
      from = value;
    }
    const top = layers[2];
    const loss = crossEntropy(top.cotangent, top.value, y.data, rows, top.out);
    for (let k = 2; k >= 0; k--) {
      const { w, into, out, cotangent, ofW, ofB } = layers[k];
      const below = layers[k - 1];
      ofB.fill(0);
      for (let i = 0; i < cotangent.length; i++) ofB[i % out] += cotangent[i];
      outerProducts(ofW, below?.value ?? x.data, cotangent, rows, into, out);
      if (below === undefined) continue;
      backwards(below.cotangent, cotangent, w, rows, into, out);
      for (let i = 0; i < below.value.length; i++) if (below.value[i] <= 0) below.cotangent[i] = 0;
    }
    return loss;
  };
  return { run, of: [...layers.map(({ ofB }) => ofB), ...layers.map(({ ofW }) => ofW)] };
}

/** to += a · w, a row of w at a time. */
function product(to, a, w, rows, into, out) {
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < into; k++) {
      const factor = a[i * into + k];
      if (factor === 0) continue;
      for (let j = 0; j < out; j++) to[i * out + j] += factor * w[k * out + j];
    }
}

/** to = aᵀ · c. */
function outerProducts(to, a, c, rows, into, out) {
  to.fill(0);
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < into; k++) {
      const factor = a[i * into + k];
      if (factor === 0) continue;
      for (let j = 0; j < out; j++) to[k * out + j] += factor * c[i * out + j];
    }
}

/** to = c · wᵀ. */
function backwards(to, c, w, rows, into, out) {
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < into; k++) {
      let total = 0;
      for (let j = 0; j < out; j++) total += c[i * out + j] * w[k * out + j];
      to[i * into + k] = total;
    }
}

/** Mean of −Σ y·log softmax(z) over the rows; its derivative by z goes into `to`. */
function crossEntropy(to, z, y, rows, classes) {
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    const at = i * classes;
    let largest = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < classes; j++) largest = Math.max(largest, z[at + j]);
    let total = 0;
    for (let j = 0; j < classes; j++) total += Math.exp(z[at + j] - largest);
    for (let j = 0; j < classes; j++) {
      const logarithm = z[at + j] - largest - Math.log(total);
      loss -= (y[at + j] * logarithm) / rows;
      to[at + j] = (Math.exp(logarithm) - y[at + j]) / rows;
    }
  }
  return loss;
}

function descend(parameters, gradient) {
  for (const [k, p] of parameters.entries())
    for (let i = 0; i < p.length; i++) p[i] -= 0.1 * gradient[k][i];
}

function adam(parameters) {
  const m = parameters.map(({ length }) => new Float32Array(length));
  const v = parameters.map(({ length }) => new Float32Array(length));
  let count = 0;
  return (parameters, gradient) => {
    count++;
    const rate = 1e-3 / (1 - 0.9 ** count);
    const scale = 1 - 0.999 ** count;
    for (const [k, p] of parameters.entries())
      for (let i = 0; i < p.length; i++) {
        const g = gradient[k][i];
        m[k][i] = 0.9 * m[k][i] + 0.1 * g;
        v[k][i] = 0.999 * v[k][i] + 0.001 * g * g;
        p[i] -= (rate * m[k][i]) / (Math.sqrt(v[k][i] / scale) + 1e-8);
      }
  };
}
