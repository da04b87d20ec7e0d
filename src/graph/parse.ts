import { tapeOf } from "../control/scan.js";
import { bind, parameterNode } from "../core/bind.js";
import { Body } from "../core/body.js";
import { allocate, type DType, isDType } from "../core/dtype.js";
import { CotangentError, ValueError } from "../core/errors.js";
import { constantNode, project } from "../core/leaves.js";
import type { Node, Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { sizeOf } from "../core/shape.js";
import { type Trace, withTrace } from "../core/trace.js";
import { flatten, type TreeDefinition } from "../core/tree.js";
import { formatType, type TapeType, type TensorType, type Type, tensorType } from "../core/type.js";
import { Graph } from "./graph.js";
import type { BodyJSON, GraphJSON, NodeJSON } from "./json.js";

/** Elements a file may ask to allocate for one constant; more is taken for damage. */
const largestConstant = 2 ** 28;

/**
 * Reads a graph that `toJSON` wrote. `operations` are those it may use (`operations` from `cotangent`,
 * and your own): nothing is looked up elsewhere. Every field is checked: throws ValueError naming the place for
 * anything unexpected, an unknown operation, a wrong type.
 */
export function fromJSON(
  json: string | GraphJSON,
  options: { readonly operations: readonly Primitive[] },
): Graph {
  try {
    return readGraph(typeof json === "string" ? parseText(json) : json, options.operations);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ValueError("fromJSON", {
      expected: "parameters and trees nested a few levels",
      received: "a far deeper file",
    });
  }
}

function readGraph(data: unknown, operations: readonly Primitive[]): Graph {
  const fields = record(data, "graph");
  if (fields.format !== "cotangent/graph" || fields.version !== 1) {
    throw damaged(
      "graph",
      'format "cotangent/graph", version 1',
      `${show(fields.format)}, ${show(fields.version)}`,
    );
  }
  const known = new Map(operations.map((primitive) => [primitive.name, primitive]));
  return withTrace("fromJSON", (trace) => {
    const body = readBody(fields, "graph", known, trace);
    return new Graph({
      inputs: body.inputs as Tensor[],
      outputs: body.outputs as Tensor[],
      inputTree: readTree(fields.inputTree, body.inputs.length, "inputTree"),
      outputTree: readTree(fields.outputTree, body.outputs.length, "outputTree"),
      trace,
    });
  });
}

type Known = ReadonlyMap<string, Primitive>;

function readBody(value: unknown, path: string, known: Known, trace: Trace): Body {
  const fields = record(value, path) as unknown as BodyJSON;
  const nodes: Node[] = [];
  list(fields.nodes, `${path}.nodes`).forEach((item, i) => {
    nodes.push(
      readNode(
        record(item, `${path}.nodes[${i}]`) as unknown as NodeJSON,
        `${path}.nodes[${i}]`,
        nodes,
        known,
        trace,
      ),
    );
  });
  const pick = (name: "inputs" | "outputs"): Node[] =>
    list(fields[name], `${path}.${name}`).map((at, i) =>
      nodeAt(at, nodes, `${path}.${name}[${i}]`),
    );
  const inputs = pick("inputs");
  const outputs = pick("outputs");
  if (
    new Set(inputs).size !== inputs.length ||
    inputs.some((node) => node.primitive.name !== "parameter")
  ) {
    throw damaged(`${path}.inputs`, "distinct parameters", "others");
  }
  return new Body(inputs, outputs);
}

function readNode(
  node: NodeJSON,
  path: string,
  earlier: readonly Node[],
  known: Known,
  trace: Trace,
): Node {
  const type = readType(node.type, `${path}.type`);
  const result = makeNode(node, path, type, earlier, known, trace);
  if (formatType(result.type) !== node.type)
    throw damaged(`${path}.type`, formatType(result.type), node.type);
  if (node.label !== undefined) {
    if (typeof node.label !== "string")
      throw damaged(`${path}.label`, "a string", show(node.label));
    result.label ??= node.label;
  }
  return result;
}

function makeNode(
  node: NodeJSON,
  path: string,
  type: Type,
  earlier: readonly Node[],
  known: Known,
  trace: Trace,
): Node {
  if (node.op === "parameter") return parameterNode(type, trace);
  if (node.op === "constant") return readConstant(node, path, type);
  const primitive = node.op === "project" ? project : known.get(node.op);
  if (primitive === undefined) {
    throw new ValueError("fromJSON", {
      expected: "operations given in `operations`",
      received: `${show(node.op)} at ${path}`,
      fix: "pass { operations: [...operations, yourOperation] }",
    });
  }
  const inputs = list(node.inputs, `${path}.inputs`).map((at, i) =>
    nodeAt(at, earlier, `${path}.inputs[${i}]`),
  );
  const params = decodeParams(node.params, `${path}.params`, known, trace);
  if (primitive === project && !isIndexInto(inputs[0], params))
    throw damaged(path, "an index into a tuple", show(params));
  try {
    return bind(primitive, inputs, params);
  } catch (error) {
    const why = error instanceof CotangentError ? error.message : String(error);
    throw damaged(path, `inputs and parameters that ${node.op} accepts`, why);
  }
}

function isIndexInto(tuple: Node | undefined, params: unknown): boolean {
  const index = (params as { index?: unknown } | undefined)?.index;
  return (
    tuple?.type.kind === "tuple" &&
    Number.isInteger(index) &&
    tuple.type.elements[index as number] !== undefined
  );
}

function readConstant(node: NodeJSON, path: string, type: Type): Node {
  if (type.kind !== "tensor") throw damaged(`${path}.type`, "a tensor type", show(node.type));
  const items = list(node.data, `${path}.data`);
  const size = sizeOf(type.shape);
  if (items.length !== size || size > largestConstant) {
    throw damaged(`${path}.data`, `${size} elements`, String(items.length));
  }
  const data = allocate(type.dtype, size);
  items.forEach((item, i) => {
    data[i] = readNumber(item, `${path}.data[${i}]`);
  });
  return constantNode(type, { shape: type.shape, dtype: type.dtype, data });
}

function readNumber(value: unknown, path: string): number {
  if (typeof value === "number") return value;
  if (value === "NaN" || value === "Infinity" || value === "-Infinity" || value === "-0")
    return Number(value);
  throw damaged(path, 'a number, "NaN", "Infinity", "-Infinity" or "-0"', show(value));
}

function decodeParams(value: unknown, path: string, known: Known, trace: Trace): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value))
    return value.map((item, i) => decodeParams(item, `${path}[${i}]`, known, trace));
  const fields = value as Record<string, unknown>;
  if ("$number" in fields) return readNumber(fields.$number, path);
  if ("$body" in fields) return readBody(fields.$body, path, known, trace);
  return Object.fromEntries(
    Object.entries(fields).map(([key, item]) => [
      key,
      decodeParams(item, `${path}.${key}`, known, trace),
    ]),
  );
}

/** Types as `formatType` prints them. */
function readType(text: unknown, path: string): Type {
  if (typeof text !== "string") throw damaged(path, "a type such as f64[2, 3]", show(text));
  const tape = /^tape<(.*)>$/.exec(text)?.[1];
  if (tape !== undefined) return tapeOf(readTensorType(tape, path));
  if (text.startsWith("(") && text.endsWith(")")) {
    const inner = text.slice(1, -1);
    const parts = inner === "" ? [] : inner.split(/, (?=(?:tape<)?(?:f64|f32|i32|u32|bool))/);
    return {
      kind: "tuple",
      elements: parts.map((part) => readType(part, path) as TensorType | TapeType),
    };
  }
  return readTensorType(text, path);
}

function readTensorType(text: string, path: string): TensorType {
  const match = /^([a-z]+\d*)(\*?)(?:\[(\d+(?:, \d+)*)\])?$/.exec(text);
  if (match === null || !isDType(match[1]))
    throw damaged(path, "a type such as f64[2, 3]", show(text));
  const shape = match[3] === undefined ? [] : match[3].split(", ").map(Number);
  return tensorType(shape, match[1] as DType, match[2] === "*");
}

/** A tree whose leaves are their own positions. */
function readTree(value: unknown, size: number, path: string): TreeDefinition {
  const { leaves, definition } = flatten(value, "fromJSON");
  if (leaves.length !== size || leaves.some((leaf, i) => leaf !== i)) {
    throw damaged(path, `a tree of the leaves 0 to ${size - 1}`, show(value));
  }
  return definition;
}

function nodeAt(at: unknown, nodes: readonly Node[], path: string): Node {
  const node = Number.isInteger(at) ? nodes[at as number] : undefined;
  if (node === undefined)
    throw damaged(path, `an index of an earlier node (0 to ${nodes.length - 1})`, show(at));
  return node;
}

function record(value: unknown, path: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw damaged(path, "an object", show(value));
}

function list(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw damaged(path, "an array", show(value));
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ValueError("fromJSON", { expected: "JSON text", received: (error as Error).message });
  }
}

function damaged(path: string, expected: string, received: string): ValueError {
  return new ValueError("fromJSON", { expected: `${expected} at ${path}`, received });
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
