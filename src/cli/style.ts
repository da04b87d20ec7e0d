import { styleText } from "node:util";
import type { ErrorPart } from "../formula/index.js";

type Format = Parameters<typeof styleText>[0];

/** Text in colours, or as it is. */
export interface Painter {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  error(text: string): string;
  /** Values, as in explanations: blue. */
  forward(text: string): string;
  /** Derivatives: orange. */
  backward(text: string): string;
  /** A part of a rendered formula error. */
  part(part: ErrorPart, text: string): string;
}

const parts: Readonly<Record<ErrorPart, Format>> = {
  head: ["bold", "red"],
  message: "bold",
  gutter: "blue",
  mark: ["bold", "red"],
  related: "cyan",
  note: "cyan",
};

export function paint(color: boolean): Painter {
  const as = (format: Format) => (text: string) =>
    color && text !== "" ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: as("bold"),
    dim: as("dim"),
    good: as("green"),
    error: as(["bold", "red"]),
    forward: (text) => (color ? `\u001b[38;5;32m${text}\u001b[39m` : text),
    backward: (text) => (color ? `\u001b[38;5;166m${text}\u001b[39m` : text),
    part: (part, text) => as(parts[part])(text),
  };
}
