/**
 * Arithmetic of i32 and u32 where it differs from f64's. Arguments are whole numbers in the range of
 * the dtype. x ÷ 0 = 0, x rem 0 = 0, −2³¹ ÷ −1 wraps to −2³¹; results wrap around.
 */

/** The quotient rounded towards −∞. */
export function floorDivideI32(x: number, y: number): number {
  return y === 0 ? 0 : Math.floor(x / y) | 0;
}

/** The quotient rounded towards −∞. */
export function floorDivideU32(x: number, y: number): number {
  return y === 0 ? 0 : Math.floor(x / y);
}

/** x − y floor(x/y), with the sign of y. */
export function remainderI32(x: number, y: number): number {
  if (y === 0) return 0;
  const rest = (x % y) | 0;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
}

/** x − y floor(x/y). */
export function remainderU32(x: number, y: number): number {
  return y === 0 ? 0 : x % y;
}

/** The quotient rounded towards 0. */
export function truncDivideI32(x: number, y: number): number {
  return y === 0 ? 0 : (x / y) | 0;
}

/** The quotient rounded towards 0. */
export function truncDivideU32(x: number, y: number): number {
  return floorDivideU32(x, y);
}

/** x − y trunc(x/y), with the sign of x. */
export function truncRemainderI32(x: number, y: number): number {
  return y === 0 ? 0 : (x % y) | 0;
}

/** x − y trunc(x/y). */
export function truncRemainderU32(x: number, y: number): number {
  return remainderU32(x, y);
}

/** x^n, wrapped; for n < 0 the quotient 1 ÷ x^−n rounded towards 0, and 0 for x = 0. */
export function powerI32(x: number, n: number): number {
  if (n >= 0) return wrappedPower(x, n);
  return x === 1 ? 1 : x === -1 ? (n % 2 === 0 ? 1 : -1) : 0;
}

/** x^n, wrapped. */
export function powerU32(x: number, n: number): number {
  return wrappedPower(x, n) >>> 0;
}

/** By repeated squaring. */
function wrappedPower(x: number, n: number): number {
  let result = 1;
  let square = x | 0;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = Math.imul(result, square);
    square = Math.imul(square, square);
  }
  return result;
}
