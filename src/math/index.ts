import { activations } from "./activation.js";
import { entropies } from "./entropy.js";
import { errorFunctions } from "./error-function.js";
import { exponentials } from "./exp.js";
import { gammaFunctions } from "./gamma.js";
import { hyperbolics } from "./hyperbolic.js";
import { inverseErrorFunctions } from "./inverse-error-function.js";
import { inverseTrigonometric } from "./inverse-trigonometric.js";
import { logarithms } from "./log.js";
import { logistics } from "./logistic.js";
import { powers } from "./power.js";
import { remainders } from "./remainder.js";
import { roots } from "./roots.js";
import { scaledErrorFunctions } from "./scaled-error-function.js";
import type { MathSequence } from "./sequence.js";
import { trigonometric } from "./trigonometric.js";

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
    ...remainders,
    ...roots,
    ...trigonometric,
    ...inverseTrigonometric,
    ...errorFunctions,
    ...inverseErrorFunctions,
    ...scaledErrorFunctions,
    ...gammaFunctions,
  }),
);
