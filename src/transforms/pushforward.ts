import { bind, elementsOf } from "../core/bind.js";
import { madeFor } from "../core/debug.js";
import { NotDifferentiableError } from "../core/errors.js";
import { elementIndex, project } from "../core/leaves.js";
import type { Node, Tensor } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import type { Derivative, Inputs, Tangents } from "../core/primitive.js";
import { zero } from "../core/zero.js";
import { cast } from "../ops/cast.js";
import { filled } from "../ops/shape.js";
import { activeNodes } from "./activity.js";
import {
  addTangents,
  instantiate,
  type MaybeTangent,
  nodeOf,
  Support,
  scale,
  tangentOf,
} from "./tangent.js";

/** Tangents of the elements of a node: one for a tensor, several for a tuple. */
type PerElement = readonly MaybeTangent[];

/**
 * Forward mode: tangents of `outputs` given tangents of `seeds`, as nodes in the same graph. Nodes shallower
 * than `minDepth` are constants.
 */
export function pushforward(
  outputs: readonly Node[],
  seeds: ReadonlyMap<Node, MaybeTangent>,
  minDepth: number,
): MaybeTangent[] {
  const nodes = nodesBetween(seeds.keys(), outputs, minDepth);
  const live = [...seeds].filter(([, tangent]) => tangent !== zero).map(([node]) => node);
  const active = activeNodes(live, nodes);
  const tangents = new Map<Node, PerElement>();
  for (const [node, tangent] of seeds) tangents.set(node, [tangent]);
  const of = (node: Node): MaybeTangent => tangents.get(node)?.[0] ?? zero;
  for (const node of nodes) {
    if (!active.has(node)) continue;
    if (node.primitive === project) {
      const [tuple] = node.inputs as [Node];
      tangents.set(node, [tangents.get(tuple)?.[elementIndex(node)] ?? zero]);
    } else {
      const inputs = node.inputs.map((input) => (active.has(input) ? of(input) : zero));
      if (inputs.every((tangent) => tangent === zero)) continue;
      tangents.set(
        node,
        madeFor(node.origin, () => push(node, inputs)),
      );
    }
  }
  return outputs.map(of);
}

function push(node: Node, tangents: readonly MaybeTangent[]): PerElement {
  const { derivative } = node.primitive;
  switch (derivative.kind) {
    case "elementwise": {
      let total: MaybeTangent = zero;
      derivative.partials.forEach((rule, at) => {
        const tangent = tangents[at] as MaybeTangent;
        if (tangent === zero || rule === zero) return;
        const partial = rule(node.inputs as unknown as Inputs<Tensor>, node as Tensor, node.params);
        total = addTangents(total, scale(partial, tangent));
      });
      return [total];
    }
    case "linear":
      return pushLinear(node, derivative, tangents);
    case "general": {
      if (derivative.jvp === undefined) {
        throw new NotDifferentiableError(node.primitive.name, {
          expected: "an operation with a forward-mode derivative",
          received: derivative.noJvp ?? "one with a reverse-mode rule only",
          fix: "use grad or vjp, or give it a jvp rule",
        });
      }
      const given: Tangents = tangents.map(nodeOf);
      const inputs = node.inputs as unknown as Inputs<Tensor>;
      const outputs = elementsOf(node) as unknown as Inputs<Tensor>;
      return derivative.jvp(inputs, given, outputs, node.params).map(tangentOf);
    }
    default:
      return [zero];
  }
}

/** The operation itself, applied to the tangents of each group of inputs it is linear in. */
function pushLinear(
  node: Node,
  derivative: Extract<Derivative<unknown>, { kind: "linear" }>,
  tangents: readonly MaybeTangent[],
): PerElement {
  let total: MaybeTangent[] = [];
  for (const group of derivative.groups(node.inputs.length, node.params)) {
    if (group.every((at) => tangents[at] === zero)) continue;
    const inputs = node.inputs.map((input, at) =>
      group.includes(at) ? instantiate(tangents[at] as MaybeTangent, input.type) : input,
    );
    const support = reached(node, derivative, group, tangents);
    const terms = elementsOf(bind(node.primitive, inputs, node.params)).map((term) => ({
      node: term,
      support,
    }));
    total = terms.map((term, i) => addTangents(total[i] ?? zero, term));
  }
  return total;
}

/** Where an operation that only moves or adds up elements puts those of the supports of its inputs. */
function reached(
  node: Node,
  derivative: Extract<Derivative<unknown>, { kind: "linear" }>,
  group: readonly number[],
  tangents: readonly MaybeTangent[],
): Support | undefined {
  const isView = node.primitive.lower.kind === "view";
  if (!isView && (derivative.support === undefined || node.type.kind === "tuple")) return undefined;
  const sources = new Map<number, Support>();
  for (const at of group) {
    const tangent = tangents[at] as MaybeTangent;
    if (tangent !== zero && tangent.support !== undefined) sources.set(at, tangent.support);
  }
  if (sources.size === 0) return undefined;
  return new Support([...sources.values()], (...conditions) => {
    const order = [...sources.keys()];
    const indicators = node.inputs.map((input, at) => {
      if (!group.includes(at)) return input;
      return (
        conditions[order.indexOf(at)] ??
        filled((input as Tensor).shape, Number(tangents[at] !== zero), "bool")
      );
    });
    if (isView) return bind(node.primitive, indicators, node.params) as Tensor;
    // as numbers, which add up to 0 only where nothing arrives
    const counted = indicators.map((node, at) =>
      group.includes(at) ? cast(node as Tensor, "f32") : node,
    ) as Node[];
    return cast(bind(node.primitive, counted, node.params) as Tensor, "bool") as Tensor;
  });
}
