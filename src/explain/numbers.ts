import type { ValueData } from "./explanation.js";

/**
 * A number for people: six significant digits, − for minus, ∞. Whole numbers below 10¹⁵ in full, so others of six
 * digits and more before the point keep one behind it: what is rounded must look rounded. Very large and very small
 * ones as 2.5e32.
 */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return minus(String(value));
  const size = Math.abs(value);
  const whole = size >= 1e5 && size < 1e9 ? Math.trunc(size).toString().length : 0;
  return formatDigits(value, Math.max(6, whole + 1));
}

/** A number of at most so many significant digits: 0.25, 6.173e6. Whole numbers stand in full where they are exact. */
export function formatDigits(value: number, digits: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const text = value.toPrecision(digits);
  const near = Number(text);
  const whole = Number.isInteger(near) && Math.abs(near) < 1e15;
  if (whole && near === value) return minus(String(near));
  // what looks like a long whole number and is none
  const long = whole && Math.abs(near) >= 1e5 && !text.includes(".");
  const [mantissa = "", exponent] = (long ? near.toExponential() : text).split("e");
  if (exponent !== undefined) return minus(`${Number(mantissa)}e${Number(exponent)}`);
  // the 0 behind the point of a long number says that it is rounded
  return minus(digits > 6 ? mantissa : String(near));
}

function minus(text: string): string {
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
      ? rounded(one)
      : Array.isArray(one)
        ? `[${one.map(write).join(", ")}]`
        : String(one);
  return write(value);
}

/** Four digits, and one behind the point of what is longer before it. */
function rounded(value: number): string {
  const whole = Math.trunc(Math.abs(value)).toString().length;
  return formatDigits(value, Math.min(6, Math.max(4, whole + 1)));
}

function elementsOf(value: ValueData): (number | boolean)[] {
  let level: readonly ValueData[] = [value];
  while (level.some(Array.isArray)) level = level.flat();
  return level as (number | boolean)[];
}

/** `[3×4: min −2, max 5]`: shape, smallest and largest element. */
function summary(value: ValueData, numbers: readonly (number | boolean)[]): string {
  const shape: number[] = [];
  for (let level = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  if (numbers.length === 0) return `[${shape.join("×")}]`;
  const range = numbers.reduce<[number, number]>(
    ([low, high], one) => [Math.min(low, Number(one)), Math.max(high, Number(one))],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const [low, high] = range.map(rounded);
  return low === high
    ? `[${shape.join("×")}: ${low}]`
    : `[${shape.join("×")}: min ${low}, max ${high}]`;
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
