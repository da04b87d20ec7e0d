const modes = ["ff", "fr", "rf", "rr"].map((mode) => ({ mode }));

/** @type {import("./types.js").Check} */
export default {
  functions: ({ mode }) => ({ derivative: String(mode) }),
  sizes: { small: modes, default: modes, full: modes },
  input: () => ({ w: 0 }),
  // the constant that GradBench compares with
  compare: (_input, _primal, w) => [
    { what: "w", got: [w], want: [0.2071918746486116], bound: 1e-9 },
  ],
};
