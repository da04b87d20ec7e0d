/** −x log x: 0 at 0, −∞ for negative x. */
export function entr(x: number): number {
  if (x > 0) return 0 - x * Math.log(x);
  return x < 0 ? -Infinity : x === 0 ? 0 : x;
}

/** x log y, 0 at x = 0 for every y but NaN. */
export function xlogy(x: number, y: number): number {
  return x === 0 && !Number.isNaN(y) ? 0 : x * Math.log(y);
}

/** x log(1 + y), 0 at x = 0 for every y but NaN. */
export function xlog1py(x: number, y: number): number {
  return x === 0 && !Number.isNaN(y) ? 0 : x * Math.log1p(y);
}
