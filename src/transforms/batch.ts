import { bind, elementsOf, rebind } from "../core/bind.js";
import { madeFor } from "../core/debug.js";
import { elementIndex, project } from "../core/leaves.js";
import { Node, type Tensor } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import type { Axis, BatchContext, Batched, Inputs } from "../core/primitive.js";
import { placeBatchAxis } from "../ops/shape.js";
import { laneFirst } from "../ops/tape.js";

/** The node itself, or the elements of a tuple, with their batch axes. */
interface Mapped {
  readonly nodes: readonly Node[];
  readonly axes: readonly Axis[];
}

/**
 * `outputs` computed for every slice of the batched inputs at once, as nodes of the current trace. `known` maps
 * inputs to nodes and their batch axes. Nodes that depend on no batched input stay as they are. `last`: the batch
 * axis had better be the last one, not the first.
 */
export function batchNodes(
  outputs: readonly Node[],
  known: ReadonlyMap<Node, { readonly node: Node; readonly axis: Axis }>,
  size: number,
  minDepth: number,
  last = false,
): { nodes: Node[]; axes: Axis[] } {
  const mapped = new Map<Node, Mapped>();
  for (const [node, { node: now, axis }] of known) mapped.set(node, { nodes: [now], axes: [axis] });
  const of = (node: Node): { node: Node; axis: Axis } => {
    const found = mapped.get(node);
    return found === undefined
      ? { node, axis: undefined }
      : { node: found.nodes[0] as Node, axis: found.axes[0] };
  };
  for (const node of nodesBetween(known.keys(), outputs, minDepth)) {
    if (node.primitive === project) {
      const index = elementIndex(node);
      const tuple = mapped.get(node.inputs[0] as Node);
      if (tuple === undefined) continue;
      mapped.set(node, { nodes: [tuple.nodes[index] as Node], axes: [tuple.axes[index]] });
      continue;
    }
    const inputs = node.inputs.map(of);
    if (inputs.every(({ node: now }, at) => now === node.inputs[at])) continue;
    const now = inputs.map((input) => input.node);
    const axes = inputs.map((input) => input.axis);
    if (axes.every((axis) => axis === undefined)) {
      const nodes = elementsOf(rebind(node, now));
      mapped.set(node, { nodes, axes: nodes.map(() => undefined) });
      continue;
    }
    const { output, axes: outAxes } = madeFor(node.origin, () =>
      batched(node, now as unknown as Inputs<Tensor>, axes as unknown as Inputs<Axis>, {
        size,
        last,
      }),
    );
    const nodes = output instanceof Node ? elementsOf(output) : output;
    mapped.set(node, { nodes, axes: outAxes });
  }
  const results = outputs.map(of);
  return {
    nodes: results.map((result) => result.node),
    axes: results.map((result) => result.axis),
  };
}

function batched(
  { primitive, params }: Node,
  inputs: Inputs<Tensor>,
  axes: Inputs<Axis>,
  context: BatchContext,
): Batched {
  const { batch } = primitive;
  if (typeof batch === "function") return batch(inputs, axes, params, context);
  const { size } = context;
  const last = context.last === true && batch.behind !== undefined;
  const placed = inputs.map((input, at) => placeBatchAxis(input, axes[at], size, last));
  const own = (last && batch.behind?.(params, size)) || batch.inFront(params, size);
  const nodes = elementsOf(bind(primitive, placed, own));
  return { output: nodes, axes: nodes.map((node) => (last ? (node as Tensor).ndim - 1 : 0)) };
}

/** A batched result with its batch axis in front; unbatched results are repeated. */
export function inFront<N extends Node>(node: N, axis: Axis, size: number): N;
export function inFront(node: Node, axis: Axis, size: number): Node {
  return laneFirst(node, axis, size);
}
