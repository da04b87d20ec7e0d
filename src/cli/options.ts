import type { Text } from "../formula/index.js";
import { exitCodes, Failure } from "./failure.js";
import { messages } from "./words/errors.js";

function usage(text: Text): Failure {
  return new Failure(exitCodes.usage, text);
}

/** Readers of options' values; each throws Failure (exit 2) that names the option. */
export function wholeNumber(option: string, least: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw usage(messages.badCount(option, least, text));
  };
}

export function anyNumber(option: string): (text: string) => number {
  return (text) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isFinite(value)) return value;
    throw usage(messages.badNumber(option, text));
  };
}

export function positive(option: string): (text: string) => number {
  return (text) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isFinite(value) && value > 0) return value;
    throw usage(messages.badPositive(option, text));
  };
}

/** A number in [0, 1). */
export function share(option: string): (text: string) => number {
  return (text) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (value >= 0 && value < 1) return value;
    throw usage(messages.badShare(option, text));
  };
}

/** Gathers an option given several times. */
export function several(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

/** Gathers names from `a,b` and from an option given several times. */
export function names(text: string, before: readonly string[]): readonly string[] {
  const given = text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return [...before, ...given];
}
