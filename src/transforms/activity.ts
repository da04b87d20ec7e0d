import { isFloat } from "../core/dtype.js";
import { NotDifferentiableError } from "../core/errors.js";
import { project } from "../core/leaves.js";
import type { Node } from "../core/node.js";
import type { Type } from "../core/type.js";
import { zero } from "../core/zero.js";

/** A value that depends on the inputs through an operation without a derivative (argmax, …), and which. */
interface Severed {
  readonly operation: string;
  readonly why: string;
}

/**
 * Which of `nodes` (in topological order) carry a derivative with respect to `seeds`. An integer that came from
 * a differentiable input through an operation declared not differentiable may be used as an index or compared;
 * turned back into a float it throws NotDifferentiableError, because its derivative would be a silent zero.
 */
export function activeNodes(seeds: Iterable<Node>, nodes: readonly Node[]): Set<Node> {
  const active = new Set<Node>(seeds);
  const severed = new Map<Node, Severed>();
  for (const node of nodes) {
    if (node.primitive === project) {
      const [tuple] = node.inputs as [Node];
      if (active.has(tuple) && carriesTangent(node.type)) active.add(node);
      else if (severed.has(tuple)) severed.set(node, severed.get(tuple) as Severed);
      continue;
    }
    const positions = differentiablePositions(node);
    const reached = node.inputs.some((input) => active.has(input));
    const { derivative } = node.primitive;
    if (derivative.kind === "none") {
      if (!reached) continue;
      const cut = { operation: node.primitive.name, why: derivative.why };
      if (carriesTangent(node.type)) throw severedError(cut);
      severed.set(node, cut);
      continue;
    }
    const cut = positions
      .map((at) => severed.get(node.inputs[at] as Node))
      .find((found) => found !== undefined);
    const flows = positions.some((at) => active.has(node.inputs[at] as Node));
    if (carriesTangent(node.type)) {
      if (cut !== undefined) throw severedError(cut);
      if (flows) active.add(node);
    } else if (cut !== undefined) {
      severed.set(node, cut);
    }
  }
  return active;
}

function severedError({ operation, why }: Severed): NotDifferentiableError {
  return new NotDifferentiableError(operation, {
    expected: "a differentiable operation",
    received: `${operation}, which has no derivative: ${why}`,
    fix: "wrap its result in stopGradient(…) if it is meant as a constant",
  });
}

/** Whether values of this type have tangents: floats, and tuples or tapes of them. */
export function carriesTangent(type: Type): boolean {
  if (type.kind === "tuple") return type.elements.some(carriesTangent);
  return isFloat(type.kind === "tape" ? type.element.dtype : type.dtype);
}

function differentiablePositions(node: Node): number[] {
  const { derivative } = node.primitive;
  const count = node.inputs.length;
  switch (derivative.kind) {
    case "elementwise":
      return derivative.partials.flatMap((rule, at) => (rule === zero ? [] : [at]));
    case "linear":
      return derivative.groups(count, node.params).flat();
    case "general": {
      const inert = derivative.inert?.(count, node.params) ?? [];
      return [...node.inputs.keys()].filter((at) => !inert.includes(at));
    }
    default:
      return [];
  }
}
