import { activations } from "./activation.js";
import { entropies } from "./entropy.js";
import { exponentials } from "./exp.js";
import { hyperbolics } from "./hyperbolic.js";
import { logarithms } from "./log.js";
import { logistics } from "./logistic.js";
import { powers } from "./power.js";
import { roots } from "./roots.js";
import type { MathSequence } from "./sequence.js";

/** Functions of real numbers by the names that `lower` gives them. */
export const mathSequences: ReadonlyMap<string, MathSequence> = new Map(
  Object.entries({
    ...exponentials,
    ...logarithms,
    ...hyperbolics,
    ...logistics,
    ...activations,
    ...entropies,
    ...powers,
    ...roots,
  }),
);
