import type { ValueData } from "../../../src/explain/index.js";
import { formatDigits, formatNumber } from "../../../src/explain/numbers.js";

/** A number in at most `width` characters (9 or more hold every number). */
export function fitNumber(value: number, width: number): string {
  const whole = formatNumber(value);
  if (whole.length <= width) return whole;
  for (let digits = Math.min(6, width); digits > 0; digits--) {
    const text = formatDigits(value, digits);
    if (text.length <= width) return text;
    const short = minus(value.toExponential(digits - 1));
    if (short.length <= width) return short;
  }
  return minus(value.toExponential(0));
}

/** A value in at most `width` characters: lists are cut. */
export function fitValue(value: ValueData, width: number): string {
  if (typeof value === "number") return fitNumber(value, width);
  if (typeof value === "boolean") return String(value);
  let text = "";
  for (const [i, item] of value.entries()) {
    // the first element leaves room for brackets and dots, whatever comes then
    const next = i === 0 ? fitValue(item, width - 5) : `, ${fitValue(item, width)}`;
    // commas and brackets are narrow
    if (text.length + next.length > width - 3) return `[${text}${i === 0 ? "" : ", "}…]`;
    text += next;
  }
  return `[${text}]`;
}

/** A number of a few digits that fits a narrow place, whole or not: 0.2517, 1.234e7. */
export function brief(value: number, digits = 4): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || value === 0 || (size >= 1e-4 && size < 1e5))
    return formatNumber(Number(value.toPrecision(digits)));
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  return minus(`${Number(mantissa)}e${Number(exponent)}`);
}

function minus(text: string): string {
  return text.replace("e+", "e").replaceAll("-", "−");
}
