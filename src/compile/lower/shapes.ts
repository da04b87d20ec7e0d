import type { Inline } from "../../core/lowering.js";
import type { Node } from "../../core/node.js";
import { stridesOf } from "../../core/shape.js";
import type { TensorType } from "../../core/type.js";
import { sizeOfNode, tensorOf } from "../../ops/kernels/location.js";
import type { Builder } from "../../program/builder.js";
import type { Operand } from "../../program/types.js";
import {
  type Affine,
  boundsOf,
  constantIndex,
  type Divided,
  indicesOf,
  isWithin,
  moveIndex,
  operandOf,
  sumIndex,
  unknownIndex,
  unplacedUnknown,
} from "./affine.js";

/** Where a view reads its input: both positions count elements of dense tensors. */
export function throughView(node: Node, flat: Affine, divided?: Divided): Affine {
  const { offset, strides, shape, isDense } = viewOf(node) as NonNullable<
    ReturnType<typeof viewOf>
  >;
  if (isDense) return moveIndex(flat, offset);
  if (strides.every((stride) => stride === 0)) return constantIndex(offset);
  return sumIndex(strides, indicesOf(flat, shape, divided), offset);
}

/** How a view shows its input; undefined of other operations. */
function viewOf({ primitive: { lower }, inputs, params, type }: Node) {
  if (lower.kind !== "view") return undefined;
  const output = type as TensorType;
  const { shape } = output;
  const { offset, strides } = lower.map(inputs.map(tensorOf) as never, params, output);
  const dense = stridesOf(shape);
  const isDense = shape.every((n, axis) => n === 1 || strides[axis] === dense[axis]);
  return { offset, strides, shape, isDense };
}

/** How far behind the first element a view begins that shows elements in their order, without gaps. */
export function startOf(node: Node): number | undefined {
  const view = viewOf(node);
  return view?.isDense === true ? view.offset : undefined;
}

/** What views show in the end, and where: of `node` and what it shows, those that `isView` says. */
export function throughViews(
  node: Node,
  flat: Affine,
  isView: (node: Node) => boolean,
  divided?: Divided,
): readonly [Node, Affine] {
  let from = node;
  let at = flat;
  while (isView(from)) {
    at = throughView(from, at, divided);
    from = from.inputs[0] as Node;
  }
  return [from, at];
}

/** Whether a view gives some element of its input more than once. */
export function repeats(node: Node): boolean {
  return sizeOfNode(node) > sizeOfNode(node.inputs[0] as Node);
}

export interface PadPosition {
  /** Where in the input, and what must hold: low ≤ index < high. */
  readonly flat: Affine;
  readonly conditions: readonly { readonly index: Affine; readonly high: number }[];
}

/** Where a pad without interior reads its input for the element at some index along each axis. */
export function throughPad(
  node: Node,
  pad: Extract<Inline<unknown>, { kind: "pad" }>,
  at: readonly Affine[],
): PadPosition {
  const low = pad.low(node.params);
  const from = tensorOf(node.inputs[0] as Node).shape;
  const indices = at.map((index, axis) => moveIndex(index, -(low[axis] as number)));
  const conditions = indices
    .map((index, axis) => ({ index, high: from[axis] as number }))
    .filter(({ index, high }) => !isWithin(index, high));
  return { flat: sumIndex(stridesOf(from), indices), conditions };
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
    if (least < 0) and(b.compare("ge", at, 0));
    if (most >= high) and(b.compare("lt", at, high));
  }
  return inside as Operand;
}

/** The position in the input, and 0 where the input is not read: memory ends somewhere. */
export function heldInside(pad: PadPosition, size: number): Affine {
  if (isWithin(pad.flat, size)) return pad.flat;
  if (size <= 1) return constantIndex(0);
  return unknownIndex({
    ...unplacedUnknown(0, size),
    operand: (b) => b.select(insideOf(b, pad), operandOf(b, pad.flat), 0),
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
