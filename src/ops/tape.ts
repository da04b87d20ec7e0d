import type { Node, Tensor } from "../core/node.js";
import type { Axis } from "../core/primitive.js";
import type { TensorType, Type } from "../core/type.js";
import { add } from "./arithmetic.js";
import { filled, placeBatchAxis } from "./shape.js";

/** The zero of a type. */
export function zerosOf(type: TensorType): Tensor;
export function zerosOf(type: Type): Node;
export function zerosOf(type: Type): Node {
  if (type.kind === "tape") return type.zero(type);
  const { shape, dtype } = type as TensorType;
  return filled(shape, 0, dtype);
}

/** A function of tensors applied to tensors, or to each step of tapes. */
export function entrywise(nodes: readonly Node[], f: (...tensors: Tensor[]) => Tensor): Node {
  const [{ type }] = nodes as readonly [Node];
  return type.kind === "tape" ? type.entrywise(nodes, f) : f(...(nodes as Tensor[]));
}

/** Sum of two tensors, or of two tapes. */
export function addNodes(a: Node, b: Node): Node {
  return a.type.kind === "tape" ? a.type.add(a, b) : (add(a as Tensor, b as Tensor) as Tensor);
}

/** Batch axis in front of a tensor, or of every entry of a tape. */
export function laneFirst(node: Node, axis: Axis, size: number): Node {
  if (node.type.kind !== "tape") return placeBatchAxis(node as Tensor, axis, size);
  return axis === undefined
    ? entrywise([node], (entry) => placeBatchAxis(entry, undefined, size))
    : node;
}
