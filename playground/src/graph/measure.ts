import { index } from "../math/Runs.js";
import { runsOf } from "../math/runs.js";

/** Sizes of text in the graph, in its own pixels. */
export const sizes = { head: 16, number: 15, label: 14, line: 20 } as const;

const fonts = {
  upright: "KaTeX_Main, 'Latin Modern Roman', 'Times New Roman', serif",
  italic: "KaTeX_Math, 'Latin Modern Math', 'Times New Roman', serif",
} as const;

let context: CanvasRenderingContext2D | undefined;

/** Canvases round the widths of letters to pixels; drawings do not. */
const finer = 16;

/** Width of a text set in the graph's fonts. */
export function widthOf(text: string, size: number): number {
  context ??= document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
  let width = 0;
  for (const { text: part, style, raised } of runsOf(text)) {
    const high = finer * (style === "below" || raised === true ? index.size : size);
    context.font =
      style === "italic" ? `italic ${high}px ${fonts.italic}` : `${high}px ${fonts.upright}`;
    width += context.measureText(part).width / finer;
  }
  return width;
}

/** Waits for the fonts: widths are wrong before. */
export async function loadFonts(): Promise<void> {
  await Promise.all([
    document.fonts.load(`16px KaTeX_Main`),
    document.fonts.load(`italic 16px KaTeX_Math`),
  ]);
}
