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
  return entry(prepared, body, () => (body.nodes.some(decomposes) ? decomposed(body) : body));
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
      trace.settle = (node) => {
        const { lower } = node.primitive;
        return lower.kind === "decompose" && decomposes(node)
          ? lower.decompose(node.inputs as unknown as Inputs<Tensor>, node.params)
          : node;
      };
      const inputs = body.inputs.map(({ type, label }) => parameterNode(type, trace, label));
      const known = new Map(body.inputs.map((input, i) => [input, inputs[i] as Node]));
      return new Body(inputs, replay(body.outputs, known));
    },
    "sealed",
  );
}
