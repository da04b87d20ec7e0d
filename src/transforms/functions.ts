import { adopt } from "../core/adopt.js";
import { parameterNode } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { computeNow } from "../core/evaluate.js";
import { constantNode } from "../core/leaves.js";
import type { Node, Tensor } from "../core/node.js";
import { replay } from "../core/replay.js";
import { activeTrace, type Trace, withTrace } from "../core/trace.js";
import { flatten, type TreeDefinition } from "../core/tree.js";
import type { TensorLike } from "../core/typing.js";

/** A user's function at given arguments: leaves as tensors, and how to call it on others. */
export interface Arguments {
  readonly leaves: readonly Tensor[];
  readonly definition: TreeDefinition;
  /** Which leaves came as plain numbers: results at scalars then go out as numbers. */
  readonly numbers: readonly boolean[];
}

export function flattenArguments(operation: string, args: readonly unknown[]): Arguments {
  const { leaves, definition } = flatten(args, operation);
  return {
    leaves: leaves.map((leaf) => asTensor(leaf as TensorLike, operation)),
    definition,
    numbers: leaves.map((leaf) => typeof leaf === "number"),
  };
}

export interface Traced {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly definition: TreeDefinition;
}

/** Runs `f` over fresh inputs of `trace` that stand for `args`: with their values, or by `names` without. */
export function traceFunction(
  operation: string,
  f: (...args: never[]) => unknown,
  args: Arguments,
  trace: Trace,
  names?: readonly string[],
): Traced {
  const inputs = args.leaves.map((leaf, i) => {
    const label = (names ?? args.definition.paths)[i];
    const input = parameterNode(leaf.type, trace, label) as Tensor;
    if (names === undefined) input.source = leaf;
    return input;
  });
  const result = f(...(args.definition.unflatten(inputs) as never[]));
  const { leaves, definition } = flatten(result, operation);
  return {
    inputs,
    outputs: leaves.map((leaf) => asTensor(leaf as TensorLike, operation)),
    definition,
  };
}

/**
 * Runs `build` in a trace and takes its nodes out: as constants with values at the top, or with the trace's
 * inputs replaced by `actual` in the trace outside.
 */
export function extract<T>(
  name: string,
  build: (trace: Trace) => {
    readonly nodes: readonly Node[];
    readonly inputs: readonly Node[];
    readonly rest: T;
  },
  actual: readonly Node[],
): { nodes: Node[]; rest: T } {
  const outer = activeTrace;
  const { nodes, inputs, rest, trace } = withTrace(name, (trace) => {
    const built = build(trace);
    if (outer === null) computeNow(built.nodes);
    return { ...built, trace };
  });
  if (outer === null) {
    return {
      nodes: nodes.map((node) =>
        node.depth === 0 && node.inputs.length === 0 ? node : valueNode(node),
      ),
      rest,
    };
  }
  const adopted = adopt(trace, nodes, inputs, actual);
  if (adopted !== undefined) return { nodes: adopted, rest };
  const known = new Map(inputs.map((input, i) => [input, actual[i] as Node]));
  return { nodes: replay(nodes, known, trace.depth), rest };
}

function valueNode(node: Node): Node {
  if (node.value === undefined) computeNow([node]);
  return constantNode(node.type, node.value as never);
}

/** A result as the caller sees it: a scalar of numbers alone goes out as a number unless a trace still needs it. */
export function present(node: Tensor, asNumber: boolean): Tensor | number {
  if (!asNumber || node.shape.length !== 0 || node.depth > 0 || activeTrace !== null) return node;
  return Number(node.item());
}
