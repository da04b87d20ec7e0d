import type { ArrayPlace } from "../../core/kernel.js";
import type { Node } from "../../core/node.js";
import { sizeOfNode } from "../../ops/kernels/location.js";
import type { Operand } from "../../program/types.js";
import { constantIndex } from "./affine.js";
import { Call } from "./call.js";
import { emitNest, type NestContext } from "./nest.js";
import type { Pattern } from "./pattern.js";
import type { NestRoot } from "./reduction.js";

/**
 * Emits a loop nest as a call of a routine, which all nests of its pattern share whose operands lie alike in memory:
 * the steps of an unrolled loop are then compiled once.
 */
export function emitShared(
  context: NestContext,
  domain: readonly number[],
  roots: readonly NestRoot[],
  { text, leaves }: Pattern,
): void {
  const call = new Call(context.builder);
  const scalars = new Map<Node, Operand>();
  const arrays = new Map<Node, ArrayPlace>();
  let key = text;
  for (const leaf of leaves) {
    const scalar = sizeOfNode(leaf) === 1 ? context.heldAt(leaf, constantIndex(0)) : undefined;
    if (scalar?.kind === "constant") {
      scalars.set(leaf, scalar);
      key += `;${scalar.type} ${Object.is(scalar.value, -0) ? "-0" : scalar.value}`;
    } else if (scalar !== undefined) {
      scalars.set(leaf, call.pass(scalar));
      key += `;${scalar.type}`;
    } else {
      const array = call.array(context.arrayOf(leaf) as ArrayPlace);
      arrays.set(leaf, array);
      key += `;${call.layoutOf(array)}`;
    }
  }
  const inside = roots.map(({ node, target }): NestRoot => {
    const array = target === undefined ? undefined : call.array(target);
    key += `>${array === undefined ? "" : call.layoutOf(array)}`;
    return { node, target: array };
  });
  const routine = context.state.routine(key, () =>
    call.routine("nest", (builder) => {
      const nest: NestContext = {
        builder,
        isLeaf: (node) => context.isLeaf(node),
        arrayOf: (node) => arrays.get(node),
        heldAt: (node) => scalars.get(node),
        placesOf: (node) => context.placesOf(node),
        state: context.state,
      };
      emitNest(nest, domain, inside);
    }),
  );
  context.builder.perform(routine, call.args);
}
