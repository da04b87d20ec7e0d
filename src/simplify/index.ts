import type { Node } from "../core/node.js";
import { rewrite, settler } from "./rewrite.js";
import { rules } from "./rules.js";

/** What a node just made becomes by the exact laws. */
export const settle: (node: Node) => Node = /* @__PURE__ */ settler(rules);

/** `outputs` simplified by the exact laws, in the current trace. */
export function simplify(inputs: readonly Node[], outputs: readonly Node[]): Node[] {
  return rewrite(inputs, outputs, settle);
}
