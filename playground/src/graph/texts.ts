import type { DerivativeGraph } from "../../../src/explain/index.js";
import type { Progress } from "../explain/steps.js";
import { fitValue } from "../math/numbers.js";
import type { PictureNode } from "./picture.js";

/** The two lines under a node's head: its value, and the derivative by it; in a grown graph what it is a derivative of. */
export interface Lines {
  readonly middle: { readonly style: "forward" | "formula"; readonly text: string };
  readonly bottom: string;
  readonly bottomIsFormula?: boolean;
}

export function linesOf(
  node: PictureNode,
  progress: Progress,
  grown: DerivativeGraph | undefined,
): Lines {
  const value = progress.values.get(node.id);
  const shown = value === undefined ? "·" : fitValue(value, node.room);
  if (grown !== undefined && node.kind === "derivative") {
    const own = grown.nodes.find(({ id }) => id === node.id);
    return {
      middle: { style: "formula", text: node.formula },
      bottom: own === undefined ? "" : fitValue(own.value, node.room),
    };
  }
  const middle = { style: "forward", text: shown } as const;
  if (node.formula !== "") return { middle, bottom: node.formula, bottomIsFormula: true };
  const gradient = progress.gradients.get(node.id);
  return { middle, bottom: gradient === undefined ? "" : fitValue(gradient, node.room) };
}
