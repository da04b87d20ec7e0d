import fc from "fast-check";
import type { Program } from "./loop-programs.js";

/** Small programs of nested loops, branches and derivatives. */
export const { program } = fc.letrec<{ program: Program; leaf: Program }>((tie) => ({
  leaf: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant("variable" as const), name: fc.nat(7) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("number" as const),
        value: fc.constantFrom(-1.3, -0.4, 0.2, 0.7, 1.1),
      }),
    },
  ),
  program: fc.oneof(
    { maxDepth: 2, depthSize: "max", depthIdentifier: "program" },
    tie("leaf"),
    fc.record({ kind: fc.constantFrom("sin" as const, "cos" as const), of: tie("program") }),
    fc.record({
      kind: fc.constantFrom("add" as const, "multiply" as const, "subtract" as const),
      a: tie("program"),
      b: tie("program"),
    }),
    fc.record({
      kind: fc.constant("scan" as const),
      init: tie("leaf"),
      xs: fc.array(tie("leaf"), { minLength: 1, maxLength: 3 }),
      body: tie("program"),
      out: tie("program"),
      reverse: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant("while" as const),
      init: tie("leaf"),
      bound: tie("leaf"),
      limit: fc.nat(4),
      body: tie("program"),
    }),
    fc.record({
      kind: fc.constant("cond" as const),
      a: tie("leaf"),
      b: tie("leaf"),
      onTrue: tie("program"),
      onFalse: tie("program"),
    }),
    fc.record({
      kind: fc.constant("for" as const),
      times: fc.nat(2),
      a: tie("leaf"),
      b: tie("leaf"),
      init: tie("leaf"),
      body: tie("program"),
    }),
    fc.record({ kind: fc.constant("grad" as const), at: tie("leaf"), body: tie("program") }),
    fc.record({
      kind: fc.constantFrom("jvp" as const, "linearize" as const),
      at: tie("leaf"),
      along: tie("leaf"),
      body: tie("program"),
    }),
    fc.record({ kind: fc.constant("fixed" as const), seed: tie("leaf"), body: tie("program") }),
    fc.record({
      kind: fc.constant("lanes" as const),
      xs: fc.array(tie("leaf"), { minLength: 1, maxLength: 3 }),
      body: tie("program"),
    }),
    fc.record({ kind: fc.constant("checkpoint" as const), of: tie("program") }),
  ),
}));
