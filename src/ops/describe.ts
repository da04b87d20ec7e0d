import type { Inputs, Interval, Notation, Primitive, Spoken } from "../core/primitive.js";
import type { Shape } from "../core/shape.js";
import { named } from "./latex.js";

/** What people and tests want to know of an operation, and no computation does. */
export interface Description<P> {
  /** One sentence: meaning, conventions, source of the formula. */
  readonly doc: string;
  /** LaTeX of the result, as in the operation; name(x, y) unless given. */
  latex?(inputs: Inputs<string>, params: P): string;
  readonly notation?: Notation;
  /** How people call it, as in the operation; its name on its inputs unless given. */
  spoken?(params: P, inputs: readonly Shape[]): Spoken;
  /** Where generated tests draw the inputs from: an interval for each, the last one for any further input. */
  readonly domain: Interval | readonly Interval[];
  readonly cases?: Primitive<P>["cases"];
}

/**
 * The operation, with its description put in. Marked pure, so that bundles in which nobody reads the list of operations
 * are without descriptions.
 */
export function describe<P>(
  operation: Primitive<P> | { readonly op: Primitive<P> },
  { domain, ...facts }: Description<P>,
): Primitive<P> {
  const primitive = "op" in operation ? operation.op : operation;
  return Object.assign(primitive, {
    latex: (inputs: Inputs<string>) => named(primitive.name, ...inputs),
    domain: Array.isArray(domain) ? domain : [domain as Interval],
    ...facts,
  });
}
