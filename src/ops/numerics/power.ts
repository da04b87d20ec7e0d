/**
 * x^y after IEEE 754 (`pow`). The engine's `**` is relied on to be exact where the result is representable and
 * within an ulp elsewhere, as power.test.ts checks; ECMAScript gives NaN where IEEE 754 gives 1: pow(1, y) for y
 * NaN or infinite, and pow(−1, ±∞).
 */
export function pow(x: number, y: number): number {
  return x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y;
}
