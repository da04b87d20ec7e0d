import type { ExplainedNode, Explanation } from "../explanation.js";
import { formatValue } from "../numbers.js";

/** The graph with values, gradients and local partials in Graphviz' DOT language. */
export function formatDot(explanation: Explanation): string {
  const index = new Map(explanation.nodes.map((node, i) => [node.id, `n${i}`]));
  const lines = [
    "digraph {",
    "  rankdir=LR;",
    '  node [shape=box, style=rounded, fontname="sans-serif"];',
  ];
  for (const node of explanation.nodes) {
    const border = node.id === explanation.output ? ", peripheries=2" : "";
    lines.push(`  ${index.get(node.id)} [label=${quote(labelOf(node))}${border}];`);
  }
  for (const edge of explanation.edges) {
    const label = edge.partial === null ? "" : formatValue(edge.partial);
    lines.push(`  ${index.get(edge.from)} -> ${index.get(edge.to)} [label=${quote(label)}];`);
  }
  return `${[...lines, "}"].join("\n")}\n`;
}

function labelOf(node: ExplainedNode): string {
  const head = node.kind === "input" ? node.id : `${node.id} = ${node.text}`;
  return `${head}\n${formatValue(node.value)}\n∂ ${formatValue(node.gradient)}`;
}

function quote(text: string): string {
  return `"${text.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n")}"`;
}
