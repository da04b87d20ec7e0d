/** c[0] + c[1] x + c[2] x² + …, by Horner's rule. */
export function polynomial(c: readonly number[], x: number): number {
  let value = 0;
  for (let i = c.length - 1; i >= 0; i--) value = value * x + (c[i] as number);
  return value;
}
