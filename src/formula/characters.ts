const letter = /^[\p{L}\p{Nl}]$/u;
const mark = /^[\p{M}]$/u;
const subscript = /^[₀-₉ₐ-ₜᵢ-ᵪⱼ]$/u;
/** Letters that are not seen as part of a name: raised ones, modifier primes, invisible ones. */
const notInNames = /^[ªºʰ-˿ᴬ-ᵡᵸᶛ-ᶿⁱⁿⱽ\u115f\u1160\u3164\uffa0]$/u;

export function isDigit(point: string | undefined): boolean {
  return point !== undefined && point >= "0" && point <= "9" && point.length === 1;
}

export function startsName(point: string): boolean {
  if (point.length === 1 && point < "\u0080") return /[A-Za-z_]/.test(point);
  const composed = point.normalize("NFC");
  return letter.test(composed) && !subscript.test(composed) && !notInNames.test(composed);
}

export function continuesName(point: string): boolean {
  return isDigit(point) || startsName(point) || subscript.test(point) || mark.test(point);
}

/** One spelling per name: composed accents, and the micro sign as the Greek letter. */
export function normalizeName(written: string): string {
  return written.replaceAll("µ", "μ").normalize("NFC");
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** The digit (or sign) a superscript stands for. */
export function superscriptDigit(point: string | undefined): string | undefined {
  if (point === undefined) return undefined;
  if (point === "⁻") return "-";
  if (point === "⁺") return "+";
  const digit = superscripts.indexOf(point);
  return digit < 0 ? undefined : String(digit);
}

export function isSpace(point: string): boolean {
  return /^\s$/u.test(point);
}

const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]$/u;
const zeroWidth = /^[\p{Mn}\p{Me}]$/u;
const unprintable = /^[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]$/u;

/** A code point as a terminal may show it: controls, invisible and bidirectional marks become `�`. */
export function printable(point: string): string {
  return unprintable.test(point) ? "�" : point;
}

/** How many terminal cells a printable code point takes. */
export function cellsOf(point: string): 0 | 1 | 2 {
  if (point.length === 1 && point < "\u0300") return 1;
  if (zeroWidth.test(point)) return 0;
  return wide.test(point) ? 2 : 1;
}

/** A name for a code point that cannot be shown. */
export function showPoint(point: string): string {
  if (printable(point) === point && !isSpace(point) && !mark.test(point)) return `'${point}'`;
  return `U+${(point.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Source text in quotes for a message: printable, at most 24 code points. */
export function quote(text: string): string {
  const points = Array.from(text, (point) => (isSpace(point) ? " " : printable(point)));
  return `'${points.length > 24 ? `${points.slice(0, 23).join("")}…` : points.join("")}'`;
}
