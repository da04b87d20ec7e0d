import { asTensor } from "../core/convert.js";
import { ShapeError, ValueError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import { formatType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { promoteFactors } from "./contraction.js";
import { matmul } from "./matmul.js";
import { broadcastTo } from "./shape.js";
import { eye } from "./triangle.js";

/**
 * The product of several matrices in the order that needs the fewest multiplications (dynamic programming; Cormen
 * et al., "Matrix-chain multiplication"). The first and the last may be vectors. Throws ShapeError where
 * neighbours do not fit.
 */
export function multiDot(factors: readonly TensorLike[]): Tensor {
  const tensors = factors.map((factor) => asTensor(factor, "multiDot"));
  const end = tensors.length - 1;
  tensors.forEach((tensor, i) => {
    const vector = tensor.ndim === 1 && (i === 0 || i === end);
    if (tensor.ndim === 2 || vector) return;
    throw new ShapeError("multiDot", {
      expected: i === 0 || i === end ? "a matrix or a vector" : "a matrix",
      received: `${formatType(tensor.type)} as factor ${i}`,
    });
  });
  if (tensors.length === 0) {
    throw new ValueError("multiDot", { expected: "at least one factor", received: "none" });
  }
  const rows = ({ ndim, shape }: Tensor): number => (ndim === 1 ? 1 : (shape[0] as number));
  const sizes = tensors.map((tensor, i) => (i === 0 ? rows(tensor) : (tensor.shape[0] as number)));
  const last = tensors[end] as Tensor;
  sizes.push(
    last.ndim === 1 ? (end === 0 ? (last.shape[0] as number) : 1) : (last.shape[1] as number),
  );
  return multiplyInOrder(tensors, cheapestSplits(sizes));
}

/** splits[i][j]: after which factor to cut the product of factors i to j. */
function cheapestSplits(sizes: readonly number[]): number[][] {
  const count = sizes.length - 1;
  const grid = (): number[][] =>
    Array.from({ length: count }, () => new Array<number>(count).fill(0));
  const costs = grid();
  const splits = grid();
  for (let span = 1; span < count; span++) {
    for (let i = 0; i + span < count; i++) {
      const j = i + span;
      let best = Number.POSITIVE_INFINITY;
      for (let cut = i; cut < j; cut++) {
        const left = (costs[i] as number[])[cut] as number;
        const right = (costs[cut + 1] as number[])[j] as number;
        const product =
          (sizes[i] as number) * (sizes[cut + 1] as number) * (sizes[j + 1] as number);
        const cost = left + right + product;
        if (cost >= best) continue;
        best = cost;
        (splits[i] as number[])[j] = cut;
      }
      (costs[i] as number[])[j] = best;
    }
  }
  return splits;
}

/** Multiplies by the splits, innermost products first. */
function multiplyInOrder(factors: readonly Tensor[], splits: readonly number[][]): Tensor {
  const results: Tensor[] = [];
  const tasks: (readonly [number, number] | "multiply")[] = [[0, factors.length - 1]];
  while (tasks.length > 0) {
    const task = tasks.pop() as readonly [number, number] | "multiply";
    if (task === "multiply") {
      const right = results.pop() as Tensor;
      results.push(matmul(results.pop() as Tensor, right));
      continue;
    }
    const [i, j] = task;
    if (i === j) {
      results.push(factors[i] as Tensor);
      continue;
    }
    const cut = (splits[i] as number[])[j] as number;
    tasks.push("multiply", [cut + 1, j], [i, cut]);
  }
  return results[0] as Tensor;
}

/**
 * Square matrices (the last two axes) to a whole power n ≥ 0, by repeated squaring; n = 0 gives the identity.
 * Throws ShapeError for other shapes, ValueError for other powers.
 */
export function matrixPower(x: TensorLike, n: number): Tensor {
  const [tensor] = promoteFactors("matrixPower", [x]) as [Tensor];
  const [rows, columns] = tensor.shape.slice(-2);
  if (rows === undefined || rows !== columns) {
    throw new ShapeError("matrixPower", {
      expected: "square matrices",
      received: formatType(tensor.type),
    });
  }
  if (!Number.isSafeInteger(n) || n < 0) {
    throw new ValueError("matrixPower", {
      expected: "a whole power ≥ 0",
      received: String(n),
      ...(n < 0 ? { fix: "invert the matrix first" } : {}),
    });
  }
  if (n === 0) return broadcastTo(eye(rows, { dtype: tensor.dtype }), tensor.shape) as Tensor;
  let result: Tensor | undefined;
  let square = tensor;
  for (let rest = n; ; ) {
    if (rest % 2 === 1) result = result === undefined ? square : matmul(result, square);
    rest = Math.floor(rest / 2);
    if (rest === 0) return result as Tensor;
    square = matmul(square, square);
  }
}
