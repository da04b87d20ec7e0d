/** @returns {import("../../harness/types.js").Workload} */
export const workload = () => ({
  what: "value and all partials of ((a+e)(b−d))², a, b, d, e numbers",
  dtype: "f64",
  outputs: ["f", "df/da", "df/db", "df/dd", "df/de"].map((name) => ({ name })),
  inputs: () => ({ a: number(23), b: number(2), d: number(7), e: number(-5) }),
});

/** @param {number} x */
const number = (x) => ({ shape: [], data: Float64Array.of(x) });
