import type { Point } from "../layout.js";

/** A smooth way through all the points, level at each of them along the drawing. */
export function curve(points: readonly Point[], direction: "LR" | "TB"): string {
  const [first, ...rest] = points as [Point, ...Point[]];
  let from = first;
  let way = `M${at(first.x, first.y)}`;
  for (const to of rest) {
    const x = (from.x + to.x) / 2;
    const y = (from.y + to.y) / 2;
    way +=
      direction === "LR"
        ? `C${at(x, from.y)} ${at(x, to.y)} ${at(to.x, to.y)}`
        : `C${at(from.x, y)} ${at(to.x, y)} ${at(to.x, to.y)}`;
    from = to;
  }
  return way;
}

function at(x: number, y: number): string {
  return `${round(x)} ${round(y)}`;
}

/** To a tenth of a pixel. */
export function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
