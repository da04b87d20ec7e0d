// Of whole numbers too: an array of integers keeps the result modulo 2³², and 0 for NaN and ±∞ (x ÷ 0 = 0, x rem 0 = 0).

/** The exact remainder of x ÷ y towards zero, with the sign of x (C's `fmod`). NaN at y = 0. */
export function fmod(x: number, y: number): number {
  return x % y;
}

/** x − y floor(x/y), with the sign of y (numpy's `mod`), zeros included. NaN at y = 0. */
export function remainder(x: number, y: number): number {
  const rest = x % y;
  if (rest === 0) return y < 0 ? -0 : 0;
  return rest < 0 !== y < 0 ? rest + y : rest;
}

/** floor(x/y), consistent with `remainder` where x/y rounds up to a whole number. ±∞ or NaN at y = 0. */
export function floorDivide(x: number, y: number): number {
  if (y === 0) return x / y;
  const rest = x % y;
  let ratio = (x - rest) / y;
  if (rest !== 0 && rest < 0 !== y < 0) ratio -= 1;
  if (ratio === 0) return Math.sign(x) * Math.sign(y) < 0 ? -0 : 0;
  const whole = Math.floor(ratio);
  return ratio - whole > 0.5 ? whole + 1 : whole;
}
