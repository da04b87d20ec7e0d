import { Body } from "../core/body.js";
import { constant, elementIndex, project } from "../core/leaves.js";
import type { Node, Tensor } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import { type ArrayValue, formatType, type TapeValue } from "../core/type.js";

/** The parts of a graph that printing needs. */
export interface Printable {
  readonly inputs: readonly Node[];
  readonly outputs: readonly Node[];
}

/**
 * A graph as a program: inputs with types, one operation a line, bodies of control flow indented below the
 * operation that holds them.
 *
 *     (a: f64, e: f64) {
 *       u: f64 = add(a, e)
 *       return u
 *     }
 */
export function printGraph(graph: Printable): string {
  return block(graph, "").join("\n");
}

function block(graph: Printable, indent: string): string[] {
  const names = namesFor(graph);
  const of = (node: Node): string => names.get(node) ?? inlineConstant(node);
  const inputs = graph.inputs.map((input) => `${of(input)}: ${formatType(input.type)}`).join(", ");
  const lines = [`(${inputs}) {`];
  for (const node of nodesBetween(graph.inputs, graph.outputs)) {
    const name = names.get(node);
    if (name === undefined) continue;
    lines.push(`${indent}  ${name}: ${formatType(node.type)} = ${application(node, of)}`);
    for (const [key, body] of bodiesOf(node.params)) {
      const [first, ...rest] = block(body, `${indent}    `);
      lines.push(`${indent}    ${key} ${first}`, ...rest);
    }
  }
  lines.push(`${indent}  return ${graph.outputs.map(of).join(", ")}`, `${indent}}`);
  return lines;
}

function application(node: Node, of: (node: Node) => string): string {
  if (node.primitive === constant) return `constant ${formatData(node)}`;
  if (node.primitive === project) return `${of(node.inputs[0] as Node)}.${elementIndex(node)}`;
  const params = formatParams(node.params);
  return `${node.primitive.name}(${[...node.inputs.map(of), ...params].join(", ")})`;
}

function formatParams(params: unknown): string[] {
  if (params === undefined || params === null) return [];
  return Object.entries(params as Record<string, unknown>).flatMap(([key, value]) => {
    if (value === undefined || value === null || holdsMore(value)) return [];
    return [`${key}=${formatParam(value)}`];
  });
}

/** Whether a parameter holds graphs or functions, which do not stand among the arguments. */
function holdsMore(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsMore);
  if (Object.getPrototypeOf(value) !== Object.prototype) return true;
  return Object.values(value).some((item) => typeof item === "function" || holdsMore(item));
}

function formatParam(value: unknown): string {
  if (typeof value === "function") return value.name === "" ? "function" : value.name;
  if (typeof value === "number") return String(value);
  return JSON.stringify(value) ?? String(value);
}

/** The bodies among the parameters of an operation, with their names. */
function bodiesOf(params: unknown): [string, Body][] {
  if (typeof params !== "object" || params === null) return [];
  return Object.entries(params).flatMap(([key, value]): [string, Body][] => {
    if (value instanceof Body) return [[key, value]];
    if (!Array.isArray(value)) return [];
    return value.flatMap((item, i): [string, Body][] =>
      item instanceof Body ? [[`${key}[${i}]`, item]] : [],
    );
  });
}

/** A name for every node but scalar constants: labels where they are unique, letters and numbers otherwise. */
export function namesFor(graph: Printable): Map<Node, string> {
  const names = new Map<Node, string>();
  const used = new Set<string>();
  const nodes = [...new Set([...graph.inputs, ...nodesBetween(graph.inputs, graph.outputs)])];
  const claim = (node: Node, wanted: string): void => {
    let name = wanted;
    for (let i = 1; used.has(name); i++) name = `${wanted}_${i}`;
    used.add(name);
    names.set(node, name);
  };
  for (const node of nodes) if (node.label !== undefined) claim(node, node.label);
  let next = 0;
  for (const node of nodes) {
    if (names.has(node) || isInline(node)) continue;
    while (used.has(`v${next}`)) next++;
    claim(node, `v${next}`);
  }
  return names;
}

function isInline(node: Node): boolean {
  return node.primitive === constant && node.type.kind === "tensor" && node.type.shape.length === 0;
}

function inlineConstant(node: Node): string {
  const { dtype, weak } = (node as Tensor).type;
  const text = formatData(node);
  return dtype === "f64" || weak ? text : `${text}:${dtype}`;
}

function formatData(node: Node): string {
  if (node.type.kind === "tape") return `of ${(node.value as TapeValue).entries.length} steps`;
  const { data, shape, dtype } = node.value as ArrayValue;
  const items = Array.from(data.subarray(0, 6), (value) =>
    dtype === "bool" ? String(value !== 0) : Object.is(value, -0) ? "-0" : String(value),
  );
  if (shape.length === 0) return items[0] as string;
  return `[${items.join(", ")}${data.length > 6 ? ", …" : ""}]`;
}
