/**
 * Bounds on the relative error: of a result, and of the change that a training step makes. Peers add f32 one after
 * the other: a mean of 131,072 squares comes out 2.6e-5 off.
 */
const bounds = {
  f32: { result: 1e-4, change: 2e-3 },
  f64: { result: 1e-12, change: 1e-10 },
};

/**
 * What is wrong with `results`, measured against `reference`; undefined where nothing is. Arrays are compared as a
 * whole (‖x − y‖ ≤ bound · ‖y‖) and element by element with a hundredfold bound on the largest.
 * @param {import("./types.js").Workload} workload
 * @param {import("./types.js").Inputs} inputs
 * @param {"f32" | "f64"} dtype
 * @param {readonly ArrayLike<number>[]} results
 * @param {readonly ArrayLike<number>[]} reference
 */
export function difference({ outputs }, inputs, dtype, results, reference) {
  if (results.length !== outputs.length)
    return `${results.length} results where ${outputs.length} were expected`;
  for (const [k, { name, from }] of outputs.entries()) {
    const x = /** @type {ArrayLike<number>} */ (results[k]);
    const y = /** @type {ArrayLike<number>} */ (reference[k]);
    if (x.length !== y.length) return `${name} has ${x.length} elements, not ${y.length}`;
    const start = from === undefined ? undefined : inputs[from]?.data;
    const bound = bounds[dtype][from === undefined ? "result" : "change"];
    const { whole, largest } = errors(x, y, start);
    if (!(whole <= bound)) return `${name}: relative error ${whole.toExponential(1)}`;
    if (!(largest <= 100 * bound)) return `${name}: an element off by ${largest.toExponential(1)}`;
  }
  return undefined;
}

/**
 * @param {ArrayLike<number>} x
 * @param {ArrayLike<number>} y
 * @param {ArrayLike<number> | undefined} start subtracted from both
 */
function errors(x, y, start) {
  let squares = 0;
  let squaredErrors = 0;
  let largest = 0;
  let largestError = 0;
  for (let i = 0; i < y.length; i++) {
    const size = Math.abs(Number(y[i]) - (start === undefined ? 0 : Number(start[i])));
    const error = Math.abs(Number(x[i]) - Number(y[i]));
    if (Number.isNaN(error)) return { whole: NaN, largest: NaN };
    squares += size * size;
    squaredErrors += error * error;
    largest = Math.max(largest, size);
    largestError = Math.max(largestError, error);
  }
  return {
    whole: squaredErrors === 0 ? 0 : Math.sqrt(squaredErrors / squares),
    largest: largestError === 0 ? 0 : largestError / largest,
  };
}
