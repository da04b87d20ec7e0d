import { bind, bindTensor } from "../core/bind.js";
import type { Node, Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { type TapeType, type TapeValue, tensorType, type Value } from "../core/type.js";
import { type Zero, zero } from "../core/zero.js";
import { add } from "../ops/arithmetic.js";
import { describe } from "../ops/describe.js";
import { entrywise } from "../ops/tape.js";
import { emitEmpty, emitLength } from "./emit/tapes.js";

/** Carries no derivative, and none is asked for. */
const inert = { kind: "linear", groups: () => [], transpose: (): Zero => zero } as const;

const emptyTapeOp: Primitive<{ type: TapeType }> = {
  name: "emptyTape",
  type: (_inputs, { type }) => type,
  evaluate: () => ({ entries: [] }),
  derivative: inert,
  batch: (_inputs, _axes, params) => ({ output: bind(emptyTapeOp, [], params), axes: [undefined] }),
  lower: { kind: "tape", emit: emitEmpty },
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
  lower: { kind: "tape", emit: emitLength },
};

export const describedTapeLength: Primitive = /* @__PURE__ */ describe(tapeLengthOp, {
  doc: "The number of steps of the longest of several tapes, i32.",
  latex: (tapes) => `\\max_i |${[...tapes].join("|, |")}|`,
  domain: [],
});

export function tapeLength(tapes: readonly Node[]): Tensor {
  return bindTensor(tapeLengthOp, tapes, undefined);
}

/** The tape of no steps. */
export function emptyTape(type: TapeType): Node {
  return bind(emptyTapeOp, [], { type });
}

export function addTapes(a: Node, b: Node): Node {
  if (a.primitive === emptyTapeOp) return b;
  if (b.primitive === emptyTapeOp) return a;
  return entrywise([a, b], (x, y) => add(x, y) as Tensor);
}
