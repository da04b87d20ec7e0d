import type { Location } from "../../core/emit.js";
import type { Node } from "../../core/node.js";
import type { BodyContext } from "./context.js";

/** Emits an operation that runs bodies, or one on tapes; undefined for others. */
export function lowerControl(body: BodyContext, node: Node): Location | undefined {
  const { lower } = node.primitive;
  switch (lower.kind) {
    case "call": {
      const called = lower.body(node.params);
      const inputs = node.inputs.map((input) => body.locationOf(input));
      const targets = called.outputs.map((_, i) => body.wantedPart(node, i));
      return { kind: "tuple", parts: body.run(called, inputs, targets) };
    }
    case "branch":
      return lower.emit(body, node, lower.branches(node.params));
    case "steps":
      return lower.emit(body, node, lower.steps(node.params));
    case "while":
      return lower.emit(body, node, lower.loop(node.params));
    case "tape":
      return lower.emit(body, node);
    default:
      return undefined;
  }
}
