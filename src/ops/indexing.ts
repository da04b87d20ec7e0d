import { bindTensor } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { isInteger } from "../core/dtype.js";
import { DTypeError, ShapeError, ValueError } from "../core/errors.js";
import { Tensor } from "../core/node.js";
import { formatShape, fromFront, otherAxes, sizeOf } from "../core/shape.js";
import { formatType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { ravel } from "./axes.js";
import { cast, promote } from "./cast.js";
import { stack } from "./concatenate.js";
import { gatherOp } from "./gather.js";
import { iota } from "./iota.js";
import type { GatherParams } from "./places.js";
import { type Combination, scatterOf } from "./put.js";
import { broadcastTo, broadcastTogether, permuteAxes, restoreShape } from "./shape.js";
import { type Range, range, rangeOf, sliceRanges } from "./slice.js";

/**
 * What `index` takes for an axis: an integer (the axis goes), a range as `"1:5"`, `"::-1"` or
 * `[start, stop, step]` (`null`: as far as it goes), a tensor of integers, `null` for a new axis of length 1, or
 * `"..."` for all axes not named.
 */
export type IndexSpec =
  | number
  | string
  | null
  | Tensor
  | readonly [start: number | null, stop: number | null, step?: number];

/** What a specification does with an axis of x. */
interface Step {
  /** What it takes; undefined: the axis is a new one. */
  readonly range?: Range;
  /** Of the one element taken there is no axis left. */
  readonly drops?: boolean;
  /** Which elements replace those of the axis. */
  readonly at?: Tensor;
}

/**
 * Part of x, as NumPy indexes: `index(x, 0, "1:3", "...", null)`. Integers and ranges cost a view. Tensors of
 * integers broadcast together and put their axes where the first of them stands, or in front if ranges stand between
 * them (unlike in NumPy an integer does not count as one of them). Negative indices count from the end; ranges are cut
 * to the axis. Throws ValueError for an integer index outside, ShapeError for more entries than axes.
 */
export function index(x: TensorLike, ...specs: readonly IndexSpec[]): Tensor {
  const tensor = asTensor(x, "index");
  const steps = stepsOf(tensor, specs);
  const ranges: Range[] = [];
  const shape: number[] = [];
  const picked: { axis: number; at: Tensor }[] = [];
  for (const { range: own, drops, at } of steps) {
    if (own !== undefined) ranges.push(own);
    if (at !== undefined) picked.push({ axis: shape.length, at });
    if (drops !== true) shape.push(own?.length ?? 1);
  }
  const viewed = restoreShape(sliceRanges(tensor, ranges), shape);
  return picked.length === 0 ? viewed : pick(viewed, picked);
}

function pick(x: Tensor, picked: readonly { axis: number; at: Tensor }[]): Tensor {
  const tensors = broadcastTogether(
    "index",
    picked.map(({ at }) => at),
  );
  const indices = stack(tensors, { axis: -1 });
  const axes = picked.map(({ axis }) => axis);
  const first = axes[0] as number;
  const together = axes.every((axis, i) => axis === first + i);
  const rest = otherAxes(x.shape, axes);
  const moved = together ? x : permuteAxes(x, [...axes, ...rest]);
  const outer = together ? first : 0;
  const params: GatherParams = { batch: 0, outer, mode: "error", operation: "index" };
  return bindTensor(gatherOp, [moved, indices], params);
}

function stepsOf(x: Tensor, specs: readonly IndexSpec[]): Step[] {
  const named = specs.filter((spec) => spec !== null && spec !== "...").length;
  if (named > x.ndim || specs.filter((spec) => spec === "...").length > 1) {
    throw new ShapeError("index", {
      expected: `at most ${x.ndim} entries for shape ${formatShape(x.shape)}, and "..." once`,
      received: specs.map(specText).join(", "),
    });
  }
  const steps: Step[] = [];
  let axis = 0;
  const keepRest = (): void => {
    for (let i = named; i < x.ndim; i++) steps.push({ range: range(0, x.shape[axis++] as number) });
  };
  for (const spec of specs) {
    if (spec === "...") keepRest();
    else if (spec === null) steps.push({});
    else steps.push(stepOf(spec, x.shape[axis] as number, axis++));
  }
  if (!specs.includes("...")) keepRest();
  return steps;
}

function stepOf(spec: Exclude<IndexSpec, null>, length: number, axis: number): Step {
  if (spec instanceof Tensor) {
    if (!isInteger(spec.dtype)) {
      throw new DTypeError("index", {
        expected: "tensors of dtype i32 or u32",
        received: formatType(spec.type),
        fix:
          spec.dtype === "bool"
            ? "the shape would depend on values: use where(mask, x, …), or sums with { where: mask }"
            : 'cast(indices, "i32")',
      });
    }
    return { range: range(0, length), at: cast(spec, "i32") as Tensor };
  }
  if (typeof spec === "number") {
    const at = fromFront(spec, length);
    if (at === undefined) {
      throw new ValueError("index", {
        expected:
          length === 0
            ? `no index into axis ${axis}, which has length 0`
            : `an index from ${-length} to ${length - 1} along axis ${axis}`,
        received: String(spec),
      });
    }
    return { range: range(at, 1), drops: true };
  }
  const [start, stop, step] = typeof spec === "string" ? parseRange(spec) : spec;
  return { range: rangeOf("index", length, start, stop, step ?? 1) };
}

function parseRange(text: string): readonly [number | null, number | null, number] {
  const match = /^\s*(-?\d+)?\s*:\s*(-?\d+)?\s*(?::\s*(-?\d+)?\s*)?$/.exec(text);
  if (match === null) {
    throw new ValueError("index", {
      expected: 'a range as "start:stop" or "start:stop:step", or "..."',
      received: JSON.stringify(text),
    });
  }
  const part = (digits: string | undefined): number | null =>
    digits === undefined ? null : Number(digits);
  return [part(match[1]), part(match[2]), part(match[3]) ?? 1];
}

function specText(spec: IndexSpec): string {
  return spec instanceof Tensor ? formatType(spec.type) : JSON.stringify(spec);
}

/**
 * x with `values` (broadcast) put where `index(x, ...specs)` reads, combined as asked: "set" (the default; of
 * several the last), "add", "multiply", "min" or "max".
 */
export function indexUpdate(
  x: TensorLike,
  specs: readonly IndexSpec[],
  values: TensorLike,
  options: { readonly combine?: Combination } = {},
): Tensor {
  const name = "indexUpdate";
  const [into, given] = promote([asTensor(x, name), asTensor(values, name)], false) as [
    Tensor,
    Tensor,
  ];
  const numbers = restoreShape(iota([sizeOf(into.shape)], { dtype: "i32" }) as Tensor, into.shape);
  const at = index(numbers, ...specs);
  const updates = broadcastTo(given, at.shape) as Tensor;
  const params: GatherParams = { batch: 0, outer: 0, mode: "error", operation: name };
  const inputs = [ravel(into) as Tensor, restoreShape(at, [...at.shape, 1]), updates];
  return restoreShape(bindTensor(scatterOf(options.combine ?? "set"), inputs, params), into.shape);
}
