import type { Tensor } from "../core/node.js";

/** The function a formula calls a node by, where it stands for just this operation on just these values. */
const names = new WeakMap<Tensor, string>();

/** Notes that `name(...args)` gave `node`; nothing where the function did more than one operation. */
export function noteCall(node: Tensor, name: string, args: readonly unknown[]): void {
  const same = node.inputs.length === args.length && node.inputs.every((one, i) => one === args[i]);
  if (same && node.depth > 0 && !names.has(node)) names.set(node, name);
}

/** What the formula called the node by; undefined where it wrote an operator, or nothing. */
export function calledAs(node: Tensor): string | undefined {
  return names.get(node);
}
