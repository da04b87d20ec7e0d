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
  if (value.some(Array.isArray)) {
    const numbers = elementsOf(value);
    if (numbers.length > longest * longest) return summary(value, numbers);
  }
  const items = value.slice(0, longest).map((item) => formatValue(item, longest));
  return `[${items.join(", ")}${value.length > longest ? ", …" : ""}]`;
}

/** Elements that are written out where room is short. */
const few = 9;

/** A value where room is short: small vectors and matrices with four digits, larger ones by shape and range. */
export function formatShort(value: ValueData): string {
  if (!Array.isArray(value)) return formatValue(value);
  const numbers = elementsOf(value);
  if (numbers.length > few || numbers.length === 0) return summary(value, numbers);
  const write = (one: ValueData): string =>
    typeof one === "number"
      ? formatNumber(rounded(one))
      : Array.isArray(one)
        ? `[${one.map(write).join(", ")}]`
        : String(one);
  return write(value);
}

/** Four digits, and one behind the point of what is longer before it. */
function rounded(value: number): number {
  if (!Number.isFinite(value)) return value;
  const whole = Math.trunc(Math.abs(value)).toString().length;
  return Number(value.toPrecision(Math.min(6, Math.max(4, whole + 1))));
}

function elementsOf(value: ValueData): (number | boolean)[] {
  let level: readonly ValueData[] = [value];
  while (level.some(Array.isArray)) level = level.flat();
  return level as (number | boolean)[];
}

/** `[3×4: −2 … 5]`: shape, smallest and largest element. */
function summary(value: ValueData, numbers: readonly (number | boolean)[]): string {
  const shape: number[] = [];
  for (let level = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  if (numbers.length === 0) return `[${shape.join("×")}]`;
  const range = numbers.reduce<[number, number]>(
    ([low, high], one) => [Math.min(low, Number(one)), Math.max(high, Number(one))],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const [low, high] = range.map((one) => formatNumber(rounded(one)));
  return low === high ? `[${shape.join("×")}: ${low}]` : `[${shape.join("×")}: ${low} … ${high}]`;
}

/** A factor in a product: negative numbers in parentheses. */
export function formatFactor(value: ValueData): string {
  return factor(formatValue(value));
}

/** The same where room is short. */
export function formatShortFactor(value: ValueData): string {
  return factor(formatShort(value));
}

function factor(text: string): string {
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
