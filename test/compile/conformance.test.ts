import { expect, it } from "vitest";
import { jit, operations } from "../../src/index.js";
import { conformance } from "../../src/testing/index.js";
import type { Implementation } from "../../src/testing/tally.js";
import { exceptions } from "../conformance/exceptions.js";

/** Every function compiled: its result must be the interpreter's. */
const compiled: Implementation = (f) => {
  const call = jit((...xs: never[]) => f(...xs)) as unknown as (...xs: never[]) => never;
  return (...xs) => call(...(xs as never[]));
};

for (const check of conformance(operations, { exceptions, implementation: compiled })) {
  it(check.name, () => {
    const tally = check.run();
    expect(tally.passed + tally.reasons.size, "situations or a reason").toBeGreaterThan(0);
  });
}
