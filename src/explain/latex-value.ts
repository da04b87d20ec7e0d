import type { ValueData } from "./explanation.js";
import { latexNumber } from "./formula.js";
import { formatNumber } from "./numbers.js";

/** Elements shown of a tensor. */
const longest = 6;

/** A value in mathematics: the first elements of a list. */
export function latexValue(value: ValueData): string {
  if (typeof value === "number") return latexNumber(formatNumber(value));
  if (typeof value === "boolean") return `\\text{${value}}`;
  const items = value.slice(0, longest).map(latexValue);
  return `\\left[${[...items, ...(value.length > longest ? ["\\ldots"] : [])].join(", ")}\\right]`;
}

/** A factor of a product: a negative one in brackets. */
export function latexFactor(value: number): string {
  const text = latexValue(value);
  return text.startsWith("-") ? `(${text})` : text;
}
