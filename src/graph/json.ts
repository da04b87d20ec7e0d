import { Body } from "../core/body.js";
import { ValueError } from "../core/errors.js";
import { constant, parameter, project } from "../core/leaves.js";
import type { Node } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import type { TreeDefinition } from "../core/tree.js";
import { type ArrayValue, formatType, type Type } from "../core/type.js";
import type { Printable } from "./print.js";

/** A number as JSON holds it; what JSON has no number for is a string. */
export type NumberJSON = number | "NaN" | "Infinity" | "-Infinity" | "-0";

export interface NodeJSON {
  /** `parameter`, `constant`, `project` or the name of an operation. */
  readonly op: string;
  /** Indices of earlier nodes. */
  readonly inputs?: readonly number[];
  readonly params?: unknown;
  /** As printed: `f64[2, 3]`; `*` marks a weak number. */
  readonly type: string;
  readonly label?: string;
  /** Elements of a constant, row-major. */
  readonly data?: readonly NumberJSON[];
}

export interface BodyJSON {
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly nodes: readonly NodeJSON[];
}

/** A graph as JSON data. `inputTree` and `outputTree` hold the index of the leaf at each leaf. */
export interface GraphJSON extends BodyJSON {
  readonly format: "cotangent/graph";
  readonly version: 1;
  readonly inputTree: unknown;
  readonly outputTree: unknown;
}

/** Throws ValueError for operations that hold JavaScript functions: their rules cannot be written down. */
export function toJSON(
  graph: Printable & { readonly inputTree: TreeDefinition; readonly outputTree: TreeDefinition },
): GraphJSON {
  return {
    format: "cotangent/graph",
    version: 1,
    inputTree: treeOf(graph.inputTree),
    outputTree: treeOf(graph.outputTree),
    ...bodyToJSON(graph),
  };
}

function treeOf(definition: TreeDefinition): unknown {
  return definition.unflatten(Array.from({ length: definition.size }, (_, i) => i));
}

function bodyToJSON(graph: Printable): BodyJSON {
  const nodes = [...new Set([...graph.inputs, ...nodesBetween(graph.inputs, graph.outputs)])];
  const index = new Map(nodes.map((node, i) => [node, i]));
  const at = (node: Node): number => index.get(node) as number;
  return {
    inputs: graph.inputs.map(at),
    outputs: graph.outputs.map(at),
    nodes: nodes.map((node) => nodeToJSON(node, at)),
  };
}

function nodeToJSON(node: Node, at: (node: Node) => number): NodeJSON {
  const type = formatType(node.type as Type);
  const label = node.label === undefined ? {} : { label: node.label };
  if (node.primitive === parameter) return { op: "parameter", type, ...label };
  if (node.primitive === constant) {
    if (node.type.kind !== "tensor") {
      throw new ValueError("toJSON", {
        expected: "constants that are tensors",
        received: `what a loop kept of its steps (${type}), in a pullback made outside the graph`,
        fix: "trace the function together with its derivative",
      });
    }
    const data = Array.from((node.value as ArrayValue).data, encodeNumber);
    return { op: "constant", type, data, ...label };
  }
  const op = node.primitive === project ? "project" : node.primitive.name;
  const params = node.params === undefined ? {} : { params: encodeParams(node.params, op) };
  return { op, inputs: node.inputs.map(at), ...params, type, ...label };
}

function encodeNumber(value: number): NumberJSON {
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? value : (String(value) as NumberJSON);
}

/** Plain data; `{ $number }` for numbers JSON lacks, `{ $body }` for graphs. */
function encodeParams(value: unknown, op: string): unknown {
  if (typeof value === "number") {
    const encoded = encodeNumber(value);
    return typeof encoded === "string" ? { $number: encoded } : encoded;
  }
  if (
    typeof value === "string" ||
    typeof value === "boolean" ||
    value === null ||
    value === undefined
  )
    return value;
  if (value instanceof Body) return { $body: bodyToJSON(value) };
  if (Array.isArray(value)) return value.map((item) => encodeParams(item, op));
  if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, encodeParams(item, op)]),
    );
  }
  throw new ValueError("toJSON", {
    expected: "operations whose parameters are data",
    received: `${op}, which holds a JavaScript function`,
    fix: "write the function without customJvp, customVjp and the like, or keep the graph in memory",
  });
}
