import { describe, expect, it } from "vitest";
import { fromJSON, operations, trace } from "../../src/index.js";
import { conformance, type Implementation } from "../../src/testing/index.js";

const detached = "its derivative is 0 by definition, not that of its values";
const exceptions = { "stopGradient: jvp": detached, "stopGradient: vjp": detached };

/** The function as a graph, simplified, written to JSON and read back: the whole suite must hold for that too. */
const throughJSON: Implementation =
  (f) =>
  (...xs) => {
    const graph = trace(f)(...xs).simplify();
    return fromJSON(JSON.parse(JSON.stringify(graph)), { operations }).evaluate(...xs);
  };

const kinds = [
  "value",
  "jvp",
  "vjp",
  "second order",
  "vmap",
  "vmap and derivatives",
  "edges",
  "empty",
  "scalars",
];

describe("traced without values, simplified and read back from JSON", () => {
  const checks = conformance(operations, { implementation: throughJSON, exceptions });
  for (const { name } of operations) {
    it(`${name} keeps its value, derivatives and batches`, () => {
      const own = checks.filter(
        ({ operation, kind }) => operation === name && kinds.includes(kind),
      );
      expect(own.length).toBe(kinds.length);
      for (const { run } of own) run();
    });
  }
});
