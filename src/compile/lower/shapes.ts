import type { Node } from "../../core/node.js";
import { sizeOf, stridesOf } from "../../core/shape.js";
import { tensorOf } from "../../ops/kernels/location.js";
import { type Builder, freshId } from "../../program/builder.js";
import type { Operand } from "../../program/types.js";
import {
  type Affine,
  addIndex,
  boundsOf,
  constantIndex,
  type Divided,
  indicesOf,
  operandOf,
  scaleIndex,
  unknownIndex,
} from "./affine.js";

/** Where a view reads its input: both positions count elements of dense tensors. */
export function throughView(node: Node, flat: Affine, divided?: Divided): Affine {
  const { lower } = node.primitive;
  if (lower.kind !== "view") throw new Error(`${node.primitive.name} is no view`);
  const output = tensorOf(node);
  const { offset, strides } = lower.map(
    node.inputs.map((input) => input.type) as never,
    node.params,
    output,
  );
  if (isDense(output.shape, strides)) return addIndex(flat, constantIndex(offset));
  if (strides.every((stride) => stride === 0)) return constantIndex(offset);
  return indicesOf(flat, output.shape, divided).reduce(
    (total, index, axis) => addIndex(total, scaleIndex(index, strides[axis] as number)),
    constantIndex(offset),
  );
}

function isDense(shape: readonly number[], strides: readonly number[]): boolean {
  const dense = stridesOf(shape);
  return shape.every((n, axis) => n === 1 || strides[axis] === dense[axis]);
}

/** How far behind the first element a view begins that shows elements in their order, without gaps. */
export function startOf(node: Node): number | undefined {
  const { lower } = node.primitive;
  if (lower.kind !== "view") return undefined;
  const output = tensorOf(node);
  const types = node.inputs.map((input) => input.type);
  const { offset, strides } = lower.map(types as never, node.params, output);
  return isDense(output.shape, strides) ? offset : undefined;
}

/** Whether a view gives some element of its input more than once. */
export function repeats(node: Node): boolean {
  return sizeOf(tensorOf(node).shape) > sizeOf(tensorOf(node.inputs[0] as Node).shape);
}

export interface PadPosition {
  /** Where in the input, and what must hold: low ≤ index < high. */
  readonly flat: Affine;
  readonly conditions: readonly { readonly index: Affine; readonly high: number }[];
}

/** Where a pad without interior reads its input. */
export function throughPad(node: Node, flat: Affine, divided?: Divided): PadPosition {
  const { lower } = node.primitive;
  if (lower.kind !== "kernel" || lower.inline?.kind !== "pad") throw new Error("no pad");
  const low = lower.inline.low(node.params);
  const from = tensorOf(node.inputs[0] as Node).shape;
  const strides = stridesOf(from);
  const conditions: { index: Affine; high: number }[] = [];
  let at = constantIndex(0);
  indicesOf(flat, tensorOf(node).shape, divided).forEach((index, axis) => {
    const moved = addIndex(index, constantIndex(-(low[axis] as number)));
    const length = from[axis] as number;
    const [least, most] = boundsOf(moved);
    if (least < 0 || most >= length) conditions.push({ index: moved, high: length });
    at = addIndex(at, scaleIndex(moved, strides[axis] as number));
  });
  return { flat: at, conditions };
}

/** Whether the input is read, where that depends: a bool. */
export function insideOf(b: Builder, { conditions }: PadPosition): Operand {
  let inside: Operand | undefined;
  const and = (condition: Operand): void => {
    inside = inside === undefined ? condition : b.and(inside, condition);
  };
  for (const { index, high } of conditions) {
    const [least, most] = boundsOf(index);
    const at = operandOf(b, index);
    if (least < 0) and(b.compare("ge", at, b.i32(0)));
    if (most >= high) and(b.compare("lt", at, b.i32(high)));
  }
  return inside as Operand;
}

/** The position in the input, and 0 where the input is not read: memory ends somewhere. */
export function heldInside(pad: PadPosition, size: number): Affine {
  const [least, most] = boundsOf(pad.flat);
  if (least >= 0 && most < size) return pad.flat;
  if (size <= 1) return constantIndex(0);
  return unknownIndex({
    id: freshId(),
    low: 0,
    high: size,
    operand: (b) => b.select(insideOf(b, pad), operandOf(b, pad.flat), b.i32(0)),
    from: [pad.flat, ...pad.conditions.map(({ index }) => index)],
  });
}

/** Whether conditions hold for all counters, for none, or it depends. */
export function decide({ conditions }: PadPosition): boolean | undefined {
  let all = true;
  for (const { index, high } of conditions) {
    const [least, most] = boundsOf(index);
    if (most < 0 || least >= high) return false;
    if (least < 0 || most >= high) all = false;
  }
  return all ? true : undefined;
}
