import { parameterNode } from "../../core/bind.js";
import { Body } from "../../core/body.js";
import { isFloat, isInteger } from "../../core/dtype.js";
import type { Node, Tensor } from "../../core/node.js";
import type { Inputs } from "../../core/primitive.js";
import { replay } from "../../core/replay.js";
import { withTrace } from "../../core/trace.js";
import type { TensorType } from "../../core/type.js";
import { entry } from "../../program/entry.js";

const prepared = new WeakMap<Body, Body>();

/** The body with operations that others compute (`lower.decompose`) replaced by those. */
export function prepare(body: Body): Body {
  return entry(prepared, body, () => {
    let result = body;
    while (result.nodes.some(decomposes)) result = decomposed(result);
    return result;
  });
}

/** Booleans are left to the interpreter, and integers where the decomposition computes with real numbers. */
function decomposes({ primitive: { lower }, type }: Node): boolean {
  if (lower.kind !== "decompose") return false;
  const { dtype } = type as TensorType;
  return isFloat(dtype) || (isInteger(dtype) && lower.integers === true);
}

function decomposed(body: Body): Body {
  return withTrace(
    "jit",
    (trace) => {
      const known = new Map<Node, Node>();
      const inputs = body.inputs.map((input) => {
        const fresh = parameterNode(input.type, trace, input.label);
        known.set(input, fresh);
        return fresh;
      });
      for (const node of body.nodes) {
        const { lower } = node.primitive;
        if (lower.kind === "decompose" && decomposes(node)) {
          const given = node.inputs.map((input) => known.get(input) ?? input);
          known.set(node, lower.decompose(given as unknown as Inputs<Tensor>, node.params));
        } else if (node.inputs.some((input) => known.has(input))) {
          const one = new Map(node.inputs.map((input) => [input, known.get(input) ?? input]));
          known.set(node, replay([node], one)[0] as Node);
        }
      }
      const outputs = body.outputs.map((output) => known.get(output) ?? output);
      return new Body(inputs, outputs);
    },
    "sealed",
  );
}
