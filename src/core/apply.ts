import { bind, elementsOf } from "./bind.js";
import { asTensor } from "./convert.js";
import type { Tensor } from "./node.js";
import type { Primitive } from "./primitive.js";
import type { TensorLike } from "./typing.js";

/**
 * Applies an operation object to inputs of exactly the types it takes (no promotion, no broadcasting): a tensor,
 * or the list of results of an operation with several. Throws what the operation's type rule throws.
 */
export function applyOperation<P>(
  operation: Primitive<P>,
  inputs: readonly TensorLike[],
  params: P,
): Tensor;
export function applyOperation(
  operation: Primitive<undefined>,
  inputs: readonly TensorLike[],
): Tensor;
export function applyOperation(
  operation: Primitive,
  inputs: readonly TensorLike[],
  params?: unknown,
): unknown {
  const node = bind(
    operation,
    inputs.map((input) => asTensor(input, operation.name)),
    params,
  );
  return node.type.kind === "tuple" ? elementsOf(node) : node;
}
