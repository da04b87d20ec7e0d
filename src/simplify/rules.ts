import { bind, bindTensor } from "../core/bind.js";
import { computeNow } from "../core/evaluate.js";
import { constant, constantNode } from "../core/leaves.js";
import type { Node, Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { atAxes, type Shape, sameShape, sizeOf } from "../core/shape.js";
import { sameType, type TensorType } from "../core/type.js";
import { add, divide, multiply, negative, subtract } from "../ops/arithmetic.js";
import { castOp } from "../ops/cast.js";
import { logicalNot } from "../ops/logic.js";
import { maskOp, whereOp } from "../ops/select.js";
import { broadcastToOp, reshapeOp, soleNumber, transposeOp } from "../ops/shape.js";
import type { Rule } from "./rewrite.js";

/** Constants of at most this many elements are folded. */
const foldable = 64;

const left = (node: Node): Node => node.inputs[0] as Node;
const right = (node: Node): Node => node.inputs[1] as Node;

/** `x` if it has the very type of `node` (a weak number does not stand for a strong one). */
const alike = (x: Node, node: Node): Node | undefined =>
  sameType(x.type, node.type) && (x.type as TensorType).weak === (node.type as TensorType).weak
    ? x
    : undefined;

/** What a view shows. */
function shown(node: Node): Node {
  let at = node;
  while (at.primitive.lower.kind === "view") at = left(at);
  return at;
}

/** x of −x. */
const negated = (node: Node): Node | undefined =>
  node.primitive === negative.op ? left(node) : undefined;

/** factor · x for the factors 1 and −1. */
const scaled = (factor: number | undefined, x: Node, node: Node): Node | undefined => {
  if (factor === 1) return alike(x, node);
  return factor === -1 ? alike(negative(x as Tensor), node) : undefined;
};

const swap = (node: Node, a: Node, b: Node, primitive: Primitive): Node | undefined =>
  alike(bind(primitive, [a, b], undefined), node);

/** A view of a view is one view, and none where the shape stays: for those that only say the shape to come to. */
const toShape = (node: Node): Node | undefined => {
  const [x] = node.inputs as [Tensor];
  const { shape } = node.params as { shape: Shape };
  if (sameShape(x.shape, shape)) return x;
  return x.primitive === node.primitive ? bind(x.primitive, x.inputs, { shape }) : undefined;
};

/** The laws, each exact in IEEE arithmetic: x + 0 is missing because −0 + 0 = 0, 0·x because of ∞ and NaN. */
export const rules: readonly Rule[] = [
  {
    // f(constants) = constant, except views: a repeated number stays one number
    rewrite: (node) => {
      if (node.inputs.length === 0) return undefined;
      if (node.primitive.lower.kind === "view" || node.type.kind !== "tensor") return undefined;
      if (
        sizeOf(node.type.shape) > foldable ||
        !node.inputs.every((input) => shown(input).primitive === constant) ||
        node.inputs.every(
          (input) => input.primitive !== constant && soleNumber(input) !== undefined,
        )
      )
        return undefined;
      computeNow([node]);
      return constantNode(node.type, node.value as never);
    },
  },
  {
    // 1 · x = x · 1 = x, (−1) · x = x · (−1) = −x, (−x) · (−y) = x · y
    on: multiply.op,
    rewrite: (node) => {
      const [x, y] = [left(node), right(node)];
      const result = scaled(soleNumber(x), y, node) ?? scaled(soleNumber(y), x, node);
      if (result !== undefined) return result;
      const [a, b] = [negated(x), negated(y)];
      return a && b ? swap(node, a, b, multiply.op) : undefined;
    },
  },
  {
    // x ÷ 1 = x
    on: divide.op,
    rewrite: (node) => (soleNumber(right(node)) === 1 ? alike(left(node), node) : undefined),
  },
  {
    // x − 0 = x, x − (−y) = x + y
    on: subtract.op,
    rewrite: (node) => {
      const y = negated(right(node));
      if (y !== undefined) return swap(node, left(node), y, add.op);
      return Object.is(soleNumber(right(node)), 0) ? alike(left(node), node) : undefined;
    },
  },
  {
    // −(−x) = x
    on: negative.op,
    rewrite: (node) => negated(left(node)),
  },
  {
    // x + (−y) = x − y, (−x) + y = y − x
    on: add.op,
    rewrite: (node) => {
      const [x, y] = [left(node), right(node)];
      const [a, b] = [negated(x), negated(y)];
      if (b !== undefined) return swap(node, x, b, subtract.op);
      return a && swap(node, y, a, subtract.op);
    },
  },
  {
    // cast(x) = x at the same dtype
    on: castOp,
    rewrite: (node) => alike(left(node), node),
  },
  {
    // reshape(reshape(x)) = reshape(x), and x at its own shape
    on: reshapeOp,
    rewrite: toShape,
  },
  {
    // transpose(transpose(x)) = transpose(x), and x in its own order
    on: transposeOp,
    rewrite: (node) => {
      const { permutation } = node.params as { permutation: readonly number[] };
      if (permutation.every((axis, i) => axis === i)) return left(node);
      if (left(node).primitive !== transposeOp) return undefined;
      const inner = (left(node).params as { permutation: readonly number[] }).permutation;
      const both = atAxes(inner, permutation);
      return bindTensor(transposeOp, [left(left(node))], { permutation: both });
    },
  },
  {
    // broadcastTo(broadcastTo(x)) = broadcastTo(x), and x at its own shape
    on: broadcastToOp,
    rewrite: toShape,
  },
  {
    // [c][c] x = [c] x
    on: maskOp,
    rewrite: (node) =>
      right(node).primitive === maskOp && left(right(node)) === left(node)
        ? right(node)
        : undefined,
  },
  {
    // where(c, x, x) = x
    on: whereOp,
    rewrite: (node) => (node.inputs[1] === node.inputs[2] ? alike(right(node), node) : undefined),
  },
  {
    // ¬¬x = x
    on: logicalNot.op,
    rewrite: (node) => (left(node).primitive === logicalNot.op ? left(left(node)) : undefined),
  },
];
