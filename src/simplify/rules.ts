import { bind, bindTensor } from "../core/bind.js";
import { computeNow } from "../core/evaluate.js";
import { constant, constantNode, scalarConstant } from "../core/leaves.js";
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
const is = (node: Node, primitive: Primitive): boolean => node.primitive === primitive;

/** `x` if it has the very type of `node` (a weak number does not stand for a strong one). */
const alike = (x: Node, node: Node): Node | undefined =>
  sameType(x.type, node.type) && (x.type as TensorType).weak === (node.type as TensorType).weak
    ? x
    : undefined;

/** The one number every element of a constant is, through broadcasts and reshapes. */
function splat(node: Node): number | undefined {
  let at = node;
  while (is(at, broadcastToOp) || is(at, reshapeOp)) at = left(at);
  return at.primitive === constant && at.type.kind === "tensor" && sizeOf(at.type.shape) === 1
    ? (at as Tensor).data[0]
    : scalarConstant(at);
}

const swap = (node: Node, a: Node, b: Node, primitive: Primitive): Node | undefined =>
  alike(bind(primitive, [a, b], undefined), node);

/** The laws, each exact in IEEE arithmetic: x + 0 is missing because −0 + 0 = 0, 0·x because of ∞ and NaN. */
export const rules: readonly Rule[] = [
  {
    law: "f(constants) = constant, except views: a repeated number stays one number",
    rewrite: (node) => {
      if (node.primitive.lower.kind === "view") return undefined;
      if (node.depth > 0 || node.inputs.length === 0 || node.type.kind !== "tensor")
        return undefined;
      if (
        sizeOf(node.type.shape) > foldable ||
        node.inputs.some((input) => input.primitive !== constant)
      )
        return undefined;
      computeNow([node]);
      return constantNode(node.type, node.value as never);
    },
  },
  {
    law: "1 · x = x",
    on: multiply.op,
    rewrite: (node) => (splat(left(node)) === 1 ? alike(right(node), node) : undefined),
  },
  {
    law: "x · 1 = x",
    on: multiply.op,
    rewrite: (node) => (splat(right(node)) === 1 ? alike(left(node), node) : undefined),
  },
  {
    law: "(−1) · x = −x",
    on: multiply.op,
    rewrite: (node) =>
      splat(left(node)) === -1 ? alike(negative(right(node) as Tensor), node) : undefined,
  },
  {
    law: "x · (−1) = −x",
    on: multiply.op,
    rewrite: (node) =>
      splat(right(node)) === -1 ? alike(negative(left(node) as Tensor), node) : undefined,
  },
  {
    law: "(−x) · (−y) = x · y",
    on: multiply.op,
    rewrite: (node) =>
      is(left(node), negative.op) && is(right(node), negative.op)
        ? swap(node, left(left(node)), left(right(node)), multiply.op)
        : undefined,
  },
  {
    law: "x ÷ 1 = x",
    on: divide.op,
    rewrite: (node) => (splat(right(node)) === 1 ? alike(left(node), node) : undefined),
  },
  {
    law: "x − 0 = x",
    on: subtract.op,
    rewrite: (node) => (Object.is(splat(right(node)), 0) ? alike(left(node), node) : undefined),
  },
  {
    law: "−(−x) = x",
    on: negative.op,
    rewrite: (node) => (is(left(node), negative.op) ? left(left(node)) : undefined),
  },
  {
    law: "x + (−y) = x − y",
    on: add.op,
    rewrite: (node) =>
      is(right(node), negative.op)
        ? swap(node, left(node), left(right(node)), subtract.op)
        : undefined,
  },
  {
    law: "(−x) + y = y − x",
    on: add.op,
    rewrite: (node) =>
      is(left(node), negative.op)
        ? swap(node, right(node), left(left(node)), subtract.op)
        : undefined,
  },
  {
    law: "x − (−y) = x + y",
    on: subtract.op,
    rewrite: (node) =>
      is(right(node), negative.op) ? swap(node, left(node), left(right(node)), add.op) : undefined,
  },
  {
    law: "cast(x) = x at the same dtype",
    on: castOp,
    rewrite: (node) => alike(left(node), node),
  },
  {
    law: "reshape(reshape(x)) = reshape(x), and x at its own shape",
    on: reshapeOp,
    rewrite: (node) => {
      const { shape } = node.params as { shape: Shape };
      if (sameShape((left(node) as Tensor).shape, shape)) return left(node);
      return is(left(node), reshapeOp)
        ? bindTensor(reshapeOp, [left(left(node))], { shape })
        : undefined;
    },
  },
  {
    law: "transpose(transpose(x)) = transpose(x), and x in its own order",
    on: transposeOp,
    rewrite: (node) => {
      const { permutation } = node.params as { permutation: readonly number[] };
      if (permutation.every((axis, i) => axis === i)) return left(node);
      if (!is(left(node), transposeOp)) return undefined;
      const inner = (left(node).params as { permutation: readonly number[] }).permutation;
      const both = permutation.map((axis) => inner[axis] as number);
      return bindTensor(transposeOp, [left(left(node))], { permutation: both });
    },
  },
  {
    law: "broadcastTo(broadcastTo(x)) = broadcastTo(x), and x at its own shape",
    on: broadcastToOp,
    rewrite: (node) => {
      const { shape } = node.params as { shape: Shape };
      if (sameShape((left(node) as Tensor).shape, shape)) return left(node);
      return is(left(node), broadcastToOp)
        ? bindTensor(broadcastToOp, [left(left(node))], { shape })
        : undefined;
    },
  },
  {
    law: "[c][c] x = [c] x",
    on: maskOp,
    rewrite: (node) =>
      is(right(node), maskOp) && left(right(node)) === left(node) ? right(node) : undefined,
  },
  {
    law: "where(c, x, x) = x",
    on: whereOp,
    rewrite: (node) => (node.inputs[1] === node.inputs[2] ? alike(right(node), node) : undefined),
  },
  {
    law: "¬¬x = x",
    on: logicalNot.op,
    rewrite: (node) => (is(left(node), logicalNot.op) ? left(left(node)) : undefined),
  },
];
