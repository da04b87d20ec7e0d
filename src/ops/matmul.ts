import { bindTensor } from "../core/bind.js";
import { ShapeError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import { broadcastShapes } from "../core/shape.js";
import { formatType } from "../core/type.js";
import type { Promote, ShapeOf } from "../core/typing.js";
import { dotGeneralOp, productOver, promoteFactors } from "./contraction.js";
import type { MatmulFits, MatmulShape } from "./matmul-typing.js";

// Names of the axes of a product: rows, summed, columns, then batch axes counted from the last.
const rows = 0;
const summed = 1;
const columns = 2;
const firstBatch = 3;

/**
 * Matrix product as NumPy's `matmul`: sums over the last axis of `a` and the last but one of `b`. Axes before
 * these broadcast; a vector `a` is a row, a vector `b` a column, and its axis is left out of the result. Floats
 * accumulate in f64 (f32 under `jit` in pieces of 256 terms), integers wrap, booleans count as i32. Throws ShapeError for scalars and for shapes that do
 * not fit; where the types know the shapes, that is a compile error.
 */
export function matmul<A extends Tensor, B extends Tensor>(
  a: A,
  b: B & MatmulFits<A, B>,
): Tensor<MatmulShape<ShapeOf<A>, ShapeOf<B>>, Promote<A, B>> {
  const [x, y] = promoteFactors("matmul", [a, b as Tensor]) as [Tensor, Tensor];
  checkFit(x, y);
  // Without a batch in b its one or two axes follow those of a.
  if (y.ndim <= 2) {
    const params = { contract: [[x.ndim - 1, 0]] as const, batch: [] };
    return bindTensor(dotGeneralOp, [x, y], params) as Tensor as never;
  }
  const all = labelsOf(Math.max(x.ndim, y.ndim), rows, columns);
  const kept = x.ndim === 1 ? all.filter((label) => label !== rows) : all;
  return productOver(
    { tensor: x, labels: labelsOf(x.ndim, rows, summed) },
    { tensor: y, labels: labelsOf(y.ndim, summed, columns) },
    kept,
  ) as never;
}

function labelsOf(rank: number, before: number, last: number): number[] {
  return Array.from({ length: rank }, (_, axis) => {
    const fromEnd = rank - 1 - axis;
    return fromEnd === 0 ? last : fromEnd === 1 ? before : firstBatch + fromEnd - 2;
  });
}

function checkFit(x: Tensor, y: Tensor): void {
  const received = `${formatType(x.type)} and ${formatType(y.type)}`;
  if (x.ndim === 0 || y.ndim === 0) {
    throw new ShapeError("matmul", {
      expected: "tensors with at least one axis",
      received,
      fix: "multiply(a, b)",
    });
  }
  const inner = x.shape[x.ndim - 1];
  const other = y.shape[Math.max(0, y.ndim - 2)];
  if (inner !== other) {
    throw new ShapeError("matmul", {
      expected: `the last axis of a as long as ${y.ndim === 1 ? "b" : "the last but one of b"}`,
      received: `${received}: ${inner} ≠ ${other}`,
    });
  }
  broadcastShapes("matmul", x.shape.slice(0, -2), y.shape.slice(0, -2));
}
