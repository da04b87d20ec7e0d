import { ShapeError, ValueError } from "../core/errors.js";
import type { Shape } from "../core/shape.js";

/**
 * What is added around each spatial axis: a number on both sides of all of them; per axis a number or [before,
 * after] (negative cuts off); "VALID": none; "SAME": so that length ÷ stride, rounded up, windows fit, the odd one
 * after; "SAME_LOWER": the odd one before.
 */
export type Padding =
  | number
  | "SAME"
  | "SAME_LOWER"
  | "VALID"
  | readonly (number | readonly [number, number])[];

export type Pairs = readonly (readonly [number, number])[];

/** Length covered by a window of `length` elements `dilation` apart. */
export function extentOf(length: number, dilation: number): number {
  return length === 0 ? 0 : (length - 1) * dilation + 1;
}

/** How many windows fit. */
export function windowCount(length: number, extent: number, stride: number): number {
  return length < extent || length < 0 ? 0 : Math.floor((length - extent) / stride) + 1;
}

/** One number per spatial axis: one for all of them or a list. Throws ValueError for others than whole numbers ≥ 1. */
export function perAxis(
  operation: string,
  what: string,
  value: number | readonly number[] | undefined,
  rank: number,
): number[] {
  const list = typeof value === "object" ? [...value] : new Array<number>(rank).fill(value ?? 1);
  if (list.length === rank && list.every((n) => Number.isSafeInteger(n) && n >= 1)) return list;
  throw new ValueError(operation, {
    expected: `${what}: a whole number ≥ 1, or ${rank} of them`,
    received: JSON.stringify(value),
  });
}

/** Padding of each axis as [before, after], given lengths, extents of the windows and strides. */
export function resolvePadding(
  operation: string,
  padding: Padding,
  lengths: Shape,
  extents: readonly number[],
  strides: readonly number[],
): Pairs {
  if (padding === "VALID") return lengths.map(() => [0, 0]);
  if (padding === "SAME" || padding === "SAME_LOWER") {
    return lengths.map((length, axis) => {
      const stride = strides[axis] as number;
      const covered = (Math.ceil(length / stride) - 1) * stride + (extents[axis] as number);
      const total = Math.max(0, covered - length);
      const less = Math.floor(total / 2);
      return padding === "SAME" ? [less, total - less] : [total - less, less];
    });
  }
  const list: readonly (number | readonly [number, number])[] =
    typeof padding === "number" ? lengths.map(() => padding) : padding;
  const pairs = Array.isArray(list)
    ? list.map((entry): readonly [number, number] =>
        typeof entry === "number" ? [entry, entry] : entry,
      )
    : [];
  const whole = pairs.every((pair) => pair.length === 2 && pair.every(Number.isSafeInteger));
  if (pairs.length === lengths.length && whole) return pairs;
  throw new ShapeError(operation, {
    expected: `padding: "SAME", "SAME_LOWER", "VALID", a whole number, or ${lengths.length} numbers or pairs`,
    received: JSON.stringify(padding),
  });
}
