import type { SparseMatrix, Tensor } from "../../src/index.js";

/** A sparse matrix with its zeros. */
export function denseOf({ data, indices, indptr, shape }: SparseMatrix): number[][] {
  const [rows, columns] = shape;
  return Array.from({ length: rows }, (_, row) => {
    const dense = new Array<number>(columns).fill(0);
    for (let i = indptr.data[row] as number; i < (indptr.data[row + 1] as number); i++)
      dense[indices.data[i] as number] = data.data[i] as number;
    return dense;
  });
}

/** The blocks of a Jacobian, a list of results by a list of inputs, as one matrix. */
export function rowsOf(blocks: unknown, ys: readonly Tensor[], xs: readonly Tensor[]): number[][] {
  const all = blocks as readonly (readonly (Tensor | number)[])[];
  return ys.flatMap((y, i) =>
    Array.from({ length: y.size }, (_, row) =>
      xs.flatMap((x, j) => {
        const block = all[i]?.[j] as Tensor | number;
        const data = typeof block === "number" ? [block] : block.data;
        return Array.from(data.slice(row * x.size, (row + 1) * x.size));
      }),
    ),
  );
}
