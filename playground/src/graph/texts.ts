import type { DerivativeGraph } from "../../../src/explain/index.js";
import type { Progress } from "../explain/steps.js";
import { fitValue } from "../math/numbers.js";
import type { PictureNode } from "./picture.js";

/** The lines under a node's head: its value, the derivative by it, and in a grown graph which derivatives it is itself. */
export interface Lines {
  readonly middle: { readonly style: "forward" | "formula"; readonly text: string };
  readonly bottom: string;
  readonly also: string;
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
      also: "",
    };
  }
  const gradient = progress.gradients.get(node.id);
  return {
    middle: { style: "forward", text: shown },
    bottom: gradient === undefined ? "" : fitValue(gradient, node.room),
    also: node.formula,
  };
}
