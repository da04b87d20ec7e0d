import type { Tensor } from "../core/node.js";

/** The function a formula calls a node by, where it stands for just this operation on just these values. */
const names = new WeakMap<Tensor, string>();

/** Notes that `name(...args)` gave `node`; nothing where the function did more than one operation. */
export function noteCall(node: Tensor, name: string, args: readonly unknown[]): void {
  // constants beside them are the function's own: the triangle of tril
  const moving = node.inputs.filter((one) => one.depth > 0);
  const same = moving.length === args.length && moving.every((one, i) => one === args[i]);
  if (same && node.depth > 0 && !names.has(node)) names.set(node, name);
}

/** What the formula called the node by; undefined where it wrote an operator, or nothing. */
export function calledAs(node: Tensor): string | undefined {
  return names.get(node);
}

/** Other words for an operation: `max(a, b)` for its maximum. */
const spellings = new WeakMap<Tensor, string>();

/** Notes the word that a formula has for the operation `name`, where `node` is one. */
export function noteSpelling(node: Tensor, name: string, written: string): void {
  if (node.depth > 0 && node.primitive.name === name && !spellings.has(node))
    spellings.set(node, written);
}

/** The name of the node's operation, in the formula's word. */
export function operationName(node: Tensor): string {
  return spellings.get(node) ?? node.primitive.name;
}
