import { asTensor } from "../core/convert.js";
import { ShapeError, ValueError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import { formatShape, normalizeAxis, type Shape } from "../core/shape.js";
import type { TensorLike } from "../core/typing.js";
import { ravel, swapaxes } from "./axes.js";
import { concatenate } from "./concatenate.js";
import { broadcastTo, restoreShape } from "./shape.js";
import { reverseAxes, sliceAxis } from "./slice.js";
import { take } from "./take.js";

/**
 * Elements moved on by `shift` places, those that leave at the end coming back at the beginning: along `axis`
 * (several: each its own shift), or of all elements as one row.
 */
export function roll(
  x: TensorLike,
  shift: number | readonly number[],
  options: { readonly axis?: number | readonly number[] } = {},
): Tensor {
  const tensor = asTensor(x, "roll");
  if (options.axis === undefined) {
    if (typeof shift !== "number") throw shiftError(shift, "one shift where no axis is given");
    return restoreShape(rollAxis(ravel(tensor), shift, 0), tensor.shape);
  }
  const axes = typeof options.axis === "number" ? [options.axis] : options.axis;
  const shifts = typeof shift === "number" ? axes.map(() => shift) : shift;
  if (shifts.length !== axes.length)
    throw shiftError(shifts, `${axes.length} shifts, one per axis`);
  return axes.reduce(
    (rolled, axis, i) =>
      rollAxis(rolled, shifts[i] as number, normalizeAxis("roll", axis, tensor.ndim)),
    tensor,
  );
}

function shiftError(shifts: readonly number[], expected: string): ShapeError {
  return new ShapeError("roll", { expected, received: formatShape(shifts) });
}

function rollAxis(x: Tensor, shift: number, axis: number): Tensor {
  if (!Number.isInteger(shift)) throw shiftError([shift], "whole numbers of places");
  const length = x.shape[axis] as number;
  const first = length === 0 ? 0 : ((shift % length) + length) % length;
  if (first === 0) return x;
  const [head, tail] = [
    sliceAxis(x, axis, 0, length - first),
    sliceAxis(x, axis, length - first, first),
  ];
  return concatenate([tail, head], { axis });
}

/** x turned `times` · 90° in the plane of two axes (default the first two), from the first axis towards the second. */
export function rot90(
  x: TensorLike,
  times = 1,
  options: { readonly axes?: readonly [number, number] } = {},
): Tensor {
  const tensor = asTensor(x, "rot90");
  const [a, b] = (options.axes ?? [0, 1]).map((axis) =>
    normalizeAxis("rot90", axis, tensor.ndim),
  ) as [number, number];
  if (a === b || !Number.isInteger(times)) {
    throw new ShapeError("rot90", {
      expected: "two different axes and a whole number of turns",
      received: `axes ${formatShape([a, b])}, ${times} turns`,
    });
  }
  switch (((times % 4) + 4) % 4) {
    case 1:
      return swapaxes(reverseAxes(tensor, [b]), a, b);
    case 2:
      return reverseAxes(tensor, [a, b]);
    case 3:
      return reverseAxes(swapaxes(tensor, a, b), [b]);
    default:
      return tensor;
  }
}

function checkCounts(operation: string, counts: readonly number[]): void {
  if (counts.every((count) => Number.isInteger(count) && count >= 0)) return;
  throw new ValueError(operation, {
    expected: "whole numbers of repetitions ≥ 0",
    received: formatShape(counts),
  });
}

/** x repeated as a whole along each axis, as often as `repetitions` says (for the last axes, if they are fewer). */
export function tile(x: TensorLike, repetitions: number | readonly number[]): Tensor {
  const tensor = asTensor(x, "tile");
  const given = typeof repetitions === "number" ? [repetitions] : repetitions;
  checkCounts("tile", given);
  const rank = Math.max(given.length, tensor.ndim);
  const fill = (list: Shape): number[] => [
    ...new Array<number>(rank - list.length).fill(1),
    ...list,
  ];
  const [shape, counts] = [fill(tensor.shape), fill(given)];
  const spaced = restoreShape(
    tensor,
    shape.flatMap((length) => [1, length]),
  );
  const repeated = broadcastTo(
    spaced,
    shape.flatMap((length, axis) => [counts[axis] as number, length]),
  ) as Tensor;
  return restoreShape(
    repeated,
    shape.map((length, axis) => length * (counts[axis] as number)),
  );
}

/** Each element repeated in place: `repeats` times, or its own number of times, along `axis` (of all elements as one row unless given). */
export function repeat(
  x: TensorLike,
  repeats: number | readonly number[],
  options: { readonly axis?: number } = {},
): Tensor {
  const given = asTensor(x, "repeat");
  const tensor = options.axis === undefined ? (ravel(given) as Tensor) : given;
  const axis = normalizeAxis("repeat", options.axis ?? 0, tensor.ndim);
  const { shape } = tensor;
  const length = shape[axis] as number;
  if (typeof repeats !== "number") {
    checkCounts("repeat", repeats);
    if (repeats.length !== length) {
      throw new ShapeError("repeat", {
        expected: `${length} numbers of repetitions, one per element`,
        received: `${repeats.length}`,
      });
    }
    return take(
      tensor,
      repeats.flatMap((count, i) => new Array<number>(count).fill(i)),
      { axis, mode: "clip" },
    );
  }
  checkCounts("repeat", [repeats]);
  const before = shape.slice(0, axis + 1);
  const after = shape.slice(axis + 1);
  const spread = broadcastTo(restoreShape(tensor, [...before, 1, ...after]), [
    ...before,
    repeats,
    ...after,
  ]) as Tensor;
  return restoreShape(spread, [...shape.slice(0, axis), length * repeats, ...after]);
}

/** x cut along `axis` (default 0) at the given indices, or into that many parts, as equal as may be. */
export function arraySplit(
  x: TensorLike,
  parts: number | readonly number[],
  options: { readonly axis?: number } = {},
): Tensor[] {
  return cut("arraySplit", asTensor(x, "arraySplit"), parts, options.axis ?? 0);
}

/**
 * x cut along `axis` (default 0) at the given indices, or into that many equal parts. Throws ShapeError where they
 * would not be equal (`arraySplit` allows that).
 */
export function split(
  x: TensorLike,
  parts: number | readonly number[],
  options: { readonly axis?: number } = {},
): Tensor[] {
  const tensor = asTensor(x, "split");
  const axis = normalizeAxis("split", options.axis ?? 0, tensor.ndim);
  const length = tensor.shape[axis] as number;
  if (typeof parts === "number" && length % parts !== 0) {
    throw new ShapeError("split", {
      expected: `a number of parts that divides ${length}`,
      received: String(parts),
      fix: "arraySplit makes parts that differ by one",
    });
  }
  return cut("split", tensor, parts, axis);
}

function cut(
  operation: string,
  x: Tensor,
  parts: number | readonly number[],
  given: number,
): Tensor[] {
  const axis = normalizeAxis(operation, given, x.ndim);
  const length = x.shape[axis] as number;
  if (typeof parts === "number" && !(Number.isInteger(parts) && parts > 0)) {
    throw new ValueError(operation, {
      expected: "a whole number of parts ≥ 1",
      received: String(parts),
    });
  }
  const inside = (index: number): number => {
    if (Number.isInteger(index))
      return Math.min(length, Math.max(0, index < 0 ? index + length : index));
    throw new ValueError(operation, { expected: "whole indices", received: String(index) });
  };
  const bounds = typeof parts === "number" ? evenly(length, parts) : parts.map(inside);
  const ends = [...bounds, length];
  return ends.map((end, i) => {
    const start = i === 0 ? 0 : (ends[i - 1] as number);
    return sliceAxis(x, axis, start, Math.max(0, end - start));
  });
}

/** Where to cut a length into parts that differ by at most one, the longer ones first. */
function evenly(length: number, parts: number): number[] {
  const [each, longer] = [Math.floor(length / parts), length % parts];
  return Array.from({ length: parts - 1 }, (_, i) => (i + 1) * each + Math.min(i + 1, longer));
}
