import type { Taken } from "../../core/lowering.js";
import type { Node } from "../../core/node.js";
import { sizeOf, stridesOf } from "../../core/shape.js";
import { sizeOfNode, tensorOf } from "../../ops/kernels/location.js";
import type { Builder } from "../../program/builder.js";
import { registerOf } from "../../program/elements.js";
import type { Operand } from "../../program/types.js";
import {
  type Affine,
  addIndex,
  constantIndex,
  type Divided,
  type Held,
  heldUnknown,
  indicesOf,
  moveIndex,
  operandOf,
  scaleIndex,
  sumIndex,
} from "./affine.js";
import { combineAll } from "./fold.js";
import {
  decide,
  heldInside,
  insideOf,
  type PadPosition,
  throughPad,
  throughView,
} from "./shapes.js";

/** What one element of a node is computed from. */
export interface Reads {
  /** Elements of inputs; of a contraction, the two factors of each product one after another. */
  readonly inputs: readonly (readonly [Node, Affine])[];
  /** Where it depends which of them is read: conditions of all but the last, the first that holds decides. */
  readonly choices?: readonly PadPosition[];
  /** Of an iota: which index it is. */
  readonly index?: Affine;
  /** Of what takes slices: which it takes. */
  readonly place?: Held;
}

/**
 * What the element at `flat` reads. `held`: what is read here and there only is read at 0 elsewhere. Small axes that
 * are reduced or contracted are written out. `divided` is told too where counters decide what a concatenation reads.
 */
export function readsOf(node: Node, flat: Affine, divided?: Divided, held = false): Reads {
  const { lower } = node.primitive;
  const { params } = node;
  const [first] = node.inputs as [Node];
  if (lower.kind === "scalar") return { inputs: node.inputs.map((input) => [input, flat]) };
  if (lower.kind === "view") return { inputs: [[first, throughView(node, flat, divided)]] };
  const indices = indicesOf(flat, tensorOf(node).shape, divided);
  if (lower.kind === "reduce") {
    const folded = lower.axes(params);
    const from = tensorOf(first).shape;
    const strides = stridesOf(from);
    const kept = [...from.keys()].filter((axis) => !folded.includes(axis));
    const start = indexIn(from, kept, indices);
    const terms = offsets(
      from.flatMap((n, axis) => (folded.includes(axis) ? [[n, strides[axis] as number]] : [])),
    );
    return { inputs: terms.map(([at = 0]) => [first, moveIndex(start, at)]) };
  }
  if (lower.kind === "contraction") {
    const { batch, contract } = lower.axes(params);
    const factors = ([0, 1] as const).map((side) => {
      const input = node.inputs[side] as Node;
      const { shape } = tensorOf(input);
      const shared = batch.map((pair) => pair[side]);
      const summed = contract.map((pair) => pair[side]);
      const free = [...shape.keys()].filter((axis) => ![...shared, ...summed].includes(axis));
      const own = [...indices.slice(0, batch.length), ...indices.splice(batch.length, free.length)];
      const strides = stridesOf(shape);
      const steps = summed.map((axis) => [shape[axis], strides[axis]] as [number, number]);
      return { input, start: indexIn(shape, [...shared, ...free], own), steps };
    });
    const [x, y] = factors.map(({ steps }) => steps) as [[number, number][], [number, number][]];
    const terms = offsets(x.map(([length, stride], k) => [length, stride, y[k]?.[1] as number]));
    return {
      inputs: terms.flatMap((at) =>
        factors.map(({ input, start }, side) => [input, moveIndex(start, at[side] ?? 0)] as const),
      ),
    };
  }
  const inline = lower.kind === "kernel" ? lower.inline : undefined;
  if (inline?.kind === "iota") return { inputs: [], index: indices[inline.axis(params)] as Affine };
  if (inline?.kind === "concatenate") {
    const axis = inline.axis(params);
    const along = indices[axis] as Affine;
    const found: (readonly [Node, PadPosition])[] = [];
    let start = 0;
    for (const input of node.inputs) {
      const own = tensorOf(input).shape;
      const high = own[axis] as number;
      if (high === 0) continue;
      const index = moveIndex(along, -start);
      start += high;
      indices[axis] = index;
      const at = sumIndex(stridesOf(own), indices);
      const part: PadPosition = { flat: at, conditions: [{ index, high }] };
      const inside = decide(part);
      if (inside === true) return { inputs: [[input, at]] };
      if (inside === undefined) found.push([input, part]);
    }
    divided?.();
    return {
      inputs: found.map(([input, part]) => [
        input,
        held ? heldInside(part, sizeOfNode(input)) : part.flat,
      ]),
      choices: found.slice(0, -1).map(([, part]) => part),
    };
  }
  if (inline?.kind === "gather") {
    const { outer, indexed, places, slice } = takenBy(node) as Taken;
    const along = (of: readonly number[], from: number): Affine =>
      sumIndex(stridesOf(of), indices.slice(from));
    const count = sizeOf(indexed);
    const place = heldUnknown(0, count, along(places, outer.length));
    const row = addIndex(scaleIndex(along(outer, 0), count), { constant: 0, terms: [[place, 1]] });
    const start = scaleIndex(row, sizeOf(slice));
    return {
      inputs: [[first, addIndex(start, along(slice, outer.length + places.length))]],
      place,
    };
  }
  if (inline?.kind !== "pad") throw new Error(`no element of ${node.primitive.name}`);
  const pad = throughPad(node, inline, indices);
  const inside = decide(pad);
  const undecided = inside === undefined;
  const at = held && undecided ? heldInside(pad, sizeOfNode(first)) : pad.flat;
  const inputs: (readonly [Node, Affine])[] = [];
  if (inside !== false) inputs.push([first, at]);
  if (inside !== true) inputs.push([node.inputs[1] as Node, constantIndex(0)]);
  return undecided ? { inputs, choices: [pad] } : { inputs };
}

/** How many products each element of a contraction is the sum of; of others 1. */
export function productsOf({ primitive: { lower }, params, inputs }: Node): number {
  const { shape } = tensorOf(inputs[0] as Node);
  const pairs = lower.kind === "contraction" ? lower.axes(params).contract : [];
  return sizeOf(pairs.map(([axis]) => shape[axis] as number));
}

/** The axes of a node that takes slices of its first input, where each is easily told. */
export function takenBy({ primitive: { lower }, inputs, params }: Node): Taken | undefined {
  if (lower.kind !== "kernel" || lower.inline?.kind !== "gather") return undefined;
  return lower.inline.taken(inputs.map(tensorOf) as never, params);
}

/** The flat position in a tensor of `shape` of indices along some of its axes. */
function indexIn(
  shape: readonly number[],
  axes: readonly number[],
  indices: readonly Affine[],
): Affine {
  const strides = stridesOf(shape);
  return sumIndex(
    axes.map((axis) => strides[axis] as number),
    indices,
  );
}

/** Positions in row-major order of axes, each of some length and with strides in one tensor or in several. */
export function offsets(axes: readonly (readonly number[])[]): readonly (readonly number[])[] {
  let all: (readonly number[])[] = [[]];
  for (const [length, ...strides] of axes)
    all = all.flatMap((at) =>
      Array.from({ length: length as number }, (_, i) =>
        strides.map((stride, k) => (at[k] ?? 0) + i * stride),
      ),
    );
  return all;
}

/** An element that is no scalar operation, from the elements it reads. */
export function elementFrom(
  b: Builder,
  node: Node,
  { choices = [], index }: Pick<Reads, "choices" | "index">,
  args: readonly Operand[],
): Operand {
  const { lower } = node.primitive;
  const { dtype } = tensorOf(node);
  const type = registerOf(dtype);
  if (index !== undefined) {
    const at = operandOf(b, index);
    return at.kind === "constant" ? b.constant(type, at.value) : b.convert(at, type);
  }
  if (lower.kind === "reduce") return combineAll(b, lower.combine, dtype, args);
  if (lower.kind === "contraction") {
    let total: Operand | undefined;
    for (let i = 0; i < args.length; i += 2) {
      const product = b.mul(args[i] as Operand, args[i + 1] as Operand);
      total = total === undefined ? product : b.add(total, product);
    }
    return total ?? b.constant(type, 0);
  }
  return choices.reduceRight(
    (rest, part, k) => b.select(insideOf(b, part), args[k] as Operand, rest),
    args[choices.length] as Operand,
  );
}
