import { offsetOf, type Shape, stridesOf } from "../core/shape.js";

/** Elements put before, after and between those of each axis; negative `low` and `high` cut off. */
export interface PadParams {
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly interior: readonly number[];
}

/** Which elements of x survive (from `first`, `count` of them) and where the first of them lands. */
export function placement(
  shape: Shape,
  out: Shape,
  { low, interior }: PadParams,
): Record<"first" | "count" | "position", number[]> {
  const first: number[] = [];
  const count: number[] = [];
  const position: number[] = [];
  shape.forEach((length, axis) => {
    const before = low[axis] as number;
    const step = (interior[axis] as number) + 1;
    const from = before < 0 ? Math.ceil(-before / step) : 0;
    const end = Math.min(length, Math.floor(((out[axis] as number) - 1 - before) / step) + 1);
    first.push(from);
    count.push(Math.max(0, end - from));
    position.push(before + from * step);
  });
  return { first, count, position };
}

/** How many of them along each axis, and how to walk through x and through the result to copy them. */
export function copied(
  shape: Shape,
  out: Shape,
  params: PadParams,
): { readonly count: number[]; readonly from: Walk; readonly to: Walk } {
  const { first, count, position } = placement(shape, out, params);
  const [own, strides] = [stridesOf(shape), stridesOf(out)];
  const steps = strides.map((stride, axis) => stride * ((params.interior[axis] as number) + 1));
  return {
    count,
    from: { offset: offsetOf(first, own), strides: own },
    to: { offset: offsetOf(position, strides), strides: steps },
  };
}

interface Walk {
  readonly offset: number;
  readonly strides: readonly number[];
}
