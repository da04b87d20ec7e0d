import type { Node } from "../../core/node.js";
import { sizeOfNode } from "../../ops/kernels/location.js";
import type { Operand } from "../../program/types.js";
import { lowerScalar } from "../instructions/index.js";
import { constantIndex } from "./affine.js";
import type { BodyContext } from "./context.js";
import { elementFrom, readsOf } from "./reads.js";

/** The elements of a small tensor, each in a register. */
export function computeTiny(body: BodyContext, node: Node): Operand[] {
  const { builder } = body;
  const size = sizeOfNode(node);
  const elements = new Array<Operand>(size);
  const isScalar = node.primitive.lower.kind === "scalar";
  for (let i = 0; i < size; i++) {
    if (isScalar) {
      const { inputs } = node;
      const args = new Array<Operand>(inputs.length);
      for (let k = 0; k < inputs.length; k++) args[k] = body.elementOf(inputs[k] as Node, i);
      elements[i] = lowerScalar(builder, node, args);
      continue;
    }
    const reads = readsOf(node, constantIndex(i));
    const args = reads.inputs.map(([input, { constant }]) => body.elementOf(input, constant));
    elements[i] = elementFrom(builder, node, reads, args);
  }
  return elements;
}
