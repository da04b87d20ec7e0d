import { useMemo } from "preact/hooks";
import type { Layout } from "../../../src/explain/layout.js";
import { Layouts } from "../engine/client.js";
import { narrow } from "../parts/media.js";
import { leastHeight, leastWidth, type Picture, type Placing } from "./picture.js";

const layouts = new Layouts();

/** Text smaller than this share of its size could not be read. */
export const smallest = 0.79;

/** Room for a drawing: a frame that grows with it, as on a phone, has no height of its own, only a greatest one. */
export interface Room {
  readonly width: number;
  readonly height: number;
  readonly most: number;
}

/** A picture with its layout: undefined as long as it is being made, null where it is too large to draw. */
interface Placed {
  readonly picture: Picture;
  readonly layout: Layout | null | undefined;
}

/**
 * Places a picture from left to right; from top to bottom on a phone, and where it can be read whole like that only;
 * closer where that alone shows it whole. `shape` changes with the picture.
 */
export function usePlaced(make: (placing: Placing) => Picture, shape: string, room: Room): Placed {
  const made = useMemo(() => new Map<Placing, Picture>(), [shape]);
  const placed = (placing: Placing): Placed => {
    const picture = made.get(placing) ?? make(placing);
    made.set(placing, picture);
    return { picture, layout: layouts.of(picture.layout) };
  };
  if (narrow.value) return placed("down");
  const usual = placed("across");
  const { layout } = usual;
  if (!layout || room.width === 0 || fits(layout, room)) return usual;
  // what cannot fit is not tried: each layout takes its time
  const others: Placing[] = [];
  if (leastHeight(layout) * smallest <= room.height) others.push("down");
  if (fits({ width: leastWidth(layout), height: layout.height }, room)) others.push("closer");
  for (const placing of others) {
    const other = placed(placing);
    if (other.layout === undefined || (other.layout !== null && fits(other.layout, room)))
      return other;
  }
  return usual;
}

function fits({ width, height }: Pick<Layout, "width" | "height">, room: Room): boolean {
  return width * smallest <= room.width && height * smallest <= room.height;
}
