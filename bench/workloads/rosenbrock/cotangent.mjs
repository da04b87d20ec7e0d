import { add, jit, mul, slice, square, sub, sum, tensor, valueAndGrad } from "../../library.mjs";

/** @param {import("../../library.mjs").Tensor} x */
function rosenbrock(x) {
  const here = slice(x, [0], [-1]);
  const next = slice(x, [1]);
  return sum(add(mul(100, square(sub(next, square(here)))), square(sub(1, here))));
}

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  flat: ({ x }) => {
    const { inputs, outputs, run } = jit(valueAndGrad(rosenbrock)).flat(tensor(x.data));
    const [point] = inputs;
    return {
      run: () => {
        point.set(x.data);
        run();
      },
      results: () => outputs,
    };
  },
  into: ({ x }) => {
    const compiled = jit(valueAndGrad(rosenbrock));
    const value = new Float64Array(1);
    const gradient = new Float64Array(x.data.length);
    return {
      run: () => compiled.into([value, gradient], x.data),
      results: () => [value, gradient],
    };
  },
  tree: ({ x }) => {
    const compiled = jit(valueAndGrad(rosenbrock));
    let [value, gradient] = compiled(x.data);
    return {
      run: () => {
        [value, gradient] = compiled(x.data);
      },
      results: () => [value.data, gradient.data],
    };
  },
};
