import type { Node } from "../core/node.js";
import { rewrite } from "./rewrite.js";
import { rules } from "./rules.js";

/** `outputs` simplified by the exact laws, in the current trace. */
export function simplify(inputs: readonly Node[], outputs: readonly Node[]): Node[] {
  return rewrite(inputs, outputs, rules);
}
