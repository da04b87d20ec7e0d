import { parameterNode } from "../core/bind.js";
import { Body } from "../core/body.js";
import { inlineBody } from "../core/close.js";
import { interpreter } from "../core/evaluate.js";
import type { Node, Tensor } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import type { Rules } from "../core/primitive.js";
import { withTrace } from "../core/trace.js";
import type { TensorType, Type } from "../core/type.js";
import { tensorType } from "../core/type.js";
import { zero } from "../core/zero.js";
import { activeNodes } from "./activity.js";
import { batchNodes, inFront } from "./batch.js";
import { reverse } from "./pullback.js";
import { pushforward } from "./pushforward.js";
import { split } from "./split.js";
import { instantiate, type MaybeTangent } from "./tangent.js";

/** The transforms as control flow asks for them: functions on the bodies it holds. */
export const rules: Rules & typeof interpreter = {
  evaluate: interpreter.evaluate,

  jvp(body, active, forceOutputs) {
    return withTrace("jvp", (trace) => {
      const primals = body.inputs.map((input) => parameterNode(input.type, trace, input.label));
      const outputs = inlineBody(body, primals);
      const tangents = primals
        .filter((_, i) => active[i] === true)
        .map((input) => parameterNode(input.type, trace));
      const seeds = new Map<Node, MaybeTangent>();
      let next = 0;
      primals.forEach((input, i) => {
        seeds.set(input, active[i] === true ? { node: tangents[next++] as Node } : zero);
      });
      const pushed = pushforward(outputs, seeds, trace.depth, rules);
      const activeOutputs = pushed.map(
        (tangent, i) => tangent !== zero || forceOutputs?.[i] === true,
      );
      const results = [...outputs];
      pushed.forEach((tangent, i) => {
        if (activeOutputs[i] === true)
          results.push(instantiate(tangent, (outputs[i] as Node).type));
      });
      return { body: new Body([...primals, ...tangents], results), activeOutputs };
    });
  },

  vjp(body, active) {
    return withTrace("vjp", (trace) => {
      const primals = body.inputs.map((input) => parameterNode(input.type, trace, input.label));
      const outputs = inlineBody(body, primals);
      const wrt = primals.filter((_, i) => active[i] === true);
      const live = activeNodes(wrt, nodesBetween(primals, outputs, trace.depth));
      const activeOutputs = outputs.map((output) => live.has(output));
      const swept = reverse(outputs, wrt, trace.depth, rules);
      return withTrace("vjp", (inner) => {
        const cotangents = outputs.map((output, i) =>
          activeOutputs[i] === true ? parameterNode(output.type, inner) : zero,
        );
        const pulled = swept.pull(cotangents.map((node) => (node === zero ? zero : { node })));
        const results = pulled.map((tangent, i) => instantiate(tangent, (wrt[i] as Node).type));
        const given = cotangents.filter((node) => node !== zero);
        const { residuals, body: backward } = split(results, given, inner, trace.depth);
        return {
          forward: new Body(primals, [...swept.outputs, ...residuals]),
          backward,
          residualTypes: residuals.map((node) => node.type as TensorType),
          activeOutputs,
        };
      });
    });
  },

  batch(body, batched, size, forceOutputs) {
    return withTrace("vmap", (trace) => {
      const inputs = body.inputs.map((input, i) =>
        parameterNode(
          batched[i] === true ? addAxis(input.type, size) : input.type,
          trace,
          input.label,
        ),
      );
      const known = new Map(
        body.inputs.map((input, i) => [
          input,
          { node: inputs[i] as Node, axis: batched[i] === true ? 0 : undefined },
        ]),
      );
      const { nodes, axes } = batchNodes(body.outputs, known, size, 0, rules);
      const batchedOutputs = axes.map(
        (axis, i) => axis !== undefined || forceOutputs?.[i] === true,
      );
      const outputs = nodes.map((node, i) =>
        batchedOutputs[i] === true ? inFront(node, axes[i], size) : node,
      );
      return { body: new Body(inputs, outputs as Tensor[]), batchedOutputs };
    });
  },
};

function addAxis(type: Type, size: number): Type {
  if (type.kind === "tensor") return tensorType([size, ...type.shape], type.dtype, type.weak);
  if (type.kind === "tape")
    return { kind: "tape", element: addAxis(type.element, size) as TensorType };
  return {
    kind: "tuple",
    elements: type.elements.map((element) => addAxis(element, size) as TensorType),
  };
}
