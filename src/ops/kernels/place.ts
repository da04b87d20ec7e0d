import type { ArrayPlace } from "../../core/kernel.js";
import { sizeOf } from "../../core/shape.js";
import type { Builder } from "../../program/builder.js";
import { bytesOf, registerOf, storageOf } from "../../program/elements.js";
import type { Operand, Place } from "../../program/types.js";
import { samePlace } from "./location.js";

/** The place of the element so many elements into a dense array. */
export function elementPlace(b: Builder, array: ArrayPlace, index: Operand): Place {
  const { buffer, at, offset } = array.place;
  const bytes = bytesOf(array.dtype);
  if (index.kind === "constant")
    return { buffer, at, offset: offset + Number(index.value) * bytes };
  const moved = b.mul(index, bytes);
  return { buffer, at: at === undefined ? moved : b.add(at, moved), offset };
}

export function loadElement(b: Builder, array: ArrayPlace, index: Operand): Operand {
  return b.load(registerOf(array.dtype), storageOf(array.dtype), elementPlace(b, array, index));
}

export function storeElement(b: Builder, array: ArrayPlace, index: Operand, value: Operand): void {
  b.store(storageOf(array.dtype), elementPlace(b, array, index), value);
}

/** An index as i32; u32 too large for it becomes the largest. */
export function loadIndex(b: Builder, array: ArrayPlace, index: Operand): Operand {
  const given = loadElement(b, array, index);
  if (array.dtype !== "u32") return given;
  const most = b.i32(2 ** 31 - 1);
  return b.select(b.compare("ltU", given, most), given, most);
}

/** The result starts as the input, unless it is the very memory. */
export function startAs(b: Builder, output: ArrayPlace, input: ArrayPlace): void {
  if (samePlace(output.place, input.place)) return;
  b.copy(output.place, input.place, sizeOf(input.shape) * bytesOf(input.dtype));
}

/** A loop over several axes: its length, and how far a step moves in each of several arrays, in elements. */
export interface JoinedAxis {
  readonly length: number;
  readonly moves: readonly number[];
}

/** Axes that lie behind one another in all arrays as one; `strides`: a list for each array. */
export function joinAxes(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
): JoinedAxis[] {
  const axes: JoinedAxis[] = [];
  shape.forEach((length, axis) => {
    if (length === 1) return;
    const moves = strides.map((list) => list[axis] as number);
    const outer = axes[axes.length - 1];
    const joins = outer?.moves.every((move, k) => move === (moves[k] as number) * length) === true;
    if (joins) axes.pop();
    axes.push({ length: joins ? length * (outer as JoinedAxis).length : length, moves });
  });
  return axes;
}

/** Loops over axes; `visit` gets where it is in each array. The innermost loop may run in any order if `independent`. */
export function forEachPosition(
  b: Builder,
  axes: readonly JoinedAxis[],
  starts: readonly Operand[],
  independent: boolean,
  visit: (at: readonly Operand[]) => void,
): void {
  const [axis, ...rest] = axes;
  if (axis === undefined) {
    visit(starts);
    return;
  }
  const inside = (i: Operand): void => {
    const at = starts.map((from, k) => b.add(from, b.mul(i, axis.moves[k] as number)));
    forEachPosition(b, rest, at, independent, visit);
  };
  b.loop(0, axis.length, inside, { independent: independent && rest.length === 0 });
}

/** Elements of an array from one on. */
export interface Walk {
  readonly array: ArrayPlace;
  readonly start: Operand;
  readonly strides: readonly number[];
}

/** Copies elements from one array to another, each at its place. */
export function copyElements(b: Builder, shape: readonly number[], from: Walk, to: Walk): void {
  const axes = joinAxes(shape, [from.strides, to.strides]);
  forEachPosition(b, axes, [from.start, to.start], true, ([source, target]) => {
    const value = loadElement(b, from.array, source as Operand);
    storeElement(b, to.array, target as Operand, value);
  });
}
