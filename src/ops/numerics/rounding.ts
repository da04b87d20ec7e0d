/** From 2^52 on every number is whole. */
const WHOLE_FROM = 4503599627370496;

/** The nearest whole number, ties to the even one; keeps −0. */
export function roundHalfEven(x: number): number {
  if (!(Math.abs(x) < WHOLE_FROM)) return x;
  const rounded = Math.abs(x) + WHOLE_FROM - WHOLE_FROM;
  return x < 0 || Object.is(x, -0) ? -rounded : rounded;
}
