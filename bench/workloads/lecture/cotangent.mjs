import { add, jit, mul, square, sub, valueAndGrad } from "../../library.mjs";

/** @param {Record<"a" | "b" | "d" | "e", import("../../library.mjs").Tensor>} point */
const f = ({ a, b, d, e }) => square(mul(add(a, e), sub(b, d)));

/** @type {Record<string, import("../../harness/types.js").Setup>} */
export const entries = {
  tree: (inputs) => {
    const point = pointOf(inputs);
    const compiled = jit(valueAndGrad(f));
    let [value, partials] = compiled(point);
    return {
      run: () => {
        [value, partials] = compiled(point);
      },
      results: () =>
        [value, partials.a, partials.b, partials.d, partials.e].map((x) => [Number(x)]),
    };
  },
  flat: (inputs) => {
    const point = pointOf(inputs);
    const { inputs: from, outputs, run } = jit(valueAndGrad(f)).flat(point);
    const [a, b, d, e] = /** @type {Float64Array[]} */ (from);
    const given = { ...point };
    return {
      run: () => {
        a[0] = given.a;
        b[0] = given.b;
        d[0] = given.d;
        e[0] = given.e;
        run();
      },
      results: () => outputs,
    };
  },
};

/** @param {import("../../harness/types.js").Inputs} inputs */
const pointOf = ({ a, b, d, e }) => ({
  a: Number(a?.data[0]),
  b: Number(b?.data[0]),
  d: Number(d?.data[0]),
  e: Number(e?.data[0]),
});
