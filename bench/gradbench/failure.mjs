// Whether numbers agree, in GradBench's measure.

/** What is wrong, or undefined. @param {import("./checks/types.js").Comparison} comparison */
export function failureOf({ what, got, want, bound }) {
  if (got.length !== want.length) return `${what}: ${got.length} numbers, not ${want.length}`;
  for (let i = 0; i < want.length; i++) {
    const difference =
      Math.abs(got[i] - want[i]) / Math.max(1, Math.abs(got[i]) + Math.abs(want[i]));
    if (!(difference <= bound)) return `${what}[${i}]: ${got[i]}, not ${want[i]}`;
  }
  return undefined;
}
