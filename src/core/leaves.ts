import { CotangentError } from "./errors.js";
import { Node, Tensor } from "./node.js";
import type { Primitive } from "./primitive.js";
import type { Trace } from "./trace.js";
import type { TupleType, Type, Value } from "./type.js";

function leaf(name: string): Primitive {
  const refuse = (): never => {
    throw new CotangentError(name, {
      expected: "a leaf of the graph",
      received: "a rule asked of it",
    });
  };
  return {
    name,
    latex: () => name,
    type: refuse,
    evaluate: refuse,
    derivative: { kind: "none", why: `${name} is a leaf` },
    batch: refuse,
    lower: { kind: "kernel" },
  };
}

/** A value known when the graph is made. */
export const constant: Primitive = leaf("constant");

/** An input of a trace. */
export const parameter: Primitive = leaf("parameter");

/** Element `index` of a tuple: the only operation that reads one. Transforms treat it as structure. */
export const project: Primitive<{ index: number }> = {
  ...leaf("project"),
  latex: ([tuple], { index }) => `${tuple}_{${index}}`,
  type: ([tuple], { index }) => (tuple as unknown as TupleType).elements[index] as Type,
  evaluate: ([tuple], { index }) => (tuple as unknown as readonly Value[])[index] as Value,
};

/** Which element of its tuple a node of `project` reads. */
export function elementIndex(node: Node): number {
  return (node.params as { index: number }).index;
}

/** A node of the class its type asks for: tensors get methods. */
export function makeNode(
  primitive: Primitive,
  params: unknown,
  inputs: readonly Node[],
  type: Type,
  depth: number,
  trace: Trace | null,
): Node {
  return type.kind === "tensor"
    ? new Tensor(primitive, params, inputs, type, depth, trace)
    : new Node(primitive, params, inputs, type, depth, trace);
}

/** A constant node holding `value`; not interned. */
export function constantNode(type: Type, value: Value): Node {
  const node = makeNode(constant, undefined, [], type, 0, null);
  node.value = value;
  return node;
}

/** Whether a node is a constant leaf with a scalar value, and that value. */
export function scalarConstant(node: Node): number | undefined {
  if (node.primitive !== constant || node.type.kind !== "tensor" || node.type.shape.length !== 0)
    return undefined;
  return (node as Tensor).data[0];
}
