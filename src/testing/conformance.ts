import type { Primitive } from "../index.js";
import * as library from "../index.js";
import { mapsDerivatives, mapsOverSlices, mapsTwice } from "./checks/batching.js";
import { modesAgree, pullsBack, pushesForward, refusesDerivative } from "./checks/derivatives.js";
import { describesItself } from "./checks/description.js";
import { keepsEdges, keepsSupport } from "./checks/edges.js";
import { lowersToItself } from "./checks/lowering.js";
import { secondOrder } from "./checks/second-order.js";
import { broadcasts, takesEmpty, takesScalars } from "./checks/shapes.js";
import { hasItsType, isDeterministic } from "./checks/values.js";
import { ConformanceError, type Implementation, type Subject, type Tally } from "./tally.js";

export interface ConformanceOptions {
  /** Of the inputs and directions drawn; 0 unless given. */
  readonly seed?: number;
  /**
   * How to run a function of tensors: what is checked runs through it and must give what the interpreter gives.
   * Eagerly, by the interpreter itself, unless given.
   */
  readonly implementation?: Implementation;
  /** The public functions by name, for broadcasting; the library's own unless given. */
  readonly functions?: Readonly<Record<string, unknown>>;
  /**
   * Checks that an operation is meant to fail, by name (`"stopGradient: jvp"`), and why; by the name of an operation
   * alone, why it has no cases. The reason goes into the report; a check that passes all the same is an error.
   */
  readonly exceptions?: Readonly<Record<string, string>>;
}

/** One check of one operation. `run` throws where the operation fails it. */
export interface Check {
  readonly operation: string;
  readonly kind: string;
  readonly name: string;
  run(): Tally;
}

/** The checks by kind, in the order in which they run. */
const kinds: Readonly<Record<string, (subject: Subject) => Tally>> = {
  description: describesItself,
  lowering: lowersToItself,
  value: hasItsType,
  deterministic: isDeterministic,
  jvp: pushesForward,
  vjp: pullsBack,
  adjoint: modesAgree,
  "second order": secondOrder,
  vmap: mapsOverSlices,
  "nested vmap": mapsTwice,
  "vmap and derivatives": mapsDerivatives,
  edges: keepsEdges,
  support: keepsSupport,
  empty: takesEmpty,
  scalars: takesScalars,
  broadcasting: broadcasts,
  refusal: refusesDerivative,
};

function excepted(
  name: string,
  reason: string,
  check: (subject: Subject) => Tally,
  subject: Subject,
): Tally {
  try {
    check(subject);
  } catch {
    return { passed: 0, reasons: new Map([[reason, 1]]) };
  }
  throw new ConformanceError(name, {
    expected: `a failure (${reason})`,
    received: "a pass",
    fix: "remove it from `exceptions`",
  });
}

/** The kinds of checks, one column of the report each. */
export const checkKinds: readonly string[] = Object.keys(kinds);

/**
 * The conformance suite of operations, your own included: every kind of check for every operation, generated from
 * the operation objects (arity, `domain`, `cases`), for any test runner: `for (const { name, run } of conformance([op])) it(name, run)`.
 *
 * Values against the type rule in every dtype it takes, both derivatives against differences and each other, second
 * order in all four nestings, vmap against the loop over slices, nested and mixed with derivatives, edge points,
 * empty and 0-d shapes, broadcasting, determinism, the lowering against the interpreter, and the descriptions.
 * What does not apply says why in the tally that `run` returns.
 */
export function conformance(
  operations: readonly Primitive[],
  options: ConformanceOptions = {},
): Check[] {
  return operations.flatMap((operation) => {
    const subject: Subject = {
      operation,
      seed: options.seed ?? 0,
      implementation: options.implementation,
      exception: options.exceptions?.[operation.name],
      functions: options.functions ?? (library as Readonly<Record<string, unknown>>),
    };
    return Object.entries(kinds).map(([kind, check]) => {
      const name = `${operation.name}: ${kind}`;
      const reason = options.exceptions?.[name];
      return {
        operation: operation.name,
        kind,
        name,
        run: () => (reason === undefined ? check(subject) : excepted(name, reason, check, subject)),
      };
    });
  });
}
