import { describe, expect, test } from "vitest";
import { jacfwd, jacrev, sparseJacobian, type Tensor } from "../../src/index.js";
import { operations } from "../../src/operations.js";
import { activeCall, casesOf, situate } from "../../src/testing/situations.js";
import { denseOf, rowsOf } from "../support/sparse.js";

describe("the entries of the Jacobian of every operation are among those detected", () => {
  const differentiable = operations.filter(({ derivative }) => derivative.kind !== "none");
  test.each(differentiable.map((operation) => [operation.name, operation] as const))(
    "%s",
    (_, operation) => {
      for (const source of casesOf(operation)) {
        const situation = situate(operation, source, 1);
        if (situation.active.length === 0) continue;
        const f = (...xs: Tensor[]) => activeCall(situation)(...xs);
        const xs = situation.active.map((at) => situation.inputs[at] as Tensor);
        if (f(...xs).length === 0) continue;
        const { derivative } = operation;
        const isReverse = derivative.kind === "general" && derivative.jvp === undefined;
        const argnums = xs.map((_, i) => i);
        const blocks = (isReverse ? jacrev : jacfwd)(f, { argnums })(...xs);
        const sparse = sparseJacobian(f, { argnums, method: isReverse ? "reverse" : "forward" })(
          ...xs,
        );
        const dense = rowsOf(blocks, f(...xs), xs);
        const got = denseOf(sparse);
        expect(got.length).toBe(dense.length);
        got.forEach((row, i) => {
          row.forEach((value, j) => {
            const want = dense[i]?.[j] as number;
            if (!Object.is(value, want)) expect(value, situation.label).toBeCloseTo(want, 11);
          });
        });
      }
    },
  );
});
