import type { Node } from "../../core/node.js";
import { entry } from "../../program/entry.js";
import type { Plan } from "./classify.js";
import type { Unit } from "./schedule.js";

/** Who reads the nodes of a body, and until when: found when it is first asked for. */
export class Readers {
  private readonly plan: Plan;
  private readonly units: readonly Unit[];
  private readonly outputs: readonly Node[];
  private last: ReadonlyMap<Node, number> | undefined;
  private sets: ReadonlyMap<Node, readonly Node[]> | undefined;

  constructor(plan: Plan, units: readonly Unit[], outputs: readonly Node[]) {
    this.plan = plan;
    this.units = units;
    this.outputs = outputs;
  }

  /** The last unit that reads a node: ∞ of outputs, −1 of what nothing reads. */
  lastUse(node: Node): number {
    this.last ??= this.findLastUses();
    return this.last.get(node) ?? -1;
  }

  private findLastUses(): Map<Node, number> {
    const { nodes, modes } = this.plan;
    const time = new Map<Node, number>();
    const lastUse = new Map<Node, number>();
    this.units.forEach((unit, i) => {
      for (const node of unit.kind === "group" ? unit.roots : [unit.node]) time.set(node, i);
    });
    for (const output of this.outputs) lastUse.set(output, Infinity);
    for (let i = nodes.length - 1; i >= 0; i--) {
      const node = nodes[i] as Node;
      const at = time.get(node) ?? lastUse.get(node) ?? -1;
      // what a tuple holds is read when its parts are
      const last =
        node.type.kind === "tuple" || modes.get(node) === "project"
          ? Math.max(at, lastUse.get(node) ?? -1)
          : at;
      for (const input of node.inputs) lastUse.set(input, Math.max(lastUse.get(input) ?? -1, last));
    }
    return lastUse;
  }

  /** Whether all that reads a node is among `members`, or inlined in what is. */
  areAmong(members: ReadonlySet<Node>, node: Node): boolean {
    this.sets ??= this.findSets();
    const seen = new Set<Node>();
    const stack = [...(this.sets.get(node) ?? [])];
    while (stack.length > 0) {
      const reader = stack.pop() as Node;
      if (seen.has(reader) || members.has(reader)) continue;
      seen.add(reader);
      if (this.plan.modes.get(reader) !== "inline") return false;
      stack.push(...(this.sets.get(reader) ?? []));
    }
    return true;
  }

  private findSets(): Map<Node, Node[]> {
    const sets = new Map<Node, Node[]>();
    for (const reader of this.plan.nodes)
      for (const input of reader.inputs) entry(sets, input, (): Node[] => []).push(reader);
    return sets;
  }
}
