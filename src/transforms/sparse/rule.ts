import { parameterNode } from "../../core/bind.js";
import type { Node, Tensor } from "../../core/node.js";
import type { Derivative, Inputs } from "../../core/primitive.js";
import { withTrace } from "../../core/trace.js";
import { elementTypes, type Type } from "../../core/type.js";
import { zero } from "../../core/zero.js";
import type { Analysis, Dependence, Reached } from "./analysis.js";
import { Known } from "./known.js";

type General = Extract<Derivative<unknown>, { kind: "general" }>;

/**
 * What the rule for forward mode makes of tangents: a result depends on the inputs whose tangents reach it. Undefined
 * where there is no such rule, or where it asks for the operation itself again.
 */
export function throughRule(
  analysis: Analysis,
  { node, inputs, known }: Reached,
  { jvp }: General,
): Dependence | undefined {
  const { primitive, params } = node;
  const { following } = analysis;
  if (jvp === undefined || following.has(primitive)) return undefined;
  following.add(primitive);
  try {
    return withTrace("sparsity", (trace) => {
      const stand = (type: Type): Node => parameterNode(type, trace);
      const primals = node.inputs.map(({ type }) => stand(type));
      const tangents = primals.map(({ type }, at) =>
        inputs[at] === undefined ? zero : (stand(type) as Tensor),
      );
      const results = jvp(
        primals as unknown as Inputs<Tensor>,
        tangents,
        elementTypes(node.type).map(stand) as unknown as Inputs<Tensor>,
        params,
      );
      const given = tangents.flatMap((tangent, at) =>
        tangent === zero ? [] : [[tangent, inputs[at]] as const],
      );
      const values = primals.map(
        (primal, at) => [primal, known.of(node.inputs[at] as Node)] as const,
      );
      const there = results.filter((result) => result !== zero);
      const ids = analysis.through(there, given, new Known(values), trace.depth).values();
      return results.map((result) => (result === zero ? undefined : ids.next().value));
    });
  } finally {
    following.delete(primitive);
  }
}
