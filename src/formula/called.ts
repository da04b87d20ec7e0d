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
