import { findChromium } from "./chromium.js";

/** Before suites that run side by side ask for a browser: one is there then. */
export default function setup(): void {
  findChromium();
}
