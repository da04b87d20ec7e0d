import { bindTensor, numberNode } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { ShapeError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import { normalizeAxis, otherAxes } from "../core/shape.js";
import { formatType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { permuteAxes, restoreShape, sumOp } from "./shape.js";
import { padWith, sliceWith } from "./slice.js";
import { checkDiagonal, type DiagonalOptions } from "./triangle.js";

export interface DiagonalAxes {
  /** Which diagonal: above the main one for offset > 0, below it for offset < 0. */
  readonly offset?: number;
  /** Rows of the matrices; 0 unless given. */
  readonly axis1?: number;
  /** Columns of the matrices; 1 unless given. */
  readonly axis2?: number;
}

/** Elements of diagonal k of an [rows, columns] matrix: how many, and the first in row-major order. */
function run(rows: number, columns: number, k: number): { count: number; first: number } {
  const count = Math.max(0, k >= 0 ? Math.min(rows, columns - k) : Math.min(rows + k, columns));
  return { count, first: k >= 0 ? k : -k * columns };
}

/**
 * The diagonal of matrices in two axes; it is the last axis of the result. Throws ShapeError for fewer than two
 * axes or equal ones.
 */
export function diagonal(x: TensorLike, options: DiagonalAxes = {}): Tensor {
  return takeDiagonal("diagonal", x, options);
}

function takeDiagonal(
  operation: string,
  x: TensorLike,
  { offset = 0, axis1 = 0, axis2 = 1 }: DiagonalAxes,
): Tensor {
  const tensor = asTensor(x, operation);
  checkDiagonal(operation, offset);
  if (tensor.ndim < 2) {
    throw new ShapeError(operation, {
      expected: "at least two axes",
      received: formatType(tensor.type),
    });
  }
  const row = normalizeAxis(operation, axis1, tensor.ndim);
  const column = normalizeAxis(operation, axis2, tensor.ndim);
  if (row === column) {
    throw new ShapeError(operation, { expected: "two different axes", received: `${row} twice` });
  }
  const rest = otherAxes(tensor.shape, [row, column]);
  const front = permuteAxes(tensor, [...rest, row, column]);
  const batch = front.shape.slice(0, -2);
  const [rows, columns] = front.shape.slice(-2) as [number, number];
  const { count, first } = run(rows, columns, offset);
  return sliceWith(restoreShape(front, [...batch, rows * columns]), {
    start: [...batch.map(() => 0), count === 0 ? 0 : first],
    lengths: [...batch, count],
    strides: [...batch.map(() => 1), columns + 1],
  });
}

/** Sum of the diagonal of matrices in two axes. Throws as `diagonal` does. */
export function matrixTrace(x: TensorLike, options: DiagonalAxes = {}): Tensor {
  const taken = takeDiagonal("matrixTrace", x, options);
  return bindTensor(sumOp, [taken], { axes: [taken.ndim - 1] });
}

/**
 * Of a vector: the square matrix with it on diagonal k, zeros elsewhere. Of a matrix: its diagonal k. Throws
 * ShapeError for other ranks.
 */
export function diag(x: TensorLike, { k = 0 }: DiagonalOptions = {}): Tensor {
  const tensor = asTensor(x, "diag");
  if (tensor.ndim === 2) return takeDiagonal("diag", tensor, { offset: k });
  checkDiagonal("diag", k);
  if (tensor.ndim !== 1) {
    throw new ShapeError("diag", {
      expected: "a vector or a matrix",
      received: formatType(tensor.type),
    });
  }
  const [length] = tensor.shape as readonly [number];
  const side = length + Math.abs(k);
  const { first } = run(side, side, k);
  const covered = length === 0 ? 0 : length + (length - 1) * side;
  // In row-major order neighbours on a diagonal stand side + 1 apart.
  const flat = padWith(tensor, numberNode(0, tensor.dtype), {
    low: [first],
    high: [side * side - first - covered],
    interior: [side],
  });
  return restoreShape(flat, [side, side]);
}
