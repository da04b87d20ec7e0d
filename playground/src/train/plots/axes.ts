import { brief } from "../../math/numbers.js";
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

const margin = { left: 44, right: 10, top: 12, bottom: 24 } as const;

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
  context.font = nameFont;
  const room = (frame.right - frame.left) / 2;
  const [across0, up0] = names.map((name) => shortened(context, name, room)) as [string, string];
  const label = context.measureText(across0).width;
  context.fillStyle = colours.soft;
  context.font = "12px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const tick of ticksOf(across, width > 300 ? 5 : 3)) {
    const text = brief(tick, 6);
    const x = frame.x(tick);
    // the axis has its name at its end
    const half = context.measureText(text).width / 2;
    if (x + half < frame.right - label - 8) context.fillText(text, x, frame.bottom + 7);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of ticksOf(up)) {
    const y = frame.y(tick);
    if (y > frame.top + 10) context.fillText(brief(tick, 6), frame.left - 6, y, frame.left - 8);
  }
  context.fillStyle = colours.ink;
  context.font = nameFont;
  context.textBaseline = "top";
  context.fillText(across0, frame.right, frame.bottom + 5);
  if (context.measureText(up0).width <= frame.left - 8) {
    // above the ticks
    context.fillText(up0, frame.left - 8, frame.top - 11);
    return;
  }
  // a long name stands inside, over what is drawn there
  context.textAlign = "left";
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.strokeStyle = colours.page;
  context.strokeText(up0, frame.left + 6, frame.top + 4);
  context.fillText(up0, frame.left + 6, frame.top + 4);
}

const nameFont = "italic 14px KaTeX_Math, serif";

/** A name cut so that it is at most so wide. */
function shortened(context: CanvasRenderingContext2D, name: string, room: number): string {
  const letters = [...name];
  const widthOf = (count: number): number =>
    context.measureText(`${letters.slice(0, count).join("")}…`).width;
  if (context.measureText(name).width <= room) return name;
  let count = letters.length;
  while (count > 1 && widthOf(count) > room) count--;
  return `${letters.slice(0, count).join("")}…`;
}
