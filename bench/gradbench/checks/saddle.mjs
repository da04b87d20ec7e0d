const modes = ["ff", "fr", "rf", "rr"].map((mode) => ({ mode }));

/** @type {import("./types.js").Check} */
export default {
  functions: ({ mode }) => ({ derivative: String(mode) }),
  sizes: { small: modes, default: modes, full: modes },
  input: () => ({ start: [1, 1] }),
  // the constants that GradBench compares with
  compare: (_input, _primal, point) => [
    { what: "point", got: point, want: [1, 1, 1, 1].map(() => 8.246324826140356e-6), bound: 1e-12 },
  ],
};
