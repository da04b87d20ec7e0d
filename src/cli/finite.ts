import type { ValueData } from "../explain/index.js";

/** Whether all numbers in it are finite. */
export function isFiniteValue(value: ValueData): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value === "boolean" || value.every(isFiniteValue);
}

/** JSON text in which numbers that JSON lacks are strings. */
export function toJsonText(value: unknown): string {
  const encode = (_key: string, item: unknown): unknown =>
    typeof item === "number" && !Number.isFinite(item) ? String(item) : item;
  return `${JSON.stringify(value, encode)}\n`;
}
