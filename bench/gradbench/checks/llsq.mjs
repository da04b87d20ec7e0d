import { times } from "./random.mjs";

/** The residuals sᵢ − Σⱼ xⱼ tᵢʲ by Horner's rule, with their points. */
function residuals({ x, n }) {
  return times(n, (i) => {
    const t = (2 * i) / (n - 1) - 1;
    return { t, r: Math.sign(t) - x.reduceRight((total, c) => total * t + c, 0) };
  });
}

/** @type {import("./types.js").Check} */
export default {
  functions: () => ({ primal: "primal", derivative: "gradient" }),
  sizes: {
    small: [
      { n: 16, m: 128 },
      { n: 33, m: 7 },
    ],
    default: [16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8196, 16392].map((n) => ({ n, m: 128 })),
    full: [{ n: 65568, m: 128 }],
  },
  input: ({ n, m }, { uniform }) => ({ x: times(m, uniform), n }),
  compare(input, primal, gradient) {
    const all = residuals(input);
    return [
      {
        what: "primal",
        got: [primal],
        want: [all.reduce((total, { r }) => total + 0.5 * r * r, 0)],
        bound: 1e-9,
      },
      {
        what: "gradient",
        got: gradient,
        want: input.x.map((_, j) => all.reduce((total, { t, r }) => total - r * t ** j, 0)),
        bound: 1e-9,
      },
    ];
  },
};
