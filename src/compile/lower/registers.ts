import type { Node } from "../../core/node.js";
import { sizeOf } from "../../core/shape.js";
import { sizeOfNode, tensorOf } from "../../ops/kernels/location.js";

/** Tensors of up to this many elements may live in registers. */
export const tinySize = 16;
/** What code is too long: that of so many elements. */
const tinyBudget = 30_000;
/** Longer vectors are computed in vector registers, by loops, … */
const shortVector = 7;
/** … and sooner where exponentials and the like are computed. */
const shortWithCalls = 3;

/** Up to how many elements a tensor lives in registers, in a body of these nodes: small matrices do, vectors if short. */
export function mostInRegisters(nodes: readonly Node[]): number {
  let elements = 0;
  let most = shortVector;
  let hasMatrices = false;
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as Node;
    const size = sizeOfNode(node);
    if (size > tinySize) continue;
    elements += size;
    if (size <= shortWithCalls) continue;
    if (isCall(node)) most = shortWithCalls;
    else hasMatrices ||= isMatrixProduct(node);
  }
  if (elements > tinyBudget) return 1;
  return hasMatrices ? tinySize : most;
}

/** Whether each element takes a sequence of instructions, as an exponential does. */
function isCall({ primitive: { lower } }: Node): boolean {
  return (
    lower.kind === "scalar" && typeof lower.instruction === "object" && "emit" in lower.instruction
  );
}

/** Whether small matrices are multiplied, neither of them a vector. */
function isMatrixProduct({ primitive: { lower }, params, inputs }: Node): boolean {
  if (lower.kind !== "contraction") return false;
  const { batch, contract } = lower.axes(params);
  return inputs.every((input, side) => {
    const { shape } = tensorOf(input);
    const shared = [...batch, ...contract].map((pair) => shape[pair[side as 0 | 1]] as number);
    const size = sizeOf(shape);
    return size <= tinySize && size > sizeOf(shared);
  });
}
