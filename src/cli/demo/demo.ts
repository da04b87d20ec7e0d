import type { Context } from "../context.js";
import { type ExitCode, exitCodes } from "../failure.js";
import { tellDerivation, tellModules, tellTwoPaths } from "./lecture.js";
import { tellModel } from "./model.js";

/** `cotangent demo`: the lecture's example, from its graph to a trained model. */
export function runDemo(context: Context): ExitCode {
  const agrees = tellDerivation(context);
  tellTwoPaths(context);
  tellModules(context);
  const trained = tellModel(context);
  return agrees && trained ? exitCodes.ok : exitCodes.failed;
}
