import { Body } from "../../core/body.js";
import type { EmitContext, Location } from "../../core/emit.js";
import { holdsBodies } from "../../core/lowering.js";
import type { Node } from "../../core/node.js";
import { nodesBetween } from "../../core/order.js";
import type { TensorType } from "../../core/type.js";

/** Splits a loop's body: what depends on constants alone is computed once, before the loop. */
export function hoist(body: Body, consts: number): { before: Body; inside: Body } {
  const varying = new Set<Node>(body.inputs.slice(consts));
  const nodes = nodesBetween(body.inputs, body.outputs, 1);
  for (const node of nodes) {
    const mayFail =
      typeof node.primitive.mayFail === "function"
        ? node.primitive.mayFail(node.params)
        : node.primitive.mayFail === true;
    if (
      mayFail ||
      node.type.kind !== "tensor" ||
      node.primitive.lower.kind === "view" || // costs nothing where it is read
      holdsBodies(node.primitive.lower as never) ||
      node.inputs.some((input) => varying.has(input))
    )
      varying.add(node);
  }
  const given = new Set(body.inputs);
  const frontier = new Set<Node>();
  const consider = (input: Node): void => {
    if (varying.has(input) || given.has(input) || input.depth === 0) return;
    frontier.add(input);
  };
  for (const node of nodes) if (varying.has(node)) for (const input of node.inputs) consider(input);
  for (const output of body.outputs) consider(output);
  const extra = [...frontier];
  return {
    before: new Body(body.inputs.slice(0, consts), extra),
    inside: new Body([...extra, ...body.inputs], body.outputs),
  };
}

/**
 * What is the same in all steps: what `before` computes of the constants, then these. Tensors of more elements than
 * `most` are put in memory, where no step needs to put them again.
 */
export function runBefore(
  body: EmitContext,
  before: Body,
  consts: readonly Location[],
  most: number,
): Location[] {
  const nodes = [...before.outputs, ...before.inputs];
  return [...body.run(before, consts), ...consts].map((value, i) => {
    if (value.kind !== "elements" || value.elements.length <= most) return value;
    const array = body.fresh((nodes[i] as Node).type as TensorType, "fixed");
    body.storeElements(array, value.elements);
    return { kind: "array", array };
  });
}

/** Constants, carries and slices among the inputs of a loop. */
export function byKind<T>(
  { consts, carries }: { readonly consts: number; readonly carries: number },
  items: readonly T[],
): { consts: readonly T[]; carries: readonly T[]; xs: readonly T[] } {
  return {
    consts: items.slice(0, consts),
    carries: items.slice(consts, consts + carries),
    xs: items.slice(consts + carries),
  };
}
