import { formatNumber } from "../../../src/explain/numbers.js";

/** A number of a few digits that fits a narrow place: 0.2517, 1.234·10⁷. */
export function brief(value: number, digits = 4): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || value === 0 || (size >= 1e-4 && size < 1e5))
    return formatNumber(Number(value.toPrecision(digits)));
  const [mantissa = "", exponent = ""] = value.toExponential(digits - 1).split("e");
  const factor = formatNumber(Number(mantissa));
  const power = `10${[...String(Number(exponent))].map((sign) => raised[sign]).join("")}`;
  return factor === "1" ? power : `${factor}·${power}`;
}

const raised: Readonly<Record<string, string>> = {
  "-": "⁻",
  ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].map((sign, digit) => [digit, sign])),
};
