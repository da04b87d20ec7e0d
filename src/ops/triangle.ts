import { asTensor } from "../core/convert.js";
import type { DType } from "../core/dtype.js";
import { ShapeError, ValueError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import { checkShape } from "../core/shape.js";
import { formatType } from "../core/type.js";
import type { SameAs, TensorLike } from "../core/typing.js";
import { add } from "./arithmetic.js";
import { cast } from "./cast.js";
import { equal, greater } from "./comparison.js";
import { iota } from "./iota.js";
import { logicalNot } from "./logic.js";
import { mask } from "./select.js";
import { broadcastTo } from "./shape.js";

/** Which diagonal: 0 the main one, above it for k > 0, below it for k < 0. */
export interface DiagonalOptions {
  readonly k?: number;
}

export interface MatrixOptions<D extends DType> extends DiagonalOptions {
  /** f64 unless given. */
  readonly dtype?: D;
}

/** Throws ValueError unless `k` is a whole number. */
export function checkDiagonal(operation: string, k: number): void {
  if (Number.isInteger(k)) return;
  throw new ValueError(operation, { expected: "a whole number k", received: String(k) });
}

/** Row index plus k, and column index, of a matrix: i32 [rows, columns]. */
function positions(operation: string, rows: number, columns: number, k: number): [Tensor, Tensor] {
  checkDiagonal(operation, k);
  const shape = [rows, columns];
  checkShape(operation, shape);
  const row = iota(shape, { axis: 0, dtype: "i32" });
  return [
    (k === 0 ? row : add(row, k)) as Tensor,
    iota(shape, { axis: 1, dtype: "i32" }) as Tensor,
  ];
}

/** True right of diagonal k. */
function above(operation: string, rows: number, columns: number, k: number): Tensor {
  const [row, column] = positions(operation, rows, columns, k);
  return greater(column, row) as Tensor;
}

/** A matrix with ones on diagonal k and zeros elsewhere, square unless `columns` is given. */
export function eye<R extends number, D extends DType = "f64">(
  rows: R,
  options?: MatrixOptions<D>,
): Tensor<readonly [R, R], D>;
export function eye<R extends number, C extends number, D extends DType = "f64">(
  rows: R,
  columns: C,
  options?: MatrixOptions<D>,
): Tensor<readonly [R, C], D>;
export function eye(
  rows: number,
  second?: number | MatrixOptions<DType>,
  last?: MatrixOptions<DType>,
): Tensor {
  const [columns, { k = 0, dtype = "f64" }] = matrixArguments(rows, second, last);
  const [row, column] = positions("eye", rows, columns, k);
  return cast(equal(row, column), dtype) as Tensor;
}

function matrixArguments(
  rows: number,
  second: number | MatrixOptions<DType> | undefined,
  last: MatrixOptions<DType> = {},
): [number, MatrixOptions<DType>] {
  return typeof second === "number" ? [second, last] : [rows, second ?? last];
}

/** The identity matrix. */
export function identity<N extends number, D extends DType = "f64">(
  n: N,
  options: { readonly dtype?: D } = {},
): Tensor<readonly [N, N], D> {
  return eye(n, options);
}

/** Ones on and below diagonal k, zeros above; square unless `columns` is given. */
export function tri<R extends number, D extends DType = "f64">(
  rows: R,
  options?: MatrixOptions<D>,
): Tensor<readonly [R, R], D>;
export function tri<R extends number, C extends number, D extends DType = "f64">(
  rows: R,
  columns: C,
  options?: MatrixOptions<D>,
): Tensor<readonly [R, C], D>;
export function tri(
  rows: number,
  second?: number | MatrixOptions<DType>,
  last?: MatrixOptions<DType>,
): Tensor {
  const [columns, { k = 0, dtype = "f64" }] = matrixArguments(rows, second, last);
  return cast(logicalNot(above("tri", rows, columns, k)), dtype) as Tensor;
}

/** Matrices (the last two axes) with zeros above diagonal k. Throws ShapeError for fewer than two axes. */
export function tril<T extends TensorLike>(x: T, { k = 0 }: DiagonalOptions = {}): SameAs<T> {
  return keepWhere("tril", x, (rows, columns) => logicalNot(above("tril", rows, columns, k)));
}

/** Matrices (the last two axes) with zeros below diagonal k. Throws ShapeError for fewer than two axes. */
export function triu<T extends TensorLike>(x: T, { k = 0 }: DiagonalOptions = {}): SameAs<T> {
  return keepWhere("triu", x, (rows, columns) => above("triu", rows, columns, k - 1));
}

function keepWhere<T extends TensorLike>(
  operation: string,
  x: T,
  condition: (rows: number, columns: number) => Tensor,
): SameAs<T> {
  const tensor = asTensor(x, operation);
  const [rows, columns] = tensor.shape.slice(-2);
  if (rows === undefined || columns === undefined) {
    throw new ShapeError(operation, {
      expected: "at least two axes",
      received: formatType(tensor.type),
    });
  }
  const kept = broadcastTo(condition(rows, columns), tensor.shape) as Tensor;
  return mask(kept, tensor) as Tensor as SameAs<T>;
}
