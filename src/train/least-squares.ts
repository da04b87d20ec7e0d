/**
 * The minimum of Σ (row · solution − y)² over rows of `width` numbers, by Householder reflections (Golub 1965).
 * Undefined where the columns depend on each other: then there is no single answer.
 */
export function leastSquares(
  rows: ArrayLike<number>,
  y: ArrayLike<number>,
  width: number,
): Float64Array | undefined {
  const height = y.length;
  if (height < width) return undefined;
  const a = Float64Array.from(rows);
  const b = Float64Array.from(y);
  const at = (i: number, j: number): number => a[i * width + j] as number;
  const diagonal = new Float64Array(width);
  for (let k = 0; k < width; k++) {
    let norm = 0;
    let column = 0;
    for (let i = 0; i < height; i++) {
      if (i >= k) norm = Math.hypot(norm, at(i, k));
      column = Math.hypot(column, rows[i * width + k] as number);
    }
    if (!(norm > 1e-12 * column)) return undefined;
    const alpha = at(k, k) > 0 ? -norm : norm;
    diagonal[k] = alpha;
    a[k * width + k] = at(k, k) - alpha;
    let square = 0;
    for (let i = k; i < height; i++) square += at(i, k) ** 2;
    const reflect = (get: (i: number) => number, set: (i: number, value: number) => void): void => {
      let dot = 0;
      for (let i = k; i < height; i++) dot += at(i, k) * get(i);
      const factor = (2 * dot) / square;
      for (let i = k; i < height; i++) set(i, get(i) - factor * at(i, k));
    };
    for (let j = k + 1; j < width; j++)
      reflect(
        (i) => at(i, j),
        (i, value) => {
          a[i * width + j] = value;
        },
      );
    reflect(
      (i) => b[i] as number,
      (i, value) => {
        b[i] = value;
      },
    );
  }
  const solution = new Float64Array(width);
  for (let k = width - 1; k >= 0; k--) {
    let rest = b[k] as number;
    for (let j = k + 1; j < width; j++) rest -= at(k, j) * (solution[j] as number);
    solution[k] = rest / (diagonal[k] as number);
  }
  return solution;
}
