import { operations } from "cotangent";
import { conformance } from "cotangent/testing";
import { report } from "../report.js";

// The suite itself decides in Node which operations are excepted and why; here only whether the engine agrees.
const detached = "its derivative is 0 by definition, not that of its values";
const checks = conformance(operations, {
  exceptions: { "stopGradient: jvp": detached, "stopGradient: vjp": detached },
});

await report(
  checks.map(({ name, run }) => ({
    name,
    run: () => {
      run();
    },
  })),
);
