import { userFrame } from "./errors.js";

let enabled = false;

/**
 * Keeps the user's line with every node made from now on (`explainNaN` and errors then name it). Costs a few
 * microseconds an operation; off at the start.
 */
export function setDebug(on: boolean): void {
  enabled = on;
}

/** The user's line, under `setDebug(true)`. */
export function captureFrame(): string | undefined {
  return enabled ? userFrame(new Error().stack) : undefined;
}
