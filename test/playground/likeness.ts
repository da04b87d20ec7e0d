/** How two pictures differ; runs in the browser and so refers to nothing outside. */
export interface Difference {
  /** Blocks whose colours differ visibly, and the largest group of them that touch one another. */
  readonly blocks: number;
  readonly largest: number;
  /** Middle of that group, in the picture's pixels. */
  readonly at: readonly [x: number, y: number];
  /** The new picture with what differs framed, as a data address of a PNG; only where something does. */
  readonly marked: string;
}

/**
 * Compares two PNGs by the mean colours of blocks of some pixels: how the edges of letters are smoothed vanishes in
 * them, what stands elsewhere does not.
 */
export async function differenceOf({
  stored,
  now,
}: {
  readonly stored: string;
  readonly now: string;
}): Promise<Difference> {
  const side = 4;
  const least = 22;
  const decode = async (data: string): Promise<ImageData> => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext("2d") as CanvasRenderingContext2D;
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  };
  const [a, b] = [await decode(stored), await decode(now)];
  if (a.width !== b.width || a.height !== b.height)
    return {
      blocks: Number.POSITIVE_INFINITY,
      largest: Number.POSITIVE_INFINITY,
      at: [0, 0],
      marked: "",
    };
  const [across, down] = [Math.floor(a.width / side), Math.floor(a.height / side)];
  const differs = new Uint8Array(across * down);
  for (let row = 0; row < down; row++)
    for (let column = 0; column < across; column++)
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let y = row * side; y < (row + 1) * side; y++)
          for (let x = column * side; x < (column + 1) * side; x++) {
            const at = 4 * (y * a.width + x) + channel;
            sum += (a.data[at] as number) - (b.data[at] as number);
          }
        if (Math.abs(sum) > least * side * side) differs[row * across + column] = 1;
      }
  let blocks = 0;
  let largest = 0;
  let middle: [number, number] = [0, 0];
  const seen = new Uint8Array(differs.length);
  for (let start = 0; start < differs.length; start++) {
    if (differs[start] === 0 || seen[start] === 1) continue;
    const group = [start];
    seen[start] = 1;
    for (let i = 0; i < group.length; i++) {
      const at = group[i] as number;
      // the letters of a word are a few blocks apart
      for (let dy = -3; dy <= 3; dy++)
        for (let dx = -3; dx <= 3; dx++) {
          const [column, row] = [(at % across) + dx, Math.floor(at / across) + dy];
          const next = row * across + column;
          const inside = column >= 0 && column < across && row >= 0 && row < down;
          if (!inside || differs[next] === 0 || seen[next] === 1) continue;
          seen[next] = 1;
          group.push(next);
        }
    }
    blocks += group.length;
    if (group.length <= largest) continue;
    largest = group.length;
    const mean = (of: (at: number) => number): number =>
      Math.round((side * group.reduce((sum, at) => sum + of(at), 0)) / group.length);
    middle = [mean((at) => at % across), mean((at) => Math.floor(at / across))];
  }
  if (blocks === 0) return { blocks, largest, at: middle, marked: "" };
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [b.width, b.height];
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.putImageData(b, 0, 0);
  context.fillStyle = "rgb(255 0 128 / 60%)";
  differs.forEach((differing, i) => {
    if (differing === 1)
      context.fillRect((i % across) * side, Math.floor(i / across) * side, side, side);
  });
  return { blocks, largest, at: middle, marked: canvas.toDataURL("image/png") };
}
