type Rgb = readonly [number, number, number];

/** `#rrggbb` as numbers. */
function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/**
 * Values from 0 to 1 on a square grid, top row first, as an image: from one colour over that of the page to the
 * other. The image is good until the next one.
 */
export function paintField(
  values: Float64Array,
  cells: number,
  page: string,
  [from, to]: readonly [string, string],
): HTMLCanvasElement {
  const [low, middle, high] = [rgb(from), rgb(page), rgb(to)];
  board ??= document.createElement("canvas");
  const rows = Math.floor(values.length / cells);
  if (board.width !== cells || board.height !== rows) [board.width, board.height] = [cells, rows];
  const context = board.getContext("2d") as CanvasRenderingContext2D;
  const image = context.createImageData(cells, rows);
  values.forEach((value, i) => {
    const t = Math.max(-1, Math.min(1, 2 * value - 1));
    const end = t < 0 ? low : high;
    const weight = 0.45 * Math.abs(Number.isNaN(t) ? 0 : t);
    for (let channel = 0; channel < 3; channel++)
      image.data[4 * i + channel] =
        (middle[channel] as number) * (1 - weight) + (end[channel] as number) * weight;
    image.data[4 * i + 3] = 255;
  });
  context.putImageData(image, 0, 0);
  return board;
}

/** Fields are painted on it one after another. */
let board: HTMLCanvasElement | undefined;

export type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

/** Where a field takes a level (marching squares), in cells from the left and from the top. */
export function isoline(values: Float64Array, cells: number, level: number): Segment[] {
  const segments: Segment[] = [];
  const rows = values.length / cells;
  const at = (row: number, column: number): number =>
    (values[row * cells + column] as number) - level;
  for (let row = 0; row + 1 < rows; row++)
    for (let column = 0; column + 1 < cells; column++) {
      const corners = [
        at(row, column),
        at(row, column + 1),
        at(row + 1, column + 1),
        at(row + 1, column),
      ] as const;
      const places = [
        [column, row],
        [column + 1, row],
        [column + 1, row + 1],
        [column, row + 1],
      ] as const;
      const crossed: number[] = [];
      for (let side = 0; side < 4; side++) {
        const [a, b] = [corners[side] as number, corners[(side + 1) % 4] as number];
        if (a > 0 === b > 0) continue;
        const share = a / (a - b);
        const [from, to] = [places[side], places[(side + 1) % 4]] as [
          [number, number],
          [number, number],
        ];
        crossed.push(
          from[0] + share * (to[0] - from[0]) + 0.5,
          from[1] + share * (to[1] - from[1]) + 0.5,
        );
      }
      for (let i = 0; i + 3 < crossed.length; i += 4)
        segments.push(crossed.slice(i, i + 4) as unknown as Segment);
    }
  return segments;
}
