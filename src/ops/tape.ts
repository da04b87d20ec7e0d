import { bind, bindTensor } from "../core/bind.js";
import type { Node, Tensor } from "../core/node.js";
import type { Axis, Primitive } from "../core/primitive.js";
import {
  type TapeType,
  type TapeValue,
  type TensorType,
  type Type,
  tensorType,
  type Value,
} from "../core/type.js";
import { type Zero, zero } from "../core/zero.js";
import { add } from "./arithmetic.js";
import { describe } from "./describe.js";
import { filled, placeBatchAxis } from "./shape.js";

/** Carries no derivative, and none is asked for. */
const inert = { kind: "linear", groups: () => [], transpose: (): Zero => zero } as const;

const emptyTapeOp: Primitive<{ type: TapeType }> = {
  name: "emptyTape",
  type: (_inputs, { type }) => type,
  evaluate: () => ({ entries: [] }),
  derivative: inert,
  batch: (_inputs, _axes, params) => ({ output: bind(emptyTapeOp, [], params), axes: [undefined] }),
  lower: { kind: "tape", gives: "empty" },
};

export const describedEmptyTape: Primitive = /* @__PURE__ */ describe(emptyTapeOp, {
  doc: "A tape of no steps: the zero of its type.",
  latex: () => "\\varnothing",
  domain: [],
});

const tapeLengthOp: Primitive<undefined> = {
  name: "tapeLength",
  type: () => tensorType([], "i32"),
  evaluate: (tapes) => {
    const values: readonly Value[] = tapes;
    const length = Math.max(...values.map((tape) => (tape as TapeValue).entries.length));
    return { shape: [], dtype: "i32", data: Int32Array.of(length) };
  },
  derivative: inert,
  batch: (tapes) => ({ output: tapeLength(tapes), axes: [undefined] }),
  lower: { kind: "tape", gives: "length" },
};

export const describedTapeLength: Primitive = /* @__PURE__ */ describe(tapeLengthOp, {
  doc: "The number of steps of the longest of several tapes, i32.",
  latex: (tapes) => `\\max_i |${[...tapes].join("|, |")}|`,
  domain: [],
});

export function tapeLength(tapes: readonly Node[]): Tensor {
  return bindTensor(tapeLengthOp, tapes, undefined);
}

/** The zero of a type. */
export function zerosOf(type: TensorType): Tensor;
export function zerosOf(type: Type): Node;
export function zerosOf(type: Type): Node {
  if (type.kind === "tape") return bind(emptyTapeOp, [], { type });
  const { shape, dtype } = type as TensorType;
  return filled(shape, 0, dtype);
}

/** A function of tensors applied to tensors, or to each step of tapes. */
export function entrywise(nodes: readonly Node[], f: (...tensors: Tensor[]) => Tensor): Node {
  const [{ type }] = nodes as readonly [Node];
  return type.kind === "tape" ? type.entrywise(nodes, f) : f(...(nodes as Tensor[]));
}

/** Sum of two tensors, or of two tapes. */
export function addNodes(a: Node, b: Node): Node {
  if (a.primitive === emptyTapeOp) return b;
  if (b.primitive === emptyTapeOp) return a;
  if (a.type.kind === "tensor") return add(a as Tensor, b as Tensor) as Tensor;
  return entrywise([a, b], (x, y) => add(x, y) as Tensor);
}

/** Batch axis in front of a tensor, or of every entry of a tape. */
export function laneFirst(node: Node, axis: Axis, size: number): Node {
  if (node.type.kind !== "tape") return placeBatchAxis(node as Tensor, axis, size);
  return axis === undefined
    ? entrywise([node], (entry) => placeBatchAxis(entry, undefined, size))
    : node;
}
