import { useMemo } from "preact/hooks";
import type { Layout } from "../../../src/explain/layout.js";
import { Layouts } from "../engine/client.js";
import { narrow } from "../parts/media.js";
import { type Direction, leastHeight, type Picture } from "./picture.js";

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
 * Places a picture from left to right; from top to bottom on a phone, and where it can be read whole like that only.
 * `shape` changes with the picture.
 */
export function usePlaced(
  make: (direction: Direction) => Picture,
  shape: string,
  room: Room,
): Placed {
  const made = useMemo(() => new Map<Direction, Picture>(), [shape]);
  const placed = (direction: Direction): Placed => {
    const picture = made.get(direction) ?? make(direction);
    made.set(direction, picture);
    return { picture, layout: layouts.of(picture.layout) };
  };
  if (narrow.value) return placed("TB");
  const wide = placed("LR");
  const across = wide.layout;
  if (!across || room.width === 0 || fits(across, room)) return wide;
  if (leastHeight(across) * smallest > room.height) return wide;
  const tall = placed("TB");
  if (tall.layout === undefined) return tall;
  return tall.layout !== null && fits(tall.layout, room) ? tall : wide;
}

function fits({ width, height }: Layout, room: Room): boolean {
  return width * smallest <= room.width && height * smallest <= room.height;
}
