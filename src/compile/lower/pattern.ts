import type { Node } from "../../core/node.js";
import { identityOf, paramsKey } from "../../core/params.js";
import { sizeOf } from "../../core/shape.js";
import { formatType } from "../../core/type.js";
import { takenBy } from "./reads.js";
import type { Group, Unit } from "./schedule.js";

/** So many nests alike, of so many elements, are worth a routine. */
const many = 3;
const large = 256;

/** What a loop nest computes, apart from which operands it computes it of. */
export interface Pattern {
  /** The same for nests that differ in their operands only. */
  readonly text: string;
  /** Operands, in the order in which the text names them. */
  readonly leaves: readonly Node[];
}

/** The patterns of those groups that have enough others like them. */
export function repeatedPatterns(
  units: readonly Unit[],
  isLeaf: (node: Node) => boolean,
): Map<Group, Pattern> {
  const found = new Map<Group, Pattern>();
  const counts = new Map<string, number>();
  for (let i = 0; i < units.length; i++) {
    const unit = units[i] as Unit;
    if (unit.kind !== "group" || sizeOf(unit.domain) < large) continue;
    const pattern = patternOf(unit, isLeaf);
    found.set(unit, pattern);
    counts.set(pattern.text, (counts.get(pattern.text) ?? 0) + 1);
  }
  for (const [group, { text }] of found) if ((counts.get(text) ?? 0) < many) found.delete(group);
  return found;
}

/** The pattern of a group, down to what `isLeaf` says; linear in the size of what it computes, without recursion. */
function patternOf({ domain, roots }: Group, isLeaf: (node: Node) => boolean): Pattern {
  const numbers = new Map<Node, number>();
  const leaves: Node[] = [];
  const members = new Set(roots);
  let text = domain.join();
  const stack: Node[] = [];
  for (const root of roots) {
    stack.push(root);
    for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
      if (numbers.has(node)) {
        stack.pop();
        continue;
      }
      if (!members.has(node) && isLeaf(node)) {
        stack.pop();
        numbers.set(node, numbers.size);
        leaves.push(node);
        text += `;${formatType(node.type)}`;
        continue;
      }
      const before = stack.length;
      for (let i = 0; i < node.inputs.length; i++) {
        const input = node.inputs[i] as Node;
        if (!numbers.has(input)) stack.push(input);
      }
      if (stack.length > before) continue;
      stack.pop();
      numbers.set(node, numbers.size);
      const inputs = node.inputs.map((input) => numbers.get(input));
      // places are found by the node
      if (takenBy(node) !== undefined) text += `;${node.id}`;
      const params = node.params === undefined ? "" : paramsKey(node.params);
      text += `;${identityOf(node.primitive)}(${inputs.join()})${params}${formatType(node.type)}`;
    }
    text += `>${numbers.get(root)}`;
  }
  return { text, leaves };
}
