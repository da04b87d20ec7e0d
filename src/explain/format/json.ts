import type { Explanation } from "../explanation.js";
import { encodeValue } from "../numbers.js";

/** The explanation as JSON text, `schema: 1`; numbers that JSON lacks are strings. */
export function formatJson(explanation: Explanation): string {
  return `${JSON.stringify(encodeValue(explanation), null, 2)}\n`;
}
