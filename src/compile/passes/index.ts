import type { MathSequence } from "../instructions/sequence.js";
import type { Program } from "../program/types.js";
import { expandMath } from "./expand.js";
import { outlineHotLoops } from "./outline.js";
import { splitLarge } from "./split.js";
import { vectorise } from "./vectorise.js";

export interface PassOptions {
  /** Whether loops run in vectors. Default true. */
  readonly vectors?: boolean;
}

/** Makes a program fast; memory is planned behind it. */
export function optimise(
  program: Program,
  sequences: ReadonlyMap<string, MathSequence>,
  { vectors = true }: PassOptions = {},
): Program {
  if (vectors) vectorise(program);
  expandMath(program, sequences);
  outlineHotLoops(program);
  return splitLarge(program);
}
