import type { MathSequence } from "../../math/sequence.js";
import type { Program } from "../../program/types.js";
import { expandMath } from "./expand.js";
import { outlineHotLoops } from "./outline.js";
import { splitLarge } from "./split.js";
import { vectorise } from "./vectorise.js";

/** Makes a program fast; memory is planned behind it. */
export function optimise(program: Program, sequences: ReadonlyMap<string, MathSequence>): Program {
  vectorise(program);
  expandMath(program, sequences);
  outlineHotLoops(program);
  return splitLarge(program);
}
