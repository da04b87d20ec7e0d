import { formatNumber } from "../explain/index.js";
import type { CurvePoint } from "../train/index.js";
import type { Painter } from "./style.js";

/** Rows of characters; a character holds two by four dots. */
const height = 10;

/**
 * The losses over the epochs, drawn with braille dots, the test losses with ×. On a logarithmic scale where the
 * largest is more than a hundred times the smallest.
 */
export function drawCurve(points: readonly CurvePoint[], columns: number, style: Painter): string {
  const shown = points.filter(({ loss }) => Number.isFinite(loss));
  const all = shown.flatMap(({ loss, testLoss }) =>
    testLoss === undefined || !Number.isFinite(testLoss) ? [loss] : [loss, testLoss],
  );
  if (shown.length < 2) return "";
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const logarithmic = low > 0 && high / low > 100;
  const scale = (value: number): number => (logarithmic ? Math.log(value) : value);
  const [bottom, top] = [scale(low), scale(high)];
  const labels = [formatNumber(round(high)), formatNumber(round(low))];
  const margin = Math.max(...labels.map((label) => label.length));
  const width = Math.max(10, Math.min(columns, 80) - margin - 3);
  const last = shown.at(-1)?.epoch as number;
  const first = shown[0]?.epoch as number;
  const across = (epoch: number): number => (epoch - first) / Math.max(1, last - first);
  const down = (value: number): number =>
    top === bottom ? 1 : (top - scale(value)) / (top - bottom);
  const dots = new Uint8Array(width * height);
  const crosses = new Set<number>();
  let previous: readonly [number, number] | undefined;
  for (const { epoch, loss, testLoss } of shown) {
    const at = [across(epoch) * (2 * width - 1), down(loss) * (4 * height - 1)] as const;
    for (const [x, y] of between(previous ?? at, at)) {
      const cell = (y >> 2) * width + (x >> 1);
      dots[cell] = (dots[cell] as number) | bit(x & 1, y & 3);
    }
    previous = at;
    if (testLoss === undefined || !Number.isFinite(testLoss)) continue;
    const row = Math.round(down(testLoss) * (height - 1));
    crosses.add(row * width + (Math.round(at[0]) >> 1));
  }
  const lines = Array.from({ length: height }, (_, row) => {
    const label = row === 0 ? labels[0] : row === height - 1 ? labels[1] : "";
    const cells = Array.from({ length: width }, (_cell, column) => {
      const at = row * width + column;
      if (dots[at] !== 0) return style.forward(String.fromCodePoint(0x2800 + (dots[at] as number)));
      return crosses.has(at) ? style.backward("×") : " ";
    });
    return `  ${(label ?? "").padStart(margin)} ${row === 0 || row === height - 1 ? "┤" : "│"}${cells.join("")}`.trimEnd();
  });
  const foot = ` ${String(first)}${String(last).padStart(width - String(first).length)}`;
  return [...lines, `  ${" ".repeat(margin)} ${foot}`].join("\n");
}

/** The dots on the line between two points, as close as dots are. */
function* between(
  [x0, y0]: readonly [number, number],
  [x1, y1]: readonly [number, number],
): Generator<readonly [number, number]> {
  const steps = Math.max(1, Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))));
  for (let i = 0; i <= steps; i++) {
    const t = i / steps;
    yield [Math.round(x0 + t * (x1 - x0)), Math.round(y0 + t * (y1 - y0))];
  }
}

/** The braille bit of the dot in column 0 or 1, row 0 to 3. */
function bit(column: number, row: number): number {
  return row === 3 ? 0x40 << column : 1 << (row + 3 * column);
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
