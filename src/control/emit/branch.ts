import type { Body } from "../../core/body.js";
import type { EmitContext, Location } from "../../core/emit.js";
import type { Node } from "../../core/node.js";
import type { Operand } from "../../program/types.js";
import { newSlot, readSlot, writeSlots } from "./slots.js";

/** Runs one of several bodies. */
export function emitBranch(body: EmitContext, node: Node, branches: readonly Body[]): Location {
  const [index, ...operands] = node.inputs.map((input) => body.locationOf(input));
  const b = body.builder;
  const { outputs } = branches[0] as Body;
  const slots = outputs.map(({ type }, i) =>
    newSlot(body, type, "branch", { wanted: body.wantedPart(node, i) }),
  );
  const chosen = (index as Location & { kind: "elements" }).elements[0] as Operand;
  const at = chosen.type === "bool" ? b.convert(chosen, "i32") : chosen;
  const targets = slots.map((slot) => (slot.kind === "memory" ? slot.array : undefined));
  const run = (branch: Body): void => {
    const values = body.run(branch, operands, targets);
    writeSlots(body, slots, values);
  };
  const choose = (k: number): void => {
    const branch = branches[k] as Body;
    if (k === branches.length - 1) run(branch);
    else
      b.branch(
        b.compare(k === 0 ? "le" : "eq", at, k),
        () => run(branch),
        () => choose(k + 1),
      );
  };
  choose(0);
  return { kind: "tuple", parts: slots.map((slot) => readSlot(body, slot)) };
}
