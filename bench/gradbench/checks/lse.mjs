import { times } from "./random.mjs";

/** @type {import("./types.js").Check} */
export default {
  functions: () => ({ primal: "primal", derivative: "gradient" }),
  sizes: {
    small: [{ n: 1 }, { n: 1003 }],
    default: times(10, (k) => ({ n: 2500 * 2 ** k })),
    full: [{ n: 5120000 }],
  },
  input: ({ n }, { uniform }) => ({ x: times(n, uniform) }),
  compare({ x }, primal, gradient) {
    const total = x.reduce((sum, xi) => sum + Math.exp(xi), 0);
    const softmax = x.map((xi) => Math.exp(xi) / total);
    return [
      { what: "primal", got: [primal], want: [Math.log(total)], bound: 1e-12 },
      { what: "gradient", got: gradient, want: softmax, bound: 1e-14 },
      // the elements are small: the bound above is absolute
      {
        what: "gradient · n",
        got: gradient.map((g) => g * x.length),
        want: softmax.map((g) => g * x.length),
        bound: 1e-10,
      },
    ];
  },
};
