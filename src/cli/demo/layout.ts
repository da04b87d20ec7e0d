import type { Text } from "../../formula/index.js";
import type { Context } from "../context.js";
import { paint } from "../style.js";

/** A section's title. */
export function title(
  text: Text,
  { print, say, color }: Pick<Context, "print" | "say" | "color">,
): void {
  print(`\n${paint(color).bold(`── ${say(text)} ──`)}\n\n`);
}
