import { bind, elementsOf, parameterNode, rebind } from "../core/bind.js";
import { madeFor } from "../core/debug.js";
import { NotDifferentiableError } from "../core/errors.js";
import { elementIndex, project } from "../core/leaves.js";
import type { Node, Tensor } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import type {
  Derivative,
  Inputs,
  PartialRule,
  Pullback,
  Pulled,
  Tangents,
} from "../core/primitive.js";
import { substituted } from "../core/replay.js";
import { withTrace } from "../core/trace.js";
import { elementTypes } from "../core/type.js";
import { zero } from "../core/zero.js";
import { broadcastTo } from "../ops/shape.js";
import { activeNodes, carriesTangent, type NodeSet } from "./activity.js";
import { addTangents, type MaybeTangent, nodeOf, Support, scale, tangentOf } from "./tangent.js";

/**
 * Receives the contribution of one edge of the graph, `node` to its input `at`, and the cotangents of `node` (one,
 * or one per element of a tuple). For explanations.
 */
export type EdgeListener = (
  node: Node,
  at: number,
  cotangents: readonly MaybeTangent[],
  contribution: MaybeTangent,
) => void;

export interface ReverseResult {
  /** The outputs; those computed by loops may be replaced by nodes that also keep residuals. */
  readonly outputs: readonly Node[];
  /** Continues backwards from cotangents of the outputs. May be called again with others. */
  pull(cotangents: readonly MaybeTangent[]): MaybeTangent[];
}

/**
 * Reverse mode: prepares the sweep from `outputs` back to `wrt` (any nodes of the graph); cotangents are nodes
 * of the same graph. One rule per node, each local: the partials of an elementwise operation, the transpose of
 * a linear one, the transposed jvp or own vjp of the others.
 */
export function reverse(
  outputs: readonly Node[],
  wrt: readonly Node[],
  minDepth: number,
  listen?: EdgeListener,
): ReverseResult {
  const nodes = nodesBetween([], outputs, minDepth);
  const seeds = new Set(wrt);
  const active = activeNodes(
    wrt,
    nodes.filter((node) => !seeds.has(node)),
  );
  const { current, pullbacks } = forwardSweep(nodes, active, seeds);
  return {
    outputs: outputs.map((output) => current.get(output) ?? output),
    pull: (given) => {
      const cotangents = new Map<Node, MaybeTangent[]>();
      const accumulate = (node: Node, index: number, term: MaybeTangent): void => {
        if (term === zero) return;
        let list = cotangents.get(node);
        if (list === undefined) {
          list = [];
          cotangents.set(node, list);
        }
        list[index] = addTangents(list[index] ?? zero, term);
      };
      outputs.forEach((output, i) => {
        if (active.has(output)) accumulate(output, 0, given[i] as MaybeTangent);
      });
      for (let i = nodes.length - 1; i >= 0; i--) {
        const node = nodes[i] as Node;
        const own = cotangents.get(node);
        if (own === undefined || node.inputs.length === 0) continue;
        if (!seeds.has(node)) cotangents.delete(node);
        const isElement = node.primitive === project;
        const terms = isElement
          ? [own[0] ?? zero]
          : madeFor(node.origin, () => pull(node, own, active, current, pullbacks));
        const index = isElement ? elementIndex(node) : 0;
        for (let at = 0; at < terms.length; at++) {
          const term = terms[at] as MaybeTangent;
          listen?.(node, at, own, term);
          accumulate(node.inputs[at] as Node, index, term);
        }
      }
      return wrt.map((node) => cotangents.get(node)?.[0] ?? zero);
    },
  };
}

/** Lets operations with a vjp rule replace themselves, and rebuilds what depends on them. */
function forwardSweep(nodes: readonly Node[], active: NodeSet, seeds: ReadonlySet<Node>) {
  const current = new Map<Node, Node>();
  const replaced = new Map<Node, readonly Node[]>();
  const pullbacks = new Map<Node, Pullback>();
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as Node;
    const { derivative } = node.primitive;
    if ((current.size === 0 && derivative.kind === "elementwise") || seeds.has(node)) continue;
    if (node.primitive === project) {
      const elements = replaced.get(node.inputs[0] as Node);
      const tuple = current.get(node.inputs[0] as Node);
      if (elements !== undefined) current.set(node, elements[elementIndex(node)] as Node);
      else if (tuple !== undefined) current.set(node, rebind(node, [tuple]));
      continue;
    }
    const inputs = substituted(node.inputs, current);
    if (derivative.kind === "general" && derivative.vjp !== undefined && active.has(node)) {
      const activeInputs = node.inputs.map((input) => active.has(input));
      const { vjp } = derivative;
      const pullback = madeFor(node.origin, () =>
        vjp(inputs as unknown as Inputs<Tensor>, activeInputs, node.params),
      );
      pullbacks.set(node, pullback);
      if (node.type.kind === "tuple") replaced.set(node, pullback.outputs);
      else current.set(node, pullback.outputs[0] as Node);
    } else if (inputs !== node.inputs) {
      current.set(node, rebind(node, inputs));
    }
  }
  return { current, pullbacks };
}

/** Contributions of one node to each of its inputs; none to those that are not active. */
function pull(
  node: Node,
  own: readonly MaybeTangent[],
  active: NodeSet,
  current: ReadonlyMap<Node, Node>,
  pullbacks: ReadonlyMap<Node, Pullback>,
): MaybeTangent[] {
  const { derivative } = node.primitive;
  const inputs = (current.size === 0
    ? node.inputs
    : substituted(node.inputs, current)) as unknown as Inputs<Tensor>;
  if (derivative.kind === "elementwise") {
    const output = (current.get(node) ?? node) as Tensor;
    const first = own[0] ?? zero;
    const { partials } = derivative;
    const terms = new Array<MaybeTangent>(partials.length).fill(zero);
    if (first === zero) return terms;
    for (let at = 0; at < partials.length; at++) {
      const rule = partials[at] as PartialRule<unknown>;
      if (rule !== zero && active.has(node.inputs[at] as Node))
        terms[at] = scale(rule(inputs, output, node.params), first);
    }
    return terms;
  }
  const wanted = node.inputs.map((input) => active.has(input));
  // none of a seed that no other lies behind
  if (derivative.kind === "none" || !wanted.includes(true)) return wanted.map(() => zero);
  const given = elementTypes(node.type).map((_, i) => nodeOf(own[i] ?? zero));
  if (derivative.kind === "linear")
    return transposeLinear(node, derivative, inputs, wanted, given, own);
  const pullback = pullbacks.get(node);
  if (pullback === undefined) return transposeJvp(node, derivative, inputs, wanted, own);
  const pulled = pullback.pull(given);
  return pulled.map((one, at) => (wanted[at] === true ? pulledTangent(one) : zero));
}

/** A cotangent as a rule gives it; a condition becomes its support. */
function pulledTangent(pulled: Pulled): MaybeTangent {
  if (pulled === zero || !("condition" in pulled)) return tangentOf(pulled);
  const { value } = pulled;
  return {
    node: value,
    support: new Support([], () => broadcastTo(pulled.condition(), value.shape) as Tensor),
  };
}

function transposeLinear(
  { params }: Node,
  derivative: Extract<Derivative<unknown>, { kind: "linear" }>,
  inputs: Inputs<Tensor>,
  wanted: readonly boolean[],
  given: Tangents,
  [first = zero, ...others]: readonly MaybeTangent[],
): MaybeTangent[] {
  const linear = new Set(derivative.groups(inputs.length, params).flat());
  const outside = first === zero || others.length > 0 ? undefined : first.support;
  return inputs.map((_, at) => {
    if (wanted[at] !== true || !linear.has(at)) return zero;
    const node = derivative.transpose(given, at, inputs, params);
    if (node === zero || outside === undefined || derivative.support === undefined)
      return tangentOf(node);
    const back = (condition: Tensor) =>
      derivative.support?.(condition, at, inputs, params) as Tensor;
    return { node, support: new Support([outside], back) };
  });
}

/** Applies the jvp rule to fresh tangents and sweeps back through what it built, which is linear in them. */
function transposeJvp(
  node: Node,
  derivative: Extract<Derivative<unknown>, { kind: "general" }>,
  inputs: Inputs<Tensor>,
  wanted: readonly boolean[],
  own: readonly MaybeTangent[],
): MaybeTangent[] {
  const rule = derivative.jvp;
  if (rule === undefined) {
    throw new NotDifferentiableError(node.primitive.name, {
      expected: "an operation with a jvp or vjp rule",
      received: "one with neither",
    });
  }
  return withTrace(`transpose of ${node.primitive.name}`, (trace) => {
    const tangents = inputs.map((input, at) =>
      wanted[at] === true && carriesTangent(input.type) ? parameterNode(input.type, trace) : zero,
    );
    const outputs = elementsOf(
      bind(node.primitive, inputs, node.params),
    ) as unknown as Inputs<Tensor>;
    const pushed = rule(inputs, tangents as Tangents, outputs, node.params);
    const ends: Node[] = [];
    const cotangents: MaybeTangent[] = [];
    pushed.forEach((tangent, i) => {
      const cotangent = own[i] ?? zero;
      if (tangent === zero || cotangent === zero) return;
      ends.push(tangent);
      cotangents.push(cotangent);
    });
    const starts = tangents.filter((tangent) => tangent !== zero);
    const pulled = reverse(ends, starts, trace.depth).pull(cotangents);
    let next = 0;
    return tangents.map((tangent) => {
      if (tangent === zero) return zero;
      const result = pulled[next++] as MaybeTangent;
      if (result !== zero && result.node.depth >= trace.depth) {
        throw new NotDifferentiableError(node.primitive.name, {
          expected: "a jvp rule linear in the tangents",
          received: "one that multiplies tangents with each other",
        });
      }
      return result;
    });
  });
}
