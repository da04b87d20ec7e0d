// First calls of the kinds that people make, with the build whose address is given: numbers, tensors, loops.
/** @type {typeof import("../../dist/index.js")} */
const { add, grad, jit, matmul, mean, mul, scan, sin, square, sub, tanh, tensor, valueAndGrad } =
  await import(process.argv[2] ?? "");

/** @typedef {import("../../dist/index.js").Tensor} Tensor */

const ofNumbers = (/** @type {Tensor} */ x, /** @type {Tensor} */ y) => {
  let [u, v] = [x, y];
  for (let i = 0; i < 32; i++) [u, v] = [add(mul(u, y), x), sub(sin(u), v)];
  return u;
};
check(Number(valueAndGrad(ofNumbers)(0.3, 0.5)[0]));
check(Number(jit(grad(ofNumbers))(0.3, 0.5)));

const [rows, columns] = [8, 16];
const filled = (/** @type {number} */ n) =>
  tensor(Float32Array.from({ length: n }, (_, i) => ((i * 7) % 11) / 20));
const weights = { w: filled(columns ** 2).reshape([columns, columns]), b: filled(columns) };
const layer = (/** @type {typeof weights} */ { w, b }, /** @type {Tensor} */ x) =>
  tanh(add(matmul(x, w), b));
const inputs = filled(rows * columns).reshape([rows, columns]);

const trainingStep =
  (/** @type {(parameters: typeof weights, x: Tensor) => Tensor} */ model) =>
  (/** @type {typeof weights} */ parameters, /** @type {Tensor} */ x) => {
    const loss = (/** @type {typeof weights} */ p) => mean(square(sub(model(p, x), 0.1)));
    const [value, gradient] = valueAndGrad(loss)(parameters);
    const step = (/** @type {"w" | "b"} */ name) => sub(parameters[name], mul(0.1, gradient[name]));
    return { value, parameters: { w: step("w"), b: step("b") } };
  };
const looped = (/** @type {typeof weights} */ p, /** @type {Tensor} */ x) =>
  scan((/** @type {Tensor} */ state) => [layer(p, state), null], x, null, { length: 4 })[0];

check(jit(trainingStep(layer))(weights, inputs).value.item());
check(jit(trainingStep(looped))(weights, inputs).value.item());

/** @param {number} result */
function check(result) {
  if (!Number.isFinite(result)) throw new Error(`A first call gave ${result}.`);
}
