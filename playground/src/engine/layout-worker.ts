import { type LayoutGraph, layOut } from "../../../src/explain/layout.js";

addEventListener("message", ({ data }: MessageEvent<LayoutGraph>) => {
  try {
    postMessage(layOut(data));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    postMessage(null); // too large to draw
  }
});
