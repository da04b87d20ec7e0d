import { bind, bindTensor } from "../core/bind.js";
import { computeNow } from "../core/evaluate.js";
import { constant, constantNode } from "../core/leaves.js";
import type { Node, Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { type Shape, sameShape, sizeOf } from "../core/shape.js";
import { sameType, type TensorType } from "../core/type.js";
import { add, divide, multiply, negative, subtract } from "../ops/arithmetic.js";
import { castOp } from "../ops/cast.js";
import { logicalNot } from "../ops/logic.js";
import { maskOp, whereOp } from "../ops/select.js";
import { broadcastToOp, reshapeOp, transposeOp } from "../ops/shape.js";
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

/** The one number every element of a constant is, through broadcasts and reshapes. */
function splat(node: Node): number | undefined {
  let at = node;
  while (at.primitive === broadcastToOp || at.primitive === reshapeOp) at = left(at);
  if (at.primitive !== constant || at.type.kind !== "tensor" || sizeOf(at.type.shape) !== 1)
    return undefined;
  return (at as Tensor).data[0];
}

/** What a view shows. */
function shown(node: Node): Node {
  let at = node;
  while (at.primitive.lower.kind === "view") at = left(at);
  return at;
}

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
        node.inputs.every((input) => input.primitive !== constant && splat(input) !== undefined)
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
      const x = node.inputs[0] as Node;
      const y = node.inputs[1] as Node;
      const a = splat(x);
      const b = splat(y);
      if (a !== undefined || b !== undefined) {
        let result = a === 1 ? alike(y, node) : undefined;
        if (b === 1) result ??= alike(x, node);
        if (a === -1) result ??= alike(negative(y as Tensor), node);
        if (b === -1) result ??= alike(negative(x as Tensor), node);
        if (result !== undefined) return result;
      }
      return x.primitive === negative.op && y.primitive === negative.op
        ? swap(node, left(x), left(y), multiply.op)
        : undefined;
    },
  },
  {
    // x ÷ 1 = x
    on: divide.op,
    rewrite: (node) => (splat(right(node)) === 1 ? alike(left(node), node) : undefined),
  },
  {
    // x − 0 = x, x − (−y) = x + y
    on: subtract.op,
    rewrite: (node) => {
      const y = node.inputs[1] as Node;
      if (y.primitive === negative.op) return swap(node, left(node), left(y), add.op);
      return Object.is(splat(y), 0) ? alike(left(node), node) : undefined;
    },
  },
  {
    // −(−x) = x
    on: negative.op,
    rewrite: (node) => (left(node).primitive === negative.op ? left(left(node)) : undefined),
  },
  {
    // x + (−y) = x − y, (−x) + y = y − x
    on: add.op,
    rewrite: (node) => {
      const x = node.inputs[0] as Node;
      const y = node.inputs[1] as Node;
      if (y.primitive === negative.op) return swap(node, x, left(y), subtract.op);
      return x.primitive === negative.op ? swap(node, y, left(x), subtract.op) : undefined;
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
      const both = permutation.map((axis) => inner[axis] as number);
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
