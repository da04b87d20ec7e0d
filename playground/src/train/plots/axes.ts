import { formatNumber } from "../../../../src/explain/numbers.js";
import type { Range } from "../messages.js";
import type { Sheet } from "./canvas.js";

/** Where numbers stand on a sheet: inside the margins that the axes need. */
export interface Frame {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const margin = { left: 44, right: 10, top: 10, bottom: 24 } as const;

export function frameOf(
  { width, height }: { readonly width: number; readonly height: number },
  across: Range,
  up: Range,
): Frame {
  const [left, right] = [margin.left, width - margin.right];
  const [top, bottom] = [margin.top, height - margin.bottom];
  const share = (value: number, [low, high]: Range): number => (value - low) / (high - low);
  return {
    x: (value) => left + share(value, across) * (right - left),
    y: (value) => bottom - share(value, up) * (bottom - top),
    left,
    top,
    right,
    bottom,
  };
}

/** Round numbers within a range, four or so. */
function ticksOf([low, high]: Range, wanted = 4): number[] {
  const raw = (high - low) / wanted;
  const decade = 10 ** Math.floor(Math.log10(raw));
  const step = decade * ([1, 2, 5, 10].find((one) => one * decade >= raw) as number);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** Ticks along the left and the lower side, and what stands there. */
export function drawAxes(
  { context, colours, width }: Sheet,
  frame: Frame,
  across: Range,
  up: Range,
  names: readonly [string, string],
): void {
  context.strokeStyle = colours.hair;
  context.lineWidth = 1;
  context.strokeRect(frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top);
  context.fillStyle = colours.soft;
  context.font = "12px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "top";
  const label = context.measureText(names[0]).width;
  for (const tick of ticksOf(across, width > 300 ? 5 : 3)) {
    const x = frame.x(tick);
    // the axis has its name at its end
    if (x < frame.right - label - 22) context.fillText(formatNumber(tick), x, frame.bottom + 7);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of ticksOf(up)) {
    const y = frame.y(tick);
    if (y > frame.top + 18) context.fillText(formatNumber(tick), frame.left - 6, y);
  }
  context.fillStyle = colours.ink;
  context.font = "italic 14px KaTeX_Math, serif";
  context.textBaseline = "top";
  context.fillText(names[0], frame.right, frame.bottom + 5);
  context.fillText(names[1], frame.left - 8, frame.top);
}
