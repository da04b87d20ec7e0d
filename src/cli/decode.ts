import { exitCodes, Failure } from "./failure.js";
import { csvMessages as messages } from "./words/csv.js";

/**
 * The text of a file of data: UTF-8, UTF-16 with a byte order mark or mostly of Latin letters, else the code page of
 * Windows for Cyrillic (whose Latin half and digits are everybody's). Throws Failure (exit 4) for what is no text,
 * such as a workbook.
 */
export function decodeData(bytes: Uint8Array, path: string): string {
  const encoding = utf16(bytes);
  if (encoding !== undefined) return new TextDecoder(encoding).decode(bytes);
  if (bytes.subarray(0, sample).includes(0))
    throw new Failure(exitCodes.file, messages.notText(path));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1251").decode(bytes);
  }
}

/** Bytes that are looked at to tell text from other things. */
const sample = 4096;

/** Which UTF-16 it is, if it is one: by its mark, or by the zeros in every second byte. */
function utf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const seen = bytes.subarray(0, sample);
  const zeros = (from: number): number =>
    seen.filter((byte, i) => i % 2 === from && byte === 0).length / (seen.length / 2);
  if (zeros(1) > 0.7 && zeros(0) === 0) return "utf-16le";
  if (zeros(0) > 0.7 && zeros(1) === 0) return "utf-16be";
  return undefined;
}
