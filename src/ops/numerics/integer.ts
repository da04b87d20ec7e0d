/** x^n of whole numbers, wrapped to 32 bits; for n < 0 the quotient 1 ÷ x^−n rounded towards 0, and 0 for x = 0. */
export function integerPower(x: number, n: number): number {
  if (n < 0) return x === 1 ? 1 : x === -1 ? (n % 2 === 0 ? 1 : -1) : 0;
  let result = 1;
  let square = x | 0;
  // by repeated squaring
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = Math.imul(result, square);
    square = Math.imul(square, square);
  }
  return result;
}
