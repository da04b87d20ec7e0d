import { describe, expect, it } from "vitest";
import { fromJSON, operations, trace } from "../../src/index.js";
import { conformance, type Implementation } from "../../src/testing/index.js";
import { exceptions } from "./exceptions.js";

/** The function as a graph, simplified: the whole suite must hold for that too. */
const simplified: Implementation =
  (f) =>
  (...xs) =>
    trace(f)(...xs)
      .simplify()
      .evaluate(...xs);

/** Written to JSON and read back besides. */
const throughJSON: Implementation =
  (f) =>
  (...xs) => {
    const text = JSON.stringify(trace(f)(...xs).simplify());
    return fromJSON(JSON.parse(text), { operations }).evaluate(...xs);
  };

/** Operations whose parameters hold functions of the user: no JSON has those. */
const holdFunctions = ["customJvp", "customVjp", "fixedPoint", "linearSolve"];

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

describe("traced without values, simplified and (but for functions) read back from JSON", () => {
  const written = conformance(operations, { implementation: throughJSON, exceptions });
  const kept = conformance(operations, { implementation: simplified, exceptions });
  for (const { name } of operations) {
    const checks = holdFunctions.includes(name) ? kept : written;
    it(`${name} keeps its value, derivatives and batches`, () => {
      const own = checks.filter(
        ({ operation, kind }) => operation === name && kinds.includes(kind),
      );
      expect(own.length).toBe(kinds.length);
      for (const { run } of own) run();
    });
  }
});
