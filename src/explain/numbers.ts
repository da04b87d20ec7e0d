import type { ValueData } from "./explanation.js";

/** A number for people: up to six significant digits, − for minus, ∞. Whole numbers below 10¹⁵ in full. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const text =
    Number.isInteger(value) && Math.abs(value) < 1e15
      ? String(value)
      : String(Number(value.toPrecision(6)));
  return text.replace(/-/g, "−");
}

/** A value for people: numbers, or nested lists cut after a few elements. */
export function formatValue(value: ValueData, longest = 6): string {
  if (typeof value === "number") return formatNumber(value);
  if (typeof value === "boolean") return String(value);
  const items = value.slice(0, longest).map((item) => formatValue(item, longest));
  return `[${items.join(", ")}${value.length > longest ? ", …" : ""}]`;
}

/** A factor in a product: negative numbers in parentheses. */
export function formatFactor(value: ValueData): string {
  const text = formatValue(value);
  return text.startsWith("−") ? `(${text})` : text;
}

/** The same data with strings for the numbers JSON lacks. */
export function encodeValue(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(encodeValue);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encodeValue(item)]));
  }
  return value;
}
