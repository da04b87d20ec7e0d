import { type Browser, chromium } from "playwright-core";
import { findChromium } from "./chromium.js";

export interface LaunchOptions {
  /** Added to the environment of the process, and to its arguments. */
  readonly env?: NodeJS.ProcessEnv;
  readonly args?: readonly string[];
}

/** A headless Chromium that asks the network for nothing. */
export function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const { executablePath, env } = findChromium();
  const defined = Object.entries({ ...env, ...options.env }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return chromium.launch({
    executablePath,
    env: Object.fromEntries(defined),
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...(options.args ?? []),
    ],
  });
}
