import { parameterNode } from "../core/bind.js";
import { Body } from "../core/body.js";
import { inlineBody } from "../core/close.js";
import type { Node } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import { sizeOf } from "../core/shape.js";
import type { Trace } from "../core/trace.js";

/** A computation in two stages: what is known first, and a body over it and the inputs that come later. */
export interface Split {
  /** Nodes of the first stage that the second reads. */
  readonly residuals: readonly Node[];
  /** Inputs: the residuals, then `later`. */
  readonly body: Body;
}

/**
 * Splits `results`, nodes of the open trace `inner` over its inputs `later`: everything they read from shallower
 * traces down to `depth` becomes a residual, an input of the closed second stage.
 */
export function split(
  results: readonly Node[],
  later: readonly Node[],
  inner: Trace,
  depth: number,
): Split {
  const read = new Set<Node>();
  const consider = (node: Node): void => {
    if (node.depth >= depth && node.depth < inner.depth) read.add(viewed(node));
  };
  results.forEach(consider);
  for (const node of nodesBetween(later, results, inner.depth)) node.inputs.forEach(consider);
  const residuals = [...read].sort((a, b) => a.id - b.id);
  const known = residuals.map((node) => parameterNode(node.type, inner));
  const outputs = inlineBody(new Body([...residuals, ...later], results), [...known, ...later]);
  return { residuals, body: new Body([...known, ...later], outputs) };
}

/** What a node shows in another shape, repeated or not: a view is taken again rather than kept. */
function viewed(node: Node): Node {
  let at = node;
  for (;;) {
    const [source] = at.inputs;
    if (at.inputs.length !== 1 || at.primitive.lower.kind !== "view") return at;
    if (elements(source as Node) > elements(at)) return at;
    at = source as Node;
  }
}

function elements({ type }: Node): number {
  return type.kind === "tensor" ? sizeOf(type.shape) : 0;
}
