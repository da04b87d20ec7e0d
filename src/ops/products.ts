import { numberNode } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { ShapeError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import { atAxes, formatShape, normalizeAxis } from "../core/shape.js";
import { formatType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { multiply, subtract } from "./arithmetic.js";
import { moveAxis, ravel } from "./axes.js";
import { concatenate } from "./concatenate.js";
import { dotGeneral } from "./contraction.js";
import { restoreShape } from "./shape.js";
import { padWith, sliceAxis } from "./slice.js";

/**
 * NumPy's `dot`: sums over the last axis of `a` and the last but one of `b` (its only one, for a vector), without
 * broadcasting: the other axes of `a` come before those of `b`. A scalar multiplies. Throws ShapeError for lengths
 * that differ.
 */
export function dot(a: TensorLike, b: TensorLike): Tensor {
  const [x, y] = [asTensor(a, "dot"), asTensor(b, "dot")];
  if (x.ndim === 0 || y.ndim === 0) return multiply(x, y) as Tensor;
  return sumOver("dot", x, y, x.ndim - 1, Math.max(0, y.ndim - 2));
}

/** Sum of the products of all elements, as vectors in row-major order. Throws ShapeError for sizes that differ. */
export function vdot(a: TensorLike, b: TensorLike): Tensor {
  return sumOver("vdot", ravel(a), ravel(b), 0, 0);
}

/** Sum over products along the last axes; a scalar multiplies. Throws ShapeError for lengths that differ. */
export function inner(a: TensorLike, b: TensorLike): Tensor {
  const [x, y] = [asTensor(a, "inner"), asTensor(b, "inner")];
  if (x.ndim === 0 || y.ndim === 0) return multiply(x, y) as Tensor;
  return sumOver("inner", x, y, x.ndim - 1, y.ndim - 1);
}

function sumOver(operation: string, x: Tensor, y: Tensor, i: number, j: number): Tensor {
  if (x.shape[i] !== y.shape[j]) {
    throw new ShapeError(operation, {
      expected: `axis ${i} of a as long as axis ${j} of b`,
      received: `${formatType(x.type)} and ${formatType(y.type)}`,
    });
  }
  return dotGeneral(x, y, { contract: [[i, j]] });
}

/** Products of every element of `a` with every element of `b`: [size of a, size of b]. */
export function outer(a: TensorLike, b: TensorLike): Tensor {
  const [x, y] = [ravel(a), ravel(b)];
  return multiply(restoreShape(x, [x.size, 1]), y) as Tensor;
}

/**
 * Sum over products along several axes: a number n (the last n of `a` with the first n of `b`; 2 unless given), or
 * the axes of each. The other axes of `a` come before those of `b`. Throws ShapeError for axes that do not pair.
 */
export function tensordot(
  a: TensorLike,
  b: TensorLike,
  axes: number | readonly [number | readonly number[], number | readonly number[]] = 2,
): Tensor {
  const [x, y] = [asTensor(a, "tensordot"), asTensor(b, "tensordot")];
  const list = (given: number | readonly number[], rank: number): number[] =>
    (typeof given === "number" ? [given] : given).map((axis) =>
      normalizeAxis("tensordot", axis, rank),
    );
  if (typeof axes === "number" && !(axes >= 0 && axes <= Math.min(x.ndim, y.ndim))) {
    throw new ShapeError("tensordot", {
      expected: `at most ${Math.min(x.ndim, y.ndim)} axes to sum over`,
      received: String(axes),
    });
  }
  const [of, with_] =
    typeof axes === "number"
      ? [
          Array.from({ length: axes }, (_, i) => x.ndim - axes + i),
          Array.from({ length: axes }, (_, i) => i),
        ]
      : [list(axes[0], x.ndim), list(axes[1], y.ndim)];
  const lengths = (tensor: Tensor, which: readonly number[]): string =>
    formatShape(atAxes(tensor.shape, which));
  if (of.length !== with_.length || lengths(x, of) !== lengths(y, with_)) {
    throw new ShapeError("tensordot", {
      expected: "paired axes of equal lengths",
      received: `axes ${formatShape(of)} of ${formatType(x.type)} with axes ${formatShape(with_)} of ${formatType(y.type)}`,
    });
  }
  return dotGeneral(x, y, { contract: of.map((axis, i) => [axis, with_[i] as number]) });
}

/** Kronecker product: blocks `a[i, j]·b`; the shorter rank is padded with axes of length 1 in front. */
export function kron(a: TensorLike, b: TensorLike): Tensor {
  const [x, y] = [asTensor(a, "kron"), asTensor(b, "kron")];
  const rank = Math.max(x.ndim, y.ndim);
  const padded = ({ shape }: Tensor): number[] => [
    ...new Array<number>(rank - shape.length).fill(1),
    ...shape,
  ];
  const [p, q] = [padded(x), padded(y)];
  const blocks = multiply(
    restoreShape(
      x,
      p.flatMap((length) => [length, 1]),
    ),
    restoreShape(
      y,
      q.flatMap((length) => [1, length]),
    ),
  ) as Tensor;
  return restoreShape(
    blocks,
    p.map((length, axis) => length * (q[axis] as number)),
  );
}

/**
 * Cross product of vectors of 3 (or 2) elements along `axis` (the last unless given); other axes broadcast. Of two
 * 2-vectors: the third component alone, without the axis. Throws ShapeError for other lengths.
 */
export function cross(
  a: TensorLike,
  b: TensorLike,
  { axis = -1 }: { readonly axis?: number } = {},
): Tensor {
  const vectors = [a, b].map((value) => {
    const tensor = asTensor(value, "cross");
    const at = normalizeAxis("cross", axis, tensor.ndim);
    const length = tensor.shape[at];
    if (length === 2 || length === 3) return moveAxis(tensor, at, tensor.ndim - 1);
    throw new ShapeError("cross", {
      expected: `2 or 3 elements along axis ${axis}`,
      received: formatType(tensor.type),
    });
  });
  const planar = vectors.every((vector) => vector.shape[vector.ndim - 1] === 2);
  const [x, y] = (planar ? vectors : vectors.map(toThree)) as [Tensor, Tensor];
  if (planar) {
    const component = (v: Tensor, i: number): Tensor =>
      restoreShape(sliceAxis(v, v.ndim - 1, i, 1), v.shape.slice(0, -1));
    return subtract(
      multiply(component(x, 0), component(y, 1)),
      multiply(component(x, 1), component(y, 0)),
    ) as Tensor;
  }
  const result = subtract(
    multiply(rotate(x, 1), rotate(y, 2)),
    multiply(rotate(x, 2), rotate(y, 1)),
  ) as Tensor;
  return moveAxis(result, result.ndim - 1, normalizeAxis("cross", axis, result.ndim));
}

function toThree(vector: Tensor): Tensor {
  const last = vector.ndim - 1;
  if (vector.shape[last] === 3) return vector;
  const none = vector.shape.map(() => 0);
  return padWith(vector, numberNode(0, vector.dtype), {
    low: none,
    high: none.map((_, axis) => (axis === last ? 1 : 0)),
    interior: none,
  });
}

/** The elements of the last axis from `by` on, then those before. */
function rotate(vector: Tensor, by: number): Tensor {
  const last = vector.ndim - 1;
  return concatenate([sliceAxis(vector, last, by, 3 - by), sliceAxis(vector, last, 0, by)], {
    axis: last,
  });
}
