import { parameterNode } from "./bind.js";
import { Body } from "./body.js";
import { constant } from "./leaves.js";
import type { Node } from "./node.js";
import { nodesBetween } from "./order.js";
import { replay } from "./replay.js";
import { leakedError, type Trace, withTrace } from "./trace.js";
import type { Type } from "./type.js";

export interface Closed {
  /** Inputs: one per captured node, then one per given type. */
  readonly body: Body;
  /** Nodes of the traces outside (and constants other than scalars) that the function reads. */
  readonly captured: readonly Node[];
}

/**
 * Traces `build` over fresh inputs without values and closes the graph: what it reads from outside becomes its
 * first inputs. What it computes is computed in the body, never outside.
 */
export function traceBody(
  name: string,
  types: readonly Type[],
  build: (inputs: Node[]) => readonly Node[],
): Closed {
  return withTrace(
    name,
    (trace) => {
      trace.lift = (node) => liftInto(trace, node);
      const inputs = types.map((type) => parameterNode(type, trace));
      const outputs = build(inputs).map(trace.lift);
      const read = new Set(outputs);
      const formals = [...trace.lifted.values()];
      for (const node of nodesBetween([...formals, ...inputs], outputs, trace.depth))
        for (const input of node.inputs) read.add(input);
      const lifted = [...trace.lifted].filter(([, formal]) => read.has(formal));
      return {
        body: new Body([...lifted.map(([, formal]) => formal), ...inputs], outputs),
        captured: lifted.map(([node]) => node),
      };
    },
    "body",
  );
}

/** A closed body over other inputs: replays `body` in the current trace. */
export function inlineBody(body: Body, inputs: readonly Node[]): Node[] {
  const known = new Map<Node, Node>();
  body.inputs.forEach((input, i) => {
    known.set(input, inputs[i] as Node);
  });
  return replay(body.outputs, known);
}

/**
 * What stands for `node` inside a body: an input of the body for a node of the traces outside (and for constants
 * other than scalars), so that what the body computes from it belongs to the body.
 */
function liftInto(body: Trace, node: Node): Node {
  if (node.depth >= body.depth || staysConstant(node)) return node;
  if (node.trace !== null && !node.trace.open) throw leakedError(body.name, node.trace);
  const around = body.outer?.body ?? null;
  const from = around === null ? node : liftInto(around, node);
  let formal = body.lifted.get(from);
  if (formal === undefined) {
    formal = parameterNode(from.type, body, from.label);
    if (node.depth === 0) formal.source = from; // constants have values in bodies too
    body.lifted.set(from, formal);
  }
  return formal;
}

function staysConstant(node: Node): boolean {
  if (node.depth > 0) return false;
  if (node.primitive !== constant) return true;
  return node.type.kind === "tensor" && node.type.shape.length === 0;
}
