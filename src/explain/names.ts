import type { Node } from "../core/node.js";

/** Letters for intermediate results, in the order the lecture uses them. */
const letters = ["u", "v", "h", "p", "q", "r", "s", "t", "w", "z"];

/**
 * A short unique name per node: its label if it has one, `f` for the output, letters then `n1`, `n2`, … for
 * the others.
 */
export function nameNodes(nodes: readonly Node[], output: Node): Map<Node, string> {
  const names = new Map<Node, string>();
  const used = new Set<string>();
  const claim = (node: Node, wanted: string): void => {
    let name = wanted;
    for (let i = 2; used.has(name); i++) name = `${wanted}_${i}`;
    used.add(name);
    names.set(node, name);
  };
  for (const node of nodes) if (node.label !== undefined) claim(node, node.label);
  if (!names.has(output)) claim(output, "f");
  const free = letters.filter((letter) => !used.has(letter));
  let next = 0;
  for (const node of nodes) {
    if (names.has(node)) continue;
    const letter = free[next++];
    claim(node, letter ?? `n${next - free.length}`);
  }
  return names;
}
