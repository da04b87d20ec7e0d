import type { Node, Tensor } from "../core/node.js";
import { whereOp } from "../ops/select.js";
import { said } from "./formula.js";

/** The conditions that decide which formula a scalar has at its point. */
export function conditionsOf(formula: Tensor): Tensor[] {
  const found: Tensor[] = [];
  const open = new Set([said(formula)]); // grows while it is walked
  for (const choice of open) {
    if (!isChoice(choice)) continue;
    const [condition, ...branches] = choice.inputs;
    found.push(condition as Tensor);
    for (const branch of branches) open.add(said(branch));
  }
  return found;
}

/** The formula a scalar has at its point: of every choice it is made by, the branch taken. */
export function taken(formula: Tensor, holds: (condition: Tensor) => boolean): Tensor {
  let node = said(formula);
  while (isChoice(node)) {
    const [condition, yes, no] = node.inputs;
    node = said((holds(condition as Tensor) ? yes : no) as Node);
  }
  return node as Tensor;
}

function isChoice({ primitive, type }: Node): boolean {
  return primitive === whereOp && type.kind === "tensor" && type.shape.length === 0;
}
