import type { Body } from "../core/body.js";
import { traceBody } from "../core/close.js";
import { project } from "../core/leaves.js";
import { bodiesOf } from "../core/lowering.js";
import type { Node } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import { sizeOf } from "../core/shape.js";
import type { TensorType, Type } from "../core/type.js";

/** What one evaluation of a graph takes. Loops count their bodies as often as they run, where that is known. */
export interface Cost {
  /** Nodes that compute (views, constants and inputs cost nothing). */
  readonly operations: number;
  /** Scalar operations: one per element of an elementwise result, two per term of a contraction. */
  readonly flops: number;
}

/** The cost of a graph by what its operations lower to. */
export function costOf(body: Body): Cost {
  let operations = 0;
  let flops = 0;
  for (const node of nodesBetween(body.inputs, body.outputs)) {
    if (node.inputs.length === 0 || node.primitive === project) continue;
    const cost = costOfNode(node);
    operations += cost.operations;
    flops += cost.flops;
  }
  return { operations, flops };
}

function costOfNode(node: Node): Cost {
  const { lower } = node.primitive;
  const output = elements(node.type);
  const input = node.inputs.reduce((total, { type }) => total + elements(type), 0);
  switch (lower.kind) {
    case "view":
      return { operations: 0, flops: 0 };
    case "scalar":
      return { operations: 1, flops: output };
    case "decompose": {
      const types = node.inputs.map((one) => one.type);
      const { body } = traceBody("cost", types, (inputs) => [
        lower.decompose(inputs as never, node.params),
      ]);
      return costOf(body);
    }
    case "reduce":
    case "scan":
      return { operations: 1, flops: input };
    case "contraction": {
      const { contract } = lower.axes(node.params);
      const shape = ((node.inputs[0] as Node).type as TensorType).shape;
      const terms = contract.reduce((product, [axis]) => product * (shape[axis] as number), 1);
      return { operations: 1, flops: 2 * output * terms };
    }
    case "call":
    case "branch":
    case "steps":
    case "while": {
      const bodies = bodiesOf(lower, node.params).map(costOf);
      const { length } = node.params as { readonly length?: number };
      const times = typeof length === "number" ? length : 1;
      return {
        operations: 1 + times * bodies.reduce((total, cost) => total + cost.operations, 0),
        flops: times * bodies.reduce((total, cost) => total + cost.flops, 0),
      };
    }
    default:
      return { operations: 1, flops: Math.max(input, output) };
  }
}

function elements(type: Type): number {
  if (type.kind === "tuple")
    return type.elements.reduce((total, element) => total + elements(element), 0);
  return type.kind === "tape" ? 0 : sizeOf(type.shape);
}
