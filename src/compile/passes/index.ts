import type { Program } from "../../program/types.js";
import { expandMath } from "./expand.js";
import { outlineHotLoops } from "./outline.js";
import { splitLarge } from "./split.js";
import { vectorise } from "./vectorise.js";

/** Makes a program fast; memory is planned behind it. */
export function optimise(program: Program): Program {
  vectorise(program);
  expandMath(program);
  outlineHotLoops(program);
  return splitLarge(program);
}
