import { constant, elementIndex, project } from "../core/leaves.js";
import type { Node } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import { formatType } from "../core/type.js";
import { namesFor, type Printable } from "./print.js";

/** The graph in Graphviz' DOT language: inputs as boxes, operations as ellipses, outputs doubled. */
export function dotOf(graph: Printable): string {
  const names = namesFor(graph);
  const nodes = [...new Set([...graph.inputs, ...nodesBetween(graph.inputs, graph.outputs)])];
  const outputs = new Set(graph.outputs);
  const inputs = new Set(graph.inputs);
  const ids = new Map(nodes.map((node, i) => [node, `n${i}`]));
  const lines = ["digraph {", "  rankdir=LR;"];
  for (const node of nodes) {
    const shape = inputs.has(node) ? "box" : "ellipse";
    const peripheries = outputs.has(node) ? ", peripheries=2" : "";
    lines.push(
      `  ${ids.get(node)} [label=${quote(describe(node, names))}, shape=${shape}${peripheries}];`,
    );
  }
  for (const node of nodes) {
    if (inputs.has(node)) continue;
    for (const input of node.inputs) lines.push(`  ${ids.get(input)} -> ${ids.get(node)};`);
  }
  lines.push("}");
  return `${lines.join("\n")}\n`;
}

function describe(node: Node, names: ReadonlyMap<Node, string>): string {
  const name = names.get(node);
  if (node.primitive === constant)
    return name ?? String((node.value as { data: ArrayLike<number> }).data[0]);
  if (node.inputs.length === 0) return `${name}: ${formatType(node.type)}`;
  if (node.primitive === project) return `${name} = .${elementIndex(node)}`;
  return `${name} = ${node.primitive.name}\n${formatType(node.type)}`;
}

function quote(text: string): string {
  return `"${text.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n")}"`;
}
